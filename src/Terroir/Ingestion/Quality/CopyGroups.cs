using Terroir.Kinship;

namespace Terroir.Ingestion.Quality;

/// <summary>The copies and near copies of the documents of a collection, by document.</summary>
internal sealed class CopyGroups
{
    private readonly Dictionary<DocumentId, Copies> _copies = [];

    public CopyGroups(KinshipReport? kinship)
    {
        foreach (var group in kinship?.Duplicates ?? [])
        {
            foreach (var (index, item) in group.Documents.Index())
            {
                // Of what has the very same fingerprint a document is a copy, of the rest another version.
                var same = group.Documents.Count(other => Equals(
                    other.Document.Fingerprint,
                    item.Document.Fingerprint)) - 1;
                _copies[item.Document.Id] = new Copies(
                    same,
                    group.Documents.Count - 1 - same,
                    IsNewest: index == 0);
            }
        }
    }

    /// <summary>The other documents with the words of one, or nearly.</summary>
    public Copies Of(DocumentId document) => _copies.GetValueOrDefault(document) ?? Copies.None;
}
