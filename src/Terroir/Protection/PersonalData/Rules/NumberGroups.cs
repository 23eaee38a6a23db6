namespace Terroir.Protection.PersonalData.Rules;

/// <summary>Runs of letters and figures that follow one another with one sign between: how a long number is written.
/// </summary>
internal sealed class NumberGroups
{
    /// <summary>The groups of the longest number, an IBAN of 34 characters.</summary>
    public const int CountMax = 9;

    /// <summary>A longer run is no number of any kind.</summary>
    public const int LengthMax = 40;

    private readonly (int Start, int End)[] _groups = new (int, int)[CountMax];

    /// <summary>How many groups.</summary>
    public int Count { get; private set; }

    /// <summary>The length of a group.</summary>
    public int LengthOf(int group) => _groups[group].End - _groups[group].Start;

    /// <summary>Where a group begins.</summary>
    public int StartOf(int group) => _groups[group].Start;

    /// <summary>Where a group ends.</summary>
    public int EndOf(int group) => _groups[group].End;

    /// <summary>Reads the groups that begin at a place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where a run of letters and figures begins.</param>
    public void Read(ReadOnlySpan<char> text, int start)
    {
        Count = 0;
        for (var at = start; Count < CountMax;)
        {
            var end = at;
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
            {
                end++;
            }

            if (end == at || (end < text.Length && char.IsLetterOrDigit(text[end])))
            {
                return;
            }

            _groups[Count++] = (at, end);
            if (end == text.Length || text[end] is not (' ' or '.' or '-' or '\u00A0' or '\u202F' or '‑'))
            {
                return;
            }

            at = end + 1;
        }
    }

    /// <summary>Puts the letters and figures of the first groups together, in capitals.</summary>
    /// <returns>How many they are.</returns>
    public int Join(ReadOnlySpan<char> text, int count, Span<char> joined)
    {
        var length = 0;
        foreach (var (start, end) in _groups.AsSpan(0, count))
        {
            if (length + end - start > joined.Length)
            {
                return 0;
            }

            length += text[start..end].ToUpperInvariant(joined[length..]);
        }

        return length;
    }
}
