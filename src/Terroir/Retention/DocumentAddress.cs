namespace Terroir.Retention;

/// <summary>Names a document of a collection. It shows neither a path nor a title.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Document">The document.</param>
public sealed record DocumentAddress(CollectionId Collection, DocumentId Document);
