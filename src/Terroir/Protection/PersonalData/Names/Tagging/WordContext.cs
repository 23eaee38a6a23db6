using System.Runtime.InteropServices;

namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>What stands before or behind a place: the next word and the one after, and the sign before it.</summary>
/// <param name="Word">The hash of the word in small letters; 0 for none on this line, 1 for a number.</param>
/// <param name="Second">The hash of the word after it.</param>
/// <param name="Sign">The first sign that is no space; a line feed at the end of a line, a space if a word is next.
/// </param>
/// <param name="IsCapital">Whether the word begins with a capital.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WordContext(uint Word, uint Second, char Sign, bool IsCapital)
{
    private const uint NumberHash = 1;

    // How far is looked.
    private const int ReachMax = 60;

    /// <summary>What stands before a place.</summary>
    public static WordContext Before(string text, int at)
    {
        var sign = ' ';
        var (end, start) = WordBefore(text, at, ref sign);
        if (end == start)
        {
            return new WordContext(0, 0, sign, IsCapital: false);
        }

        var other = ' ';
        var (second, first) = WordBefore(text, start, ref other);
        return new WordContext(
            Hash(text, start, end),
            second == first ? 0 : Hash(text, first, second),
            sign,
            char.IsUpper(text[start]));
    }

    /// <summary>What stands behind a place.</summary>
    public static WordContext Behind(string text, int at)
    {
        var sign = ' ';
        var (start, end) = WordBehind(text, at, ref sign);
        if (end == start)
        {
            return new WordContext(0, 0, sign, IsCapital: false);
        }

        var other = ' ';
        var (first, second) = WordBehind(text, end, ref other);
        return new WordContext(
            Hash(text, start, end),
            second == first ? 0 : Hash(text, first, second),
            sign,
            char.IsUpper(text[start]));
    }

    private static (int End, int Start) WordBefore(string text, int at, ref char sign)
    {
        var stop = Math.Max(0, at - ReachMax);
        while (at > stop && !char.IsLetterOrDigit(text[at - 1]))
        {
            at--;
            sign = sign is ' ' && text[at] is not '\u00A0' ? text[at] : sign;
            if (text[at] is '\n')
            {
                return (at, at);
            }
        }

        sign = at == 0 && sign is ' ' ? '\n' : sign;
        var end = at;
        while (at > stop && char.IsLetterOrDigit(text[at - 1]))
        {
            at--;
        }

        return (end, at);
    }

    private static (int Start, int End) WordBehind(string text, int at, ref char sign)
    {
        var stop = Math.Min(text.Length, at + ReachMax);
        while (at < stop && !char.IsLetterOrDigit(text[at]))
        {
            sign = sign is ' ' && text[at] is not '\u00A0' ? text[at] : sign;
            if (text[at] is '\n')
            {
                return (at, at);
            }

            at++;
        }

        sign = at == text.Length && sign is ' ' ? '\n' : sign;
        var start = at;
        while (at < stop && char.IsLetterOrDigit(text[at]))
        {
            at++;
        }

        return (start, at);
    }

    private static uint Hash(string text, int start, int end) =>
        char.IsDigit(text[start]) ? NumberHash : WordHash.Of(text.AsSpan(start..end));
}
