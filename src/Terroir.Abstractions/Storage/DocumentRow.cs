namespace Terroir.Storage;

/// <summary>A live document of a collection and the segment that holds its passages.</summary>
/// <param name="Document">The version that is live.</param>
/// <param name="Segment">The segment.</param>
public sealed record DocumentRow(DocumentVersion Document, ContentHash Segment)
{
    /// <summary>The objects that the record points into: each stays while this document is live.</summary>
    public IEnumerable<ContentHash> Objects =>
        new[] { Document.Original.Container, Document.Text.Container, Document.Passages.Container }.Distinct();
}
