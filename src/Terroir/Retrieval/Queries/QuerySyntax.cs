using System.Globalization;

namespace Terroir.Retrieval.Queries;

/// <summary>Reads the signs of a query: <c>"a phrase"</c>, <c>-word</c>, <c>title:</c>, <c>type:</c>, <c>label:</c>,
/// <c>after:</c> and <c>before:</c>, also in French.</summary>
/// <remarks>Any text is a query. A sign that is not complete or not known, or one more than the bound, is read as
/// words. <c>docs/features/retrieval.md</c> explains the signs.</remarks>
internal sealed class QuerySyntax
{
    /// <summary>How many phrases, in titles and elsewhere, and how many words in each.</summary>
    internal const int PhraseCountMax = 8;

    /// <inheritdoc cref="PhraseCountMax"/>
    internal const int PhraseLengthMax = 16;

    /// <summary>How many words can be excluded.</summary>
    internal const int ExcludedCountMax = 16;

    /// <summary>How many labels and how many names of types.</summary>
    internal const int ValueCountMax = 16;

    private const string Quotes = "\"“”«»";

    private static readonly string[] DayFormats = ["yyyy-MM-dd", "yyyy-MM", "yyyy", "d/M/yyyy", "M/yyyy"];

    private readonly string _query;
    private readonly char[] _words;
    private readonly List<QueryPhrase> _phrases = [];
    private readonly List<QueryPhrase> _titles = [];
    private readonly List<string> _excluded = [];
    private readonly List<string> _labels = [];
    private readonly List<string> _types = [];
    private int _typeNameCount;
    private DateOnly? _after;
    private DateOnly? _before;

    private QuerySyntax(string query)
    {
        _query = query;
        _words = query.ToCharArray();
    }

    /// <summary>Reads a query.</summary>
    /// <param name="query">Any text.</param>
    public static ParsedQuery Parse(string query) => new QuerySyntax(query).Parse();

    private ParsedQuery Parse()
    {
        for (var at = 0; at < _query.Length;)
        {
            if (char.IsWhiteSpace(_query[at]))
            {
                at++;
                continue;
            }

            var end = ReadSign(at);
            at = end > at ? end : EndOfWord(at);
        }

        var rows = new RowFilter { Labels = _labels, MediaTypes = _types, After = _after, Before = _before };
        return new ParsedQuery
        {
            Words = new string(_words),
            Phrases = _phrases,
            Titles = _titles,
            Excluded = _excluded,
            Rows = rows.IsEmpty ? null : rows,
        };
    }

    // The end of the sign that begins here, or its start if there is none.
    private int ReadSign(int start)
    {
        if (Quotes.Contains(_query[start], StringComparison.Ordinal))
        {
            return ReadPhrase(start);
        }

        if (_query[start] == '-')
        {
            return ReadExcluded(start);
        }

        var end = EndOfWord(start);
        var colon = _query.IndexOf(':', start, end - start);
        return colon > start && colon + 1 < _query.Length ? ReadField(start, colon) : start;
    }

    private int ReadPhrase(int start)
    {
        var (inside, end) = Quoted(start);
        return inside is not null && Take(inside, _phrases) ? end : start;
    }

    private int ReadExcluded(int start)
    {
        var end = EndOfWord(start);
        if (start + 1 == end || !char.IsLetter(_query[start + 1]) || _excluded.Count == ExcludedCountMax)
        {
            return start;
        }

        _excluded.Add(_query[(start + 1)..end]);
        Blank(start, end);
        return end;
    }

    private int ReadField(int start, int colon)
    {
        var (quoted, quotedEnd) = Quoted(colon + 1);
        var end = quoted is null ? EndOfWord(start) : quotedEnd;
        var value = quoted ?? _query[(colon + 1)..end];
        if (value.Length == 0 || !TakeField(FoldedWords.Fold(_query[start..colon]), value.Trim()))
        {
            return start;
        }

        // The words of a title rank too; the name of the field and the other values do not.
        var ranks = FoldedWords.Fold(_query[start..colon]) is "title" or "titre";
        Blank(start, ranks ? colon + 1 : end);
        return end;
    }

    private bool TakeField(string name, string value)
    {
        switch (name)
        {
            case "title" or "titre":
                return Take(value, _titles);
            case "type" when _typeNameCount < ValueCountMax && MediaTypeNames.Find(value) is { Count: > 0 } types:
                _typeNameCount++;
                _types.AddRange(types);
                return true;
            case "label" or "etiquette" when _labels.Count < ValueCountMax && value.Length > 0:
                _labels.Add(value);
                return true;
            case "after" or "apres" when Day(value) is { } after:
                _after = _after > after ? _after : after;
                return true;
            case "before" or "avant" when Day(value) is { } before:
                _before = _before < before ? _before : before;
                return true;
            default:
                return false;
        }
    }

    private static bool Take(string text, List<QueryPhrase> phrases)
    {
        var words = FoldedWords.Of(text);
        if (words.Count is 0 or > PhraseLengthMax || phrases.Count == PhraseCountMax)
        {
            return false;
        }

        phrases.Add(new QueryPhrase(text, words));
        return true;
    }

    private static DateOnly? Day(string value) =>
        DateOnly.TryParseExact(value, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    // What stands in quotes from here, and the end with the closing one; null if they do not close.
    private (string? Inside, int End) Quoted(int start)
    {
        if (start >= _query.Length || !Quotes.Contains(_query[start], StringComparison.Ordinal))
        {
            return (null, start);
        }

        var closing = _query[start] switch { '«' => '»', '“' => '”', var quote => quote };
        var end = _query.IndexOf(closing, start + 1);
        return end < 0 ? (null, start) : (_query[(start + 1)..end], end + 1);
    }

    private int EndOfWord(int start)
    {
        var end = start + 1;
        while (end < _query.Length && !char.IsWhiteSpace(_query[end]))
        {
            end++;
        }

        return end;
    }

    private void Blank(int start, int end) => _words.AsSpan(start..end).Fill(' ');
}
