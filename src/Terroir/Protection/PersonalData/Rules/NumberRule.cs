using System.Globalization;

namespace Terroir.Protection.PersonalData.Rules;

/// <summary>How a kind of number is written, how it is checked, and which words tell it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The name of the rule.</param>
/// <param name="Shapes">The lengths of the groups in which it is written, such as "3 3 3 5"; "4*" for groups of four
/// and a rest of one to four.</param>
/// <param name="Check">The check.</param>
internal sealed record NumberRule(string Kind, string Name, string[] Shapes, NumberCheck Check)
{
    private readonly int[][] _shapes = [.. Shapes.Select(Parse)];

    /// <summary>The confidence without a word near it; 0 if one is needed.</summary>
    public double Alone { get; init; }

    /// <summary>The confidence with such a word.</summary>
    public double Told { get; init; } = 0.99;

    /// <summary>The words.</summary>
    public ContextWords Words { get; init; } = new();

    /// <summary>Whether the signs between the groups belong to the number.</summary>
    public bool KeepsSigns { get; init; }

    /// <summary>Whether a word tells only the first number behind it or the one right before it, for numbers that look
    /// like words.</summary>
    public bool IsFirstOnly { get; init; }

    /// <summary>Tries the rule.</summary>
    /// <param name="text">The text.</param>
    /// <param name="groups">The groups at a place.</param>
    /// <returns>What it found, the longest first; <see langword="null"/> for nothing.</returns>
    public RuleMatch? Find(ReadOnlySpan<char> text, NumberGroups groups)
    {
        RuleMatch? found = null;
        foreach (var shape in _shapes)
        {
            var count = Fit(shape, groups);
            if (count > 0 && (found is null || groups.EndOf(count - 1) > found.Value.End))
            {
                found = Find(text, groups, count) ?? found;
            }
        }

        return found;
    }

    private RuleMatch? Find(ReadOnlySpan<char> text, NumberGroups groups, int count)
    {
        Span<char> joined = stackalloc char[NumberGroups.LengthMax];
        var (start, end) = (groups.StartOf(0), groups.EndOf(count - 1));
        if (end - start > NumberGroups.LengthMax + NumberGroups.CountMax)
        {
            return null;
        }

        var length = KeepsSigns && end - start <= joined.Length
            ? text[start..end].ToUpperInvariant(joined)
            : groups.Join(text, count, joined);
        if (length == 0 || !Check(joined[..length]))
        {
            return null;
        }

        var isTold = Words.StandNear(text, start, end) && !(IsFirstOnly && IsTaken(text, start, end));
        var confidence = isTold ? Told : Alone;
        return confidence > 0 ? new RuleMatch(Kind, start, end, confidence, Name) : null;
    }

    // Whether another number of this kind stands between the word and the place: the word was for that one. Behind the
    // place it must follow at once, as in brackets.
    private bool IsTaken(ReadOnlySpan<char> text, int start, int end)
    {
        var from = Words.EndBefore(text, start);
        if (from < 0)
        {
            return !Words.StandRightBehind(text, end);
        }

        for (var at = from; at < start;)
        {
            var part = at;
            while (at < start && char.IsAsciiLetterOrDigit(text[at]))
            {
                at++;
            }

            if (at > part && Check(text[part..at]))
            {
                return true;
            }

            at = Math.Max(at, part + 1);
        }

        return false;
    }

    // How many groups have the shape; 0 if they have another.
    private static int Fit(int[] shape, NumberGroups groups)
    {
        if (shape.Length == 0)
        {
            var count = 0;
            while (count < groups.Count && groups.LengthOf(count) == 4)
            {
                count++;
            }

            return count < groups.Count && groups.LengthOf(count) < 4 ? count + 1 : count;
        }

        if (shape.Length > groups.Count)
        {
            return 0;
        }

        for (var group = 0; group < shape.Length; group++)
        {
            if (groups.LengthOf(group) != shape[group])
            {
                return 0;
            }
        }

        return shape.Length;
    }

    private static int[] Parse(string shape) => shape is "4*"
        ? []
        : [.. shape.Split(' ').Select(length => int.Parse(length, CultureInfo.InvariantCulture))];
}
