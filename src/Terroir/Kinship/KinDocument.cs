using Terroir.Storage;

namespace Terroir.Kinship;

/// <summary>A document that is kin to another.</summary>
/// <param name="Collection">Its collection.</param>
/// <param name="Document">Its live version.</param>
/// <param name="Relation">What it is to the other.</param>
public sealed record KinDocument(CollectionId Collection, DocumentVersion Document, KinRelation Relation);

/// <summary>A document that is kin to a cited one, as an answer tells of it.</summary>
/// <param name="Collection">Its collection.</param>
/// <param name="Document">The document.</param>
/// <param name="Title">Its title.</param>
/// <param name="Path">Its path in its source.</param>
/// <param name="ModifiedAt">When the original was last changed.</param>
/// <param name="Relation">What it is to the other.</param>
public sealed record CitedKin(
    CollectionId Collection,
    DocumentId Document,
    string Title,
    string Path,
    DateTimeOffset ModifiedAt,
    KinRelation Relation)
{
    /// <summary>Tells of a document.</summary>
    /// <param name="kin">The document.</param>
    /// <returns>What is told.</returns>
    public static CitedKin Of(KinDocument kin) => new(
        kin.Collection,
        kin.Document.Id,
        kin.Document.Title,
        kin.Document.Path,
        kin.Document.ModifiedAt,
        kin.Relation);
}

/// <summary>What a document is to another.</summary>
public enum KinRelation
{
    /// <summary>It has the same text but for spaces and capitals.</summary>
    Same,

    /// <summary>It has nearly the same text.</summary>
    Near,

    /// <summary>It is an older version.</summary>
    Older,

    /// <summary>It is a newer version.</summary>
    Newer,
}
