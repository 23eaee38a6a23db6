namespace Terroir.Retrieval;

/// <summary>Chooses hits among passages that have been read: best first, and few of one document where others are found
/// too.</summary>
/// <param name="count">How many.</param>
/// <param name="perDocument">How many of one document; more only if there are not enough others.</param>
internal sealed class HitChoice(int count, int perDocument)
{
    private readonly List<PassageHit> _hits = [];

    /// <summary>How many more passages are read than are asked for, at most, to find others.</summary>
    internal const int ReadFactor = 2;

    // How often it is looked whether enough are found.
    private const int LookCount = 8;

    /// <summary>Adds a passage.</summary>
    public void Add(PassageHit hit) => _hits.Add(hit);

    /// <summary>Drops the passages of a document.</summary>
    public void Drop(CollectionId collection, DocumentId document) =>
        _hits.RemoveAll(hit => hit.Collection == collection && hit.Document.Id == document);

    /// <summary>Whether no passage can still be among the hits.</summary>
    /// <param name="score">A score that none of those to come exceeds.</param>
    public bool IsSettled(double score)
    {
        // To look takes about as long as to choose: not at every passage.
        var more = _hits.Count - count;
        return more >= 0
            && more % Math.Max(1, count / LookCount) == 0
            && InTurn(_hits.Where(hit => hit.Score > score)).Count(item => item.IsFew) >= count;
    }

    /// <summary>Lists the hits, best first.</summary>
    public List<PassageHit> List() =>
    [
        .. InOrder(InTurn(_hits)
            .OrderBy(item => item.IsFew ? 0 : 1)
            .Select(item => item.Hit)
            .Take(count)),
    ];

    // The passages best first, and whether each is among the first of its document.
    private IEnumerable<(PassageHit Hit, bool IsFew)> InTurn(IEnumerable<PassageHit> hits)
    {
        var counts = new Dictionary<(CollectionId, DocumentId), int>();
        foreach (var hit in InOrder(hits))
        {
            var key = (hit.Collection, hit.Document.Id);
            counts[key] = counts.GetValueOrDefault(key) + 1;
            yield return (hit, counts[key] <= perDocument);
        }
    }

    // As candidates are ordered: equal scores by content.
    private static IOrderedEnumerable<PassageHit> InOrder(IEnumerable<PassageHit> hits) => hits
        .OrderByDescending(hit => hit.Score)
        .ThenBy(hit => hit.Document.Version)
        .ThenBy(hit => hit.Document.Id)
        .ThenBy(hit => hit.Passage.Ordinal);
}
