using System.Text;
using Terroir.Documents;

namespace Terroir.Retrieval;

/// <summary>Finds the tables of a passage with their column names.</summary>
internal static class PassageTables
{
    /// <summary>Lists them.</summary>
    /// <param name="passage">The passage.</param>
    /// <param name="text">The canonical text of its document.</param>
    /// <param name="own">The passage's own text.</param>
    public static IReadOnlyList<TableRows> Of(Passage passage, ReadOnlySpan<byte> text, string own)
    {
        if (passage.Tables is not { } tables)
        {
            return HeaderBefore(text, passage.Start) is { Length: > 0 } header
                ? [new TableRows(0, own.IndexOf("\n\n", StringComparison.Ordinal) is > 0 and var end ? end : own.Length,
                    0, header)]
                : [];
        }

        var rows = new List<TableRows>(tables.Count);
        foreach (var table in tables)
        {
            var body = Math.Clamp(table.HeaderEnd, table.Start, table.End);
            rows.Add(new TableRows(
                Count(text, passage.Start, table.Start),
                Count(text, passage.Start, table.End),
                Count(text, passage.Start, body),
                table.HasNames ? Encoding.UTF8.GetString(text[table.HeaderStart..table.HeaderEnd]) : ""));
        }

        return rows;
    }

    private static int Count(ReadOnlySpan<byte> text, int start, int end) =>
        Encoding.UTF8.GetCharCount(text[start..end]);

    // In passages that were cut before tables were kept: a table is lines that begin with a bar, without an empty
    // one, and the rule stands under its first.
    private static string HeaderBefore(ReadOnlySpan<byte> text, int start)
    {
        if (start >= text.Length || text[start] != '|' || start == 0 || text[start - 1] != '\n')
        {
            return "";
        }

        var blank = text[..start].LastIndexOf("\n\n"u8);
        var table = text[(blank < 0 ? 0 : blank + 2)..start];
        var end = table.IndexOf((byte)'\n');
        return end > 0 && table[0] == '|' && table[(end + 1)..].StartsWith("|---"u8)
            ? Encoding.UTF8.GetString(table[..end])
            : "";
    }
}
