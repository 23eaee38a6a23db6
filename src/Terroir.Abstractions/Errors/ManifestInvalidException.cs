namespace Terroir;

/// <summary>A manifest is missing, forged, or does not follow its predecessor. Code <c>TER1503</c>.</summary>
public sealed class ManifestInvalidException : TerroirException
{
    /// <summary>Creates the error for one generation.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="generation">The generation.</param>
    /// <param name="fault">What is wrong, as the end of a sentence.</param>
    public ManifestInvalidException(CollectionId collection, long generation, string fault)
        : base("TER1503", isTransient: false, Describe(collection, generation, fault), innerException: null)
    {
        Collection = collection;
        Generation = generation;
    }

    /// <summary>The collection.</summary>
    public CollectionId Collection { get; }

    /// <summary>The generation.</summary>
    public long Generation { get; }

    private static string Describe(CollectionId collection, long generation, string fault) =>
        $"The manifest of generation {generation} of '{collection}' {fault}. Stop writing, keep the folder as it is, "
        + "and run 'terroir verify-store'; restore a backup if the object store was changed.";
}
