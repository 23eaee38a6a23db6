using System.Globalization;
using Terroir.Documents;

namespace Terroir.Readers;

/// <summary>What stands in a cell of a table, as one line.</summary>
internal static class CellText
{
    /// <summary>Joins blocks by spaces; items keep their marks, inner tables lose their lines.</summary>
    public static string From(IEnumerable<Block> blocks) =>
        string.Join(' ', blocks.Select(Show).Where(text => text.Length > 0));

    private static string Show(Block block) => block switch
    {
        HeadingBlock heading => heading.Text,
        ParagraphBlock paragraph => paragraph.Text,
        ListItemBlock { Number: { } number } item =>
            $"{number.ToString(CultureInfo.InvariantCulture)}. {item.Text}",
        ListItemBlock item => $"- {item.Text}",
        CodeBlock code => code.Text,
        CaptionBlock caption => caption.Text,
        TableBlock table => string.Join(' ', table.Rows.SelectMany(row => row.Cells).Where(cell => cell.Length > 0)),
        _ => "",
    };
}
