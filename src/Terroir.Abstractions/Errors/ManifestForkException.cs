namespace Terroir;

/// <summary>The object store and the metastore hold two histories of one collection. Code <c>TER1504</c>.</summary>
public sealed class ManifestForkException : TerroirException
{
    /// <summary>Creates the error for the generation where the histories part.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="generation">The first generation that is there twice.</param>
    public ManifestForkException(CollectionId collection, long generation)
        : base("TER1504", isTransient: false, Describe(collection, generation), innerException: null)
    {
        Collection = collection;
        Generation = generation;
    }

    /// <summary>The collection.</summary>
    public CollectionId Collection { get; }

    /// <summary>The first generation that is there twice.</summary>
    public long Generation { get; }

    private static string Describe(CollectionId collection, long generation) =>
        $"Generation {generation} of '{collection}' is in the object store, and the metastore does not know it: two "
        + "histories. Writing has stopped. If the metastore was put back from an older copy, move 'metastore.db' away "
        + "and run 'terroir rebuild'; otherwise find the other process that writes to this store.";
}
