using Terroir.Storage;

namespace Terroir.Kinship;

/// <summary>A document that is kin to another.</summary>
/// <param name="Collection">Its collection.</param>
/// <param name="Document">Its live version.</param>
/// <param name="Relation">What it is to the other.</param>
public sealed record KinDocument(CollectionId Collection, DocumentVersion Document, KinRelation Relation);

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
