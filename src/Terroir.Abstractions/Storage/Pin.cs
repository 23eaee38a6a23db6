namespace Terroir.Storage;

/// <summary>Keeps every object of a generation from being deleted for a while.</summary>
/// <param name="Id">The pin's number.</param>
/// <param name="Collection">The collection.</param>
/// <param name="Generation">The generation.</param>
/// <param name="Until">When it ends by the metastore's clock.</param>
public sealed record Pin(long Id, CollectionId Collection, long Generation, DateTimeOffset Until);
