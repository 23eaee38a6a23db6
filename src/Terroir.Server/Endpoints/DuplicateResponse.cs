using Terroir.Kinship;

namespace Terroir.Server.Endpoints;

/// <summary>A copy or another version of a document that was found or cited.</summary>
/// <param name="Document">Its id.</param>
/// <param name="Collection">Its collection.</param>
/// <param name="Title">Its title.</param>
/// <param name="Path">Its path in its source.</param>
/// <param name="ModifiedAt">When the original was last changed.</param>
/// <param name="Relation">What it is to the other: <c>same</c> text, <c>near</c>ly the same, an <c>older</c> or
/// <c>newer</c> version.</param>
public sealed record DuplicateResponse(
    string Document,
    string Collection,
    string Title,
    string Path,
    DateTimeOffset ModifiedAt,
    string Relation)
{
    /// <summary>Translates a document.</summary>
    /// <param name="kin">The document.</param>
    /// <returns>The same, for the wire.</returns>
    public static DuplicateResponse From(CitedKin kin) => new(
        kin.Document.Value,
        kin.Collection.Value,
        kin.Title,
        kin.Path,
        kin.ModifiedAt,
        kin.Relation switch
        {
            KinRelation.Same => "same",
            KinRelation.Older => "older",
            KinRelation.Newer => "newer",
            _ => "near",
        });
}
