namespace Terroir.Retention;

/// <summary>By what a person is recognised in texts: a name, in both orders, or an identifier, however it is spaced.
/// </summary>
public sealed class PersonMention
{
    // A short number is a number of anything.
    private const int IdentifierDigitsMin = 6;

    private readonly IReadOnlyList<string> _names;
    private readonly string? _digits;

    private PersonMention(string asked, IReadOnlyList<string> names, string? digits) =>
        (Asked, _names, _digits) = (asked, names, digits);

    /// <summary>What was asked for.</summary>
    public string Asked { get; }

    /// <summary>Reads what an operator asks for.</summary>
    /// <param name="text">A name of two words or more, an address of mail, or an identifier of 6 digits or
    /// more.</param>
    /// <returns>The person, or <see langword="null"/> if that would be found everywhere.</returns>
    public static PersonMention? TryRead(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = PlainWords.Fold(text);
        var digits = string.Concat(folded.Where(char.IsAsciiDigit));
        if (digits.Length >= IdentifierDigitsMin)
        {
            return new PersonMention(text, [], folded.Replace(" ", "", StringComparison.Ordinal));
        }

        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length < 2
            ? null
            : new PersonMention(text, [folded, string.Join(' ', words.Skip(1).Append(words[0])),
                string.Join(' ', words.TakeLast(1).Concat(words.SkipLast(1)))], null);
    }

    /// <summary>Counts the mentions in a text.</summary>
    /// <param name="text">The text.</param>
    public int CountIn(string text)
    {
        var folded = PlainWords.Fold(text);
        if (_digits is not null)
        {
            return Count(folded.Replace(" ", "", StringComparison.Ordinal), _digits);
        }

        var spaced = $" {folded} ";
        return _names.Distinct(StringComparer.Ordinal).Sum(name => Count(spaced, $" {name} "));
    }

    /// <summary>Whether a name is this person's, whole or in part.</summary>
    internal bool IsPartOf(string name)
    {
        var words = PlainWords.Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return _digits is null && words.Length > 0 && words.All(word =>
            _names[0].Split(' ').Contains(word, StringComparer.Ordinal));
    }

    /// <summary>The spellings that stand in a text, so that remains are looked for as they were written.</summary>
    internal IEnumerable<string> SpellingsIn(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var longest = _digits is null ? _names[0].Split(' ').Length : _digits.Length;
        for (var at = 0; at < words.Length; at++)
        {
            for (var count = 1; count <= longest && at + count <= words.Length; count++)
            {
                var folded = PlainWords.Fold(string.Join(' ', words.Skip(at).Take(count)));
                var joined = folded.Replace(" ", "", StringComparison.Ordinal);
                if (_digits is null
                    ? _names.Contains(folded, StringComparer.Ordinal)
                    : string.Equals(joined, _digits, StringComparison.Ordinal))
                {
                    yield return string.Join(' ', words.Skip(at).Take(count)).Trim('.', ',', ';', ':', '(', ')');
                }
            }
        }
    }

    private static int Count(string text, string part)
    {
        var count = 0;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }
}
