namespace Terroir.Retrieval.Meaning;

/// <summary>How much a term counts in a text's vector: logarithmic in how often it stands there, and in how rare it is.
/// </summary>
/// <remarks>Logarithms are rounded to steps of 2⁻¹⁶: libraries of mathematics differ in the last bit, and what is
/// learned must not.</remarks>
internal static class TermWeights
{
    private const double Steps = 65_536;

    private static readonly float[] Small = [.. Enumerable.Range(0, 256).Select(Compute)];

    /// <summary>The weight of a term that stands so often in a text; 0 for none.</summary>
    public static float OfCount(int count) => count < Small.Length ? Small[count] : Compute(count);

    /// <summary>The weight of a term that so many of some documents hold; at least 1.</summary>
    public static float OfRarity(int documentCount, int frequency) =>
        1 + Log((1.0 + documentCount) / (1.0 + frequency));

    private static float Compute(int count) => count == 0 ? 0 : 1 + Log(count);

    private static float Log(double value) => (float)(Math.Round(Math.Log(value) * Steps) / Steps);
}
