using System.Text;

namespace Terroir.Connectors.Sql;

/// <summary>A text with columns in braces that a row becomes a document by: <c># {title}</c>. Braces themselves are
/// doubled.</summary>
internal sealed class RowTemplate
{
    private readonly IReadOnlyList<Part> _parts;

    private RowTemplate(IReadOnlyList<Part> parts) => _parts = parts;

    /// <summary>The columns that it names, each once, in the order of their first use.</summary>
    public IReadOnlyList<string> Columns =>
        [.. _parts.Where(part => part.IsColumn).Select(part => part.Text).Distinct(StringComparer.Ordinal)];

    /// <summary>Reads a template.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">A brace is not closed, stands alone or names nothing.</exception>
    public static RowTemplate Parse(string text)
    {
        var parts = new List<Part>();
        var literal = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var isDoubled = at + 1 < text.Length && text[at] == text[at + 1];
            switch (text[at])
            {
                case '{' or '}' when isDoubled:
                    literal.Append(text[at++]);
                    break;
                case '{':
                    var name = ReadName(text, at);
                    Close(parts, literal);
                    parts.Add(new Part(name.Trim(), IsColumn: true));
                    at += name.Length + 1;
                    break;
                case '}':
                    throw new FormatException($"'}}' at character {at + 1} closes nothing; write '}}}}' for a brace.");
                default:
                    literal.Append(text[at]);
                    break;
            }
        }

        Close(parts, literal);
        return new RowTemplate(parts);
    }

    /// <summary>Writes a row.</summary>
    /// <param name="valueOf">Gives the text of a column; empty for none.</param>
    public string Write(Func<string, string> valueOf)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            text.Append(part.IsColumn ? valueOf(part.Text) : part.Text);
        }

        return text.ToString();
    }

    private static string ReadName(string text, int open)
    {
        var close = text.IndexOf('}', open);
        var name = close < 0 ? "" : text[(open + 1)..close];
        return string.IsNullOrWhiteSpace(name) || name.Contains('{', StringComparison.Ordinal)
            ? throw new FormatException(
                $"'{{' at character {open + 1} names no column; write '{{column}}', or '{{{{' for a brace.")
            : name;
    }

    private static void Close(List<Part> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            parts.Add(new Part(literal.ToString(), IsColumn: false));
            literal.Clear();
        }
    }

    private sealed record Part(string Text, bool IsColumn);
}
