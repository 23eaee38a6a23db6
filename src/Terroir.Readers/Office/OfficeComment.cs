using System.Globalization;

namespace Terroir.Readers.Office;

/// <summary>A reviewer's remark as a paragraph.</summary>
internal static class OfficeComment
{
    public static string Show(string? author, string? date, string text)
    {
        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal;
        var day = DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, Style, out var written)
            ? written.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : "";
        var parts = new[] { author?.Trim() ?? "", day }.Where(part => part.Length > 0);
        var head = string.Join(", ", parts);
        return head.Length == 0 ? $"[…] {text}" : $"[{head}] {text}";
    }
}
