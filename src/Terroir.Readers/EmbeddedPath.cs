using Terroir.Documents;

namespace Terroir.Readers;

/// <summary>Names of files inside files.</summary>
internal static class EmbeddedPath
{
    /// <summary>Makes a name relative and harmless.</summary>
    /// <returns>The name with <c>/</c>, or <see langword="null"/> if it leaves its container or is empty.</returns>
    public static string? Clean(string name)
    {
        var parts = name.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isUnsafe = parts.Length == 0
            || parts.Any(part => part is "." or ".." || part.Any(char.IsControl)
                || part.Contains(':', StringComparison.Ordinal));
        return isUnsafe ? null : string.Join('/', parts);
    }

    /// <summary>Says how many entries were left out for their names.</summary>
    public static IReadOnlyList<Remark> Warnings(int unsafeCount) =>
        Counted.Of(RemarkCode.EntriesLeadOut, unsafeCount);
}
