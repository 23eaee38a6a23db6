namespace Terroir.Storage;

/// <summary>A manifest that is committed but perhaps not yet in the object store.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Generation">The generation.</param>
/// <param name="Manifest">The signed bytes.</param>
public sealed record PendingManifest(CollectionId Collection, long Generation, ReadOnlyMemory<byte> Manifest);
