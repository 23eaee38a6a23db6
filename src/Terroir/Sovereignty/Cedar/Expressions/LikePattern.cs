using System.Text;

namespace Terroir.Sovereignty.Cedar;

/// <summary>A pattern of <c>like</c>.</summary>
/// <param name="parts">The texts between the wildcards; one more than there are wildcards.</param>
internal sealed class LikePattern(IReadOnlyList<string> parts)
{
    /// <summary>The texts between the wildcards.</summary>
    public IReadOnlyList<string> Parts { get; } = parts;

    /// <summary>Whether a text is of this pattern; linear, for each part is sought once from left to right.</summary>
    public bool IsMatch(string text)
    {
        if (Parts.Count == 1)
        {
            return string.Equals(text, Parts[0], StringComparison.Ordinal);
        }

        var place = Parts[0].Length;
        var end = text.Length - Parts[^1].Length;
        if (place > end || !text.StartsWith(Parts[0], StringComparison.Ordinal)
            || !text.EndsWith(Parts[^1], StringComparison.Ordinal))
        {
            return false;
        }

        for (var i = 1; i < Parts.Count - 1; i++)
        {
            var found = text.IndexOf(Parts[i], place, end - place, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            place = found + Parts[i].Length;
        }

        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var written = new StringBuilder("\"");
        for (var i = 0; i < Parts.Count; i++)
        {
            written.Append(i == 0 ? "" : "*");
            foreach (var rune in Parts[i].EnumerateRunes())
            {
                if (rune.Value == '*')
                {
                    written.Append("\\*");
                }
                else
                {
                    CedarText.Append(written, rune);
                }
            }
        }

        return written.Append('"').ToString();
    }
}
