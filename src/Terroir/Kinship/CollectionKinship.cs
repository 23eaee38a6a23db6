using Terroir.Catalog;
using Terroir.Kinship.Contradictions;
using Terroir.Storage;

namespace Terroir.Kinship;

/// <summary>Examines whole collections by the rows of their documents; only near duplicates are read.</summary>
internal sealed class CollectionKinship(ICatalog catalog) : IKinship
{
    private readonly CollectionContradictions _contradictions = new(catalog);

    public async Task<KinshipReport?> ExamineAsync(CollectionId collection, CancellationToken cancellationToken)
    {
        if (await catalog.ReadStateAsync(collection, 0, cancellationToken) is not { } state)
        {
            return null;
        }

        var documents = state.Documents.Select(row => row.Document).OrderBy(document => document.Id).ToArray();
        var duplicates = FindDuplicates(documents, cancellationToken);
        return new KinshipReport(
            collection,
            state.Head.Generation,
            documents.Length,
            documents.Count(document => document.Fingerprint is null),
            duplicates)
        {
            Versions = VersionChains.Find(documents),
            Contradictions = await _contradictions.FindAsync(duplicates, cancellationToken),
        };
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
