namespace Terroir.Retrieval;

/// <summary>How BM25 lets a term's count saturate and long texts pay: its k1 and b.</summary>
/// <param name="K1">How fast more of the same stops to matter.</param>
/// <param name="B">How much a length above the mean costs: 0 nothing, 1 all.</param>
internal sealed record Saturation(double K1, double B)
{
    /// <summary>A shorter text counts as one of this share of the mean length: a page of which little but the title is
    /// left does not come before the document that it was made of.</summary>
    /// <remarks>Of 0, 0.5, 0.75 and 1 the greatest that cost nothing on the collections below.</remarks>
    internal const double LengthMin = 0.5;

    // Chosen on one half of servicepublic-fr and cnil-faq-fr, on scifact-en-train and on one half of cranfield-en;
    // docs/features/retrieval.md has the figures.
    private static readonly Saturation French = new(1.5, 0.4);
    private static readonly Saturation English = new(1.2, 0.75);

    /// <summary>The parameters for a term; they belong to its chain.</summary>
    public static Saturation Of(string term) => term.StartsWith("en:", StringComparison.Ordinal) ? English : French;

    /// <summary>The share of a term's weight that a text earns.</summary>
    /// <param name="count">How often the term stands in it.</param>
    /// <param name="length">The text's length over the mean length.</param>
    /// <returns>0 to 1.</returns>
    public double Share(double count, double length) =>
        count / (count + (K1 * (1 - B + (B * Math.Max(length, LengthMin)))));
}
