using Terroir.Catalog;
using Terroir.Storage;

namespace Terroir.Kinship;

/// <summary>Examines whole collections by the fingerprints in their rows; no text is read.</summary>
internal sealed class CollectionKinship(ICatalog catalog) : IKinship
{
    public async Task<KinshipReport?> ExamineAsync(CollectionId collection, CancellationToken cancellationToken)
    {
        if (await catalog.ReadStateAsync(collection, 0, cancellationToken) is not { } state)
        {
            return null;
        }

        var documents = state.Documents.Select(row => row.Document).OrderBy(document => document.Id).ToArray();
        return new KinshipReport(
            collection,
            state.Head.Generation,
            documents.Length,
            documents.Count(document => document.Fingerprint is null),
            FindDuplicates(documents, cancellationToken));
    }

    private static IReadOnlyList<DuplicateGroup> FindDuplicates(
        DocumentVersion[] documents,
        CancellationToken cancellationToken)
    {
        var pairs = NearPairs.Find([.. documents.Select(document => document.Fingerprint)], cancellationToken);
        return
        [
            .. new JoinedNumbers(documents.Length, pairs.Select(pair => (pair.First, pair.Second))).Groups
                .Select(group => Describe([.. group.Select(number => documents[number])]))
                .OrderByDescending(group => group.Documents.Count)
                .ThenBy(group => group.Documents[0].Document.Path, StringComparer.Ordinal)
                .ThenBy(group => group.Documents[0].Document.Id),
        ];
    }

    private static DuplicateGroup Describe(DocumentVersion[] group)
    {
        DocumentVersion[] ordered =
            [.. group.OrderByDescending(document => document.ModifiedAt).ThenBy(document => document.Id)];
        var first = ordered[0].Fingerprint;
        return new DuplicateGroup(
            Array.TrueForAll(ordered, document => Likeness.AreSame(document.Fingerprint, first)),
            [.. ordered.Select(document => new DuplicateDocument(document, Likeness.Of(document.Fingerprint, first)))]);
    }
}
