namespace Terroir.Kinship.Contradictions;

/// <summary>A sentence or a row of a table, with its figures taken out, so that it can be compared.</summary>
/// <param name="Start">Its first character in the passage's text.</param>
/// <param name="End">The character after the last.</param>
/// <param name="Words">Its words in order, folded, without those that say nothing.</param>
/// <param name="Figures">What it counts, measures or dates, in order.</param>
/// <param name="Identifiers">Its other numbers: pages, phones, years, references, names such as A4. They say what it is
/// about.</param>
/// <param name="IsNegated">Whether it denies what it says.</param>
internal sealed record Assertion(
    int Start,
    int End,
    IReadOnlyList<string> Words,
    IReadOnlyList<StatedFigure> Figures,
    IReadOnlyList<string> Identifiers,
    bool IsNegated)
{
    /// <summary>Fewer words do not tell what is said; the passages tell more.</summary>
    internal const int WordCountMin = 1;

    /// <summary>Tells how another says something else of the same thing.</summary>
    /// <returns>The figures that differ, or none where one denies what the other says; <see langword="null"/> if the
    /// two agree or are about different things.</returns>
    public IReadOnlyList<(StatedFigure One, StatedFigure Other)>? DifferFrom(Assertion other)
    {
        if (Words.Count < WordCountMin || Figures.Count != other.Figures.Count
            || !Words.SequenceEqual(other.Words, StringComparer.Ordinal)
            || !Identifiers.SequenceEqual(other.Identifiers, StringComparer.Ordinal))
        {
            return null;
        }

        var pairs = Figures.Zip(other.Figures).ToArray();
        if (!Array.TrueForAll(pairs, pair => pair.First.IsComparable(pair.Second)))
        {
            return null;
        }

        var different = pairs.Where(pair => pair.First.Value != pair.Second.Value).ToArray();
        if (IsNegated != other.IsNegated)
        {
            return different.Length == 0 ? [] : null;
        }

        // Another day with another figure is another period, and no contradiction.
        var dates = different.Count(pair => pair.First.IsDate);
        return different.Length > 0 && (dates == 0 || dates == different.Length) ? different : null;
    }
}

/// <summary>A figure of a sentence.</summary>
/// <param name="Unit">Its unit in one spelling; empty for a count; <c>date</c> for a day.</param>
/// <param name="Value">Its value in the unit; for a day its digits.</param>
/// <param name="Text">As it is written.</param>
internal sealed record StatedFigure(string Unit, decimal Value, string Text)
{
    /// <summary>The unit of days.</summary>
    internal const string DateUnit = "date";

    /// <summary>Whether it is a day.</summary>
    public bool IsDate => string.Equals(Unit, DateUnit, StringComparison.Ordinal);

    /// <summary>Whether another is of the same kind.</summary>
    public bool IsComparable(StatedFigure other) => string.Equals(Unit, other.Unit, StringComparison.Ordinal);
}
