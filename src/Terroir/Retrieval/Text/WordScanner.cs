using System.Buffers;
using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Text;

/// <summary>Cuts Latin text into words by the rules of UAX #29 that apply to it, as Lucene's tokenizer does.</summary>
/// <remarks>Only letters, digits and punctuation whose rules are written here are cut. Between two spaces with any
/// other character, the whole stretch is handed out uncut (<see cref="IsSimple"/> is false): a space always parts
/// words, so the tokenizer can take the stretch alone. A property test compares the two.</remarks>
[StructLayout(LayoutKind.Auto)]
internal ref struct WordScanner(string text)
{
    /// <summary>The tokenizer drops longer words; stretches beyond this are left to it.</summary>
    private const int StretchLengthMax = 255;

    private static readonly SearchValues<char> Spaces = SearchValues.Create(" \n\t\r");

    private readonly string _text = text;
    private int _at;
    private int _stretchEnd;

    /// <summary>The first character of the word or stretch.</summary>
    public int Start { get; private set; }

    /// <summary>The character after its last.</summary>
    public int End { get; private set; }

    /// <summary>Whether it is one word; otherwise it is a stretch that is still to be cut.</summary>
    public bool IsSimple { get; private set; }

    /// <summary>Goes to the next word or stretch.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        while (_at < _text.Length)
        {
            if (_at >= _stretchEnd && !OpenStretch())
            {
                return !IsSimple;
            }

            if (FindWord())
            {
                return true;
            }
        }

        return false;
    }

    // Returns false when there is no stretch to cut: the text has ended, or this one is handed out whole.
    private bool OpenStretch()
    {
        IsSimple = true;
        while (_at < _text.Length && Spaces.Contains(_text[_at]))
        {
            _at++;
        }

        var length = _text.AsSpan(_at).IndexOfAny(Spaces);
        _stretchEnd = length < 0 ? _text.Length : _at + length;
        IsSimple = _stretchEnd - _at <= StretchLengthMax;
        for (var at = _at; IsSimple && at < _stretchEnd; at++)
        {
            IsSimple = KindOf(_text[at]) != Kind.Other;
        }

        if (!IsSimple)
        {
            (Start, End) = (_at, _stretchEnd);
            _at = _stretchEnd;
        }

        return IsSimple && _at < _text.Length;
    }

    private bool FindWord()
    {
        while (_at < _stretchEnd && KindOf(_text[_at]) is not (Kind.Letter or Kind.Digit))
        {
            _at++;
        }

        if (_at >= _stretchEnd)
        {
            return false;
        }

        Start = _at;
        for (var step = 1; step > 0; step = Step())
        {
            _at += step;
        }

        End = _at;
        return true;
    }

    // How many characters belong to the word from here: a letter or digit, or a mark between two of one kind.
    private readonly int Step()
    {
        if (_at >= _stretchEnd)
        {
            return 0;
        }

        var kind = KindOf(_text[_at]);
        if (kind is Kind.Letter or Kind.Digit)
        {
            return 1;
        }

        var before = KindOf(_text[_at - 1]);
        var isBetween = _at + 1 < _stretchEnd && KindOf(_text[_at + 1]) == before;
        var joins = kind switch
        {
            Kind.MidAny => true,
            Kind.MidLetter => before == Kind.Letter,
            Kind.MidNumber => before == Kind.Digit,
            _ => false,
        };
        return isBetween && joins ? 2 : 0;
    }

    private static Kind KindOf(char value) => value switch
    {
        (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => Kind.Letter,
        >= '0' and <= '9' => Kind.Digit,
        '.' or '\'' => Kind.MidAny,
        ':' => Kind.MidLetter,
        ',' or ';' => Kind.MidNumber,
        '_' => Kind.Other,
        > ' ' and < '\u007F' => Kind.Break,
        '×' or '÷' or '«' or '»' or '°' or '§' => Kind.Break,
        >= 'À' and <= 'ɏ' => Kind.Letter,
        '–' or '—' or '…' or '€' or '•' or '“' or '”' => Kind.Break,
        _ => Kind.Other,
    };

    private enum Kind
    {
        Other,
        Break,
        Letter,
        Digit,
        MidAny,
        MidLetter,
        MidNumber,
    }
}
