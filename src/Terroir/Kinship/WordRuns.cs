namespace Terroir.Kinship;

/// <summary>Walks the words of a text: letters and digits that stand together.</summary>
internal ref struct WordRuns(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _end;

    /// <summary>Where the word starts.</summary>
    public int Start { get; private set; }

    /// <summary>The word.</summary>
    public readonly ReadOnlySpan<char> Current => _text[Start.._end];

    /// <summary>Goes on to the next word.</summary>
    public bool MoveNext()
    {
        Start = _end;
        while (Start < _text.Length && !IsPart(_text[Start]))
        {
            Start++;
        }

        _end = Start;
        while (_end < _text.Length && IsPart(_text[_end]))
        {
            _end++;
        }

        return _end > Start;
    }

    // Letters beyond the first plane come as two surrogates, which stay together.
    private static bool IsPart(char value) =>
        char.IsLetterOrDigit(value) || char.IsSurrogate(value)
        || char.GetUnicodeCategory(value) is System.Globalization.UnicodeCategory.NonSpacingMark;
}
