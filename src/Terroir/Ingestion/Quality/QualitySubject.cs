using Terroir.Documents;

namespace Terroir.Ingestion.Quality;

/// <summary>All that a judgement rests on: what was measured when the document was read, and what may change without
/// reading it.</summary>
/// <param name="Evidence">The measures.</param>
/// <param name="Label">The classification; empty if none.</param>
/// <param name="Access">Who may read it.</param>
/// <param name="Today">The day of the judgement.</param>
/// <param name="FreshDays">Up to how many days a document is fresh.</param>
internal sealed record QualitySubject(
    IReadOnlyDictionary<string, double> Evidence,
    string Label,
    AccessList Access,
    DateOnly Today,
    int FreshDays)
{
    /// <summary>The other documents with its text, if that was looked for.</summary>
    public Copies? Copies { get; init; }

    /// <summary>The grade for sensitivity, where label and access are not known; else <see langword="null"/>.</summary>
    public QualityGrade? Sensitivity { get; init; }

    /// <summary>A measure, or <see langword="null"/> if it was not taken.</summary>
    public double? Find(string code) => Evidence.TryGetValue(code, out var value) ? value : null;

    /// <summary>A measure, or 0.</summary>
    public double this[string code] => Evidence.GetValueOrDefault(code);

    /// <summary>A finding on a measure that is better when it is small.</summary>
    /// <param name="code">The measure.</param>
    /// <param name="bounds">The most that B, C, D and E begin above.</param>
    public QualityFinding? Above(string code, params ReadOnlySpan<double> bounds)
    {
        if (Find(code) is not { } value)
        {
            return null;
        }

        var grade = 0;
        while (grade < bounds.Length && value > bounds[grade])
        {
            grade++;
        }

        return new QualityFinding(code, (QualityGrade)grade, value);
    }
}

/// <summary>The other documents with the same text, or nearly.</summary>
/// <param name="ExactCount">How many have the same words.</param>
/// <param name="NearCount">How many have nearly the same words.</param>
/// <param name="IsNewest">Whether none of them is newer.</param>
internal sealed record Copies(int ExactCount, int NearCount, bool IsNewest)
{
    /// <summary>There is no other.</summary>
    public static Copies None { get; } = new(0, 0, true);
}
