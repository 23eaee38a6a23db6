using Terroir.Documents;

namespace Terroir.Ingestion.Quality;

/// <summary>From which grade on documents of a collection are indexed with a warning, or held.</summary>
public sealed record QualityRule
{
    /// <summary>Up to how many days after its last change a document is fresh, unless a site says otherwise.</summary>
    public const int DefaultFreshDays = 730;

    /// <summary>What holds where nothing is said: poor documents are listed, and garbage is held.</summary>
    public static QualityRule Default { get; } = new()
    {
        Overall = new QualityBounds(QualityGrade.D, Hold: null),
        Axes = new Dictionary<QualityAxis, QualityBounds>
        {
            [QualityAxis.Readability] = new(QualityGrade.D, QualityGrade.E),
            [QualityAxis.Poisoning] = new(QualityGrade.D, Hold: null),
        },
    };

    /// <summary>The bounds of the overall grade.</summary>
    public required QualityBounds Overall { get; init; }

    /// <summary>The bounds of single axes; an axis that is not there has none.</summary>
    public required IReadOnlyDictionary<QualityAxis, QualityBounds> Axes { get; init; }

    /// <summary>Up to how many days after its last change a document is fresh: 1 to 36,500.</summary>
    public int FreshDays { get; init; } = DefaultFreshDays;
}

/// <summary>From which grade on.</summary>
/// <param name="Warn">The best grade that is indexed with a warning; <see langword="null"/> for never.</param>
/// <param name="Hold">The best grade that is held; <see langword="null"/> for never.</param>
public sealed record QualityBounds(QualityGrade? Warn, QualityGrade? Hold)
{
    internal QualityVerdict Decide(QualityGrade? grade) =>
        grade is null ? QualityVerdict.Index
        : grade >= Hold ? QualityVerdict.Hold
        : grade >= Warn ? QualityVerdict.Warn
        : QualityVerdict.Index;
}

/// <summary>The rules of a site.</summary>
/// <param name="Default">The rule of a collection that has none of its own.</param>
/// <param name="Collections">The rules of single collections.</param>
public sealed record QualityRules(
    QualityRule Default,
    IReadOnlyDictionary<CollectionId, QualityRule> Collections)
{
    /// <summary>The rules of a site that sets none.</summary>
    public static QualityRules None { get; } =
        new(QualityRule.Default, new Dictionary<CollectionId, QualityRule>());

    /// <summary>The rule of a collection.</summary>
    /// <param name="collection">The collection.</param>
    /// <returns>Its own, or the default.</returns>
    public QualityRule For(CollectionId collection) => Collections.GetValueOrDefault(collection) ?? Default;
}
