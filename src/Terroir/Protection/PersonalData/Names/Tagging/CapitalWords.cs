using System.Numerics;

namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>The words of a text that begin with a capital, and which words it has in small letters.</summary>
internal sealed class CapitalWords
{
    // How many bits remember the words in small letters, as a power of two: eight for each character, within bounds.
    private const int SetBitsMin = 10;
    private const int SetBitsMax = 18;

    // What an article or a pronoun leaves before an apostrophe.
    private static readonly string[] Elisions =
        ["l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"];

    private static readonly string[] Particles =
    [
        "de", "du", "des", "la", "le", "de la", "van", "von", "van der", "van den", "von der", "el", "ben", "bin", "di",
        "da", "dos",
    ];

    // The longest particle and the spaces around it.
    private const int GapLengthMax = 9;

    private readonly int _shift;
    private readonly uint[] _small;
    private readonly List<CapitalWord> _words = [];

    /// <summary>Reads a text.</summary>
    public CapitalWords(string text)
    {
        var bits = Math.Clamp(BitOperations.Log2((uint)text.Length | 1) + 3, SetBitsMin, SetBitsMax);
        _shift = 32 - bits;
        _small = new uint[1 << (bits - 5)];
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetter(text[at]))
            {
                at++;
                continue;
            }

            var end = EndOf(text, at);
            if (char.IsLower(text[at]))
            {
                Remember(text.AsSpan(at..end));
            }
            else if (char.IsUpper(text[at]) && MayBegin(text, at) && !IsElision(text, at, end)
                && (end == text.Length || text[end] is not ('@' or '_') && !char.IsDigit(text[end])))
            {
                var gap = _words.Count == 0 ? WordGap.Break : GapOf(text.AsSpan(_words[^1].End..at));
                _words.Add(new CapitalWord(at, end, gap));
            }

            at = end;
        }
    }

    /// <summary>The words, in order.</summary>
    public IReadOnlyList<CapitalWord> Words => _words;

    /// <summary>Whether the text has a word in small letters too; one in some dozens is mistaken for another.
    /// </summary>
    public bool HasSmall(uint hash)
    {
        var place = hash >> _shift;
        return (_small[place >> 5] & (1u << (int)(place & 31))) != 0;
    }

    /// <summary>Words of before which one ends a run.</summary>
    /// <param name="from">The first word of the run.</param>
    public int EndOfRun(int from)
    {
        var end = from + 1;
        while (end < _words.Count && end - from < RunDecoder.LengthMax && _words[end].Gap is not WordGap.Break)
        {
            end++;
        }

        return end;
    }

    private void Remember(ReadOnlySpan<char> word)
    {
        var place = WordHash.Of(word) >> _shift;
        _small[place >> 5] |= 1u << (int)(place & 31);
    }

    // Not inside an address, a name of a file or a code.
    private static bool MayBegin(string text, int at) =>
        at == 0
        || !(char.IsDigit(text[at - 1])
            || text[at - 1] is '_' or '@'
            || (text[at - 1] is '.' && at > 1 && char.IsLower(text[at - 2])));

    private static bool IsElision(string text, int start, int end) =>
        end < text.Length && text[end] is '\'' or '’' && StandsIn(Elisions, text.AsSpan(start..end));

    // Letters, with hyphens and apostrophes between them; an initial has its dot.
    private static int EndOf(string text, int start)
    {
        var at = start;
        while (at < text.Length)
        {
            if (char.IsLetter(text[at]))
            {
                at++;
            }
            else if (text[at] is '-' && HasLetter(text, at + 1))
            {
                at++;
            }
            else if (text[at] is '\'' or '’' && HasLetter(text, at + 1) && !Splits(text, start, at))
            {
                at++;
            }
            else
            {
                break;
            }
        }

        // "J." and "J.-P.".
        while (at < text.Length && text[at] is '.' && char.IsUpper(text[at - 1])
            && (at - 1 == start || text[at - 2] is '-' or '.'))
        {
            at++;
            if (at + 2 < text.Length && text[at] is '-' && char.IsUpper(text[at + 1]) && text[at + 2] is '.')
            {
                at += 2;
            }
        }

        return at;
    }

    private static bool HasLetter(string text, int at) => at < text.Length && char.IsLetter(text[at]);

    // "l'Hôpital" are two words, "D'Angelo" and "N'Diaye" are one.
    private static bool Splits(string text, int start, int apostrophe)
    {
        var part = text.AsSpan(start..apostrophe);
        return StandsIn(Elisions, part)
            && !(char.IsUpper(text[apostrophe + 1]) && part is "D" or "N" or "M" or "O" or "K");
    }

    private static WordGap GapOf(ReadOnlySpan<char> between)
    {
        if (between.IsEmpty)
        {
            return WordGap.Nothing;
        }

        if (between.Length > GapLengthMax || between[0] is not (' ' or '\u00A0'))
        {
            return WordGap.Break;
        }

        if (between.Length == 1)
        {
            return WordGap.Space;
        }

        var inner = between[1..];
        return (inner[^1] is ' ' or '\u00A0' && StandsIn(Particles, inner[..^1])) || inner is "d'" or "d’"
            ? WordGap.Particle
            : WordGap.Break;
    }

    private static bool StandsIn(string[] words, ReadOnlySpan<char> word)
    {
        foreach (var item in words)
        {
            if (word.Equals(item, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
