namespace Terroir.Storage;

/// <summary>The newest generation of a collection.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Generation">Its number; 0 before the first.</param>
/// <param name="Manifest">The hash of its manifest; <c>default</c> for generation 0.</param>
/// <param name="PublishedAt">When it was published.</param>
public sealed record CollectionHead(
    CollectionId Collection,
    long Generation,
    ContentHash Manifest,
    DateTimeOffset PublishedAt);
