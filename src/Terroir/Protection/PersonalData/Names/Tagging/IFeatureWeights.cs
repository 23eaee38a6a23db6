namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>What features say together: of weights that are learned, and of those being learned.</summary>
internal interface IFeatureWeights
{
    /// <summary>Adds up what features say.</summary>
    /// <param name="features">Hashes of features.</param>
    /// <returns>For the first word of a name, and for a later one; above 0 speaks for it.</returns>
    (int Begin, int Inside) Sum(ReadOnlySpan<uint> features);
}
