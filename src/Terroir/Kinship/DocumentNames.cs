using System.Text;
using Terroir.Storage;

namespace Terroir.Kinship;

/// <summary>By what another document can name this one: its title and the name of its file.</summary>
/// <remarks>Names are compared by their words: letters and digits, in lower case.</remarks>
/// <param name="document">The document.</param>
internal sealed class DocumentNames(DocumentVersion document)
{
    private readonly string[] _names =
    [
        Fold(document.Title),
        Fold(VersionName.WithoutMarks(document.Title)),
        Fold(Path.GetFileNameWithoutExtension(document.Path)),
    ];

    /// <summary>Whether a document says that it replaces another, or the other that it is replaced by this, and neither
    /// says the contrary.</summary>
    public static bool Replaces(DocumentVersion one, DocumentVersion other) =>
        IsSaid(one, other) && !IsSaid(other, one);

    /// <summary>The words of its names, by any of which it can be looked for.</summary>
    public IEnumerable<string> Words => _names.SelectMany(WordsOf).Distinct(StringComparer.Ordinal);

    /// <summary>The words of a name as documents have them: whoever has the name has all of them.</summary>
    public static string[] WordsOf(string name) => Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a name is one of this document: a title is the whole of it, a number a part.</summary>
    /// <param name="name">A title, a number with letters (<c>PR-012</c>), or a noun and a number
    /// (<c>note 2019-12</c>).</param>
    public bool Have(string name)
    {
        var words = Fold(name);
        if (!words.Any(char.IsDigit))
        {
            return words.Length > 2 && _names.Contains(words, StringComparer.Ordinal);
        }

        // "Note de service n° 2019-12" has the noun and the number, each where it likes.
        var end = name.Contains(' ', StringComparison.Ordinal) ? words.IndexOf(' ', 1) : 0;
        var (first, rest) = (words[..(end + 1)], words[end..]);
        return _names.Any(own =>
            own.Contains(first, StringComparison.Ordinal) && own.Contains(rest, StringComparison.Ordinal));
    }

    private static bool IsSaid(DocumentVersion one, DocumentVersion other) =>
        Names(one.Replaces, one, other) || Names(other.ReplacedBy, other, one);

    // A document that has the name itself speaks of a former state of its own.
    private static bool Names(IReadOnlyList<string>? names, DocumentVersion one, DocumentVersion other)
    {
        if (names is not { Count: > 0 })
        {
            return false;
        }

        var (own, others) = (new DocumentNames(one), new DocumentNames(other));
        return names.Any(name => others.Have(name) && !own.Have(name));
    }

    // Each word with a space on both sides.
    private static string Fold(string text)
    {
        var words = new StringBuilder(" ");
        foreach (var letter in NormalForm.Of(text).ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter))
            {
                words.Append(letter);
            }
            else if (words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        return words[^1] == ' ' ? words.ToString() : words.Append(' ').ToString();
    }
}
