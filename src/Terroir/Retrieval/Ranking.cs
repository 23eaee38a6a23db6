using Terroir.Retrieval.Fusion;
using Terroir.Retrieval.Queries;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>Chooses the passages of a search: the best of those documents that stand for their groups.</summary>
internal sealed class Ranking(
    IReadOnlyList<ReadableSegment> segments,
    Scoring scoring,
    SearchRequest request,
    QueryConditions? conditions = null,
    EncoderParts? encoded = null)
{
    /// <summary>How many documents are looked at, at most, to find enough that are no copies of one another.</summary>
    internal const int CandidateCountMax = 8_192;

    // Of how many documents the passages compete for one hit.
    private const int CandidateFactor = 3;

    // How many documents more are looked at for the first guess, so that few copies cost no second one.
    private const int SpareCount = 16;

    /// <summary>See <see cref="SearchRequest.LeavesOutDamaged"/>.</summary>
    public bool LeavesOutDamaged => request.LeavesOutDamaged;

    /// <summary>Starts the choice of hits among passages as they are read.</summary>
    public HitChoice StartChoice() => new(request.Count, request.PerDocument);

    /// <summary>Lists passages, best first: more than are asked for, unless there is one for each document.</summary>
    /// <param name="leftOut">Documents that have dropped out.</param>
    public IEnumerable<RankedPassage> List(IReadOnlySet<(CollectionId, DocumentId)> leftOut)
    {
        var groups = Group(request.OnePerDocument ? request.Count : request.Count * CandidateFactor, leftOut);
        var passages = scoring.Passages([.. groups.Select(group => group.Ranked)]);
        foreach (var (group, scores) in groups.Zip(passages))
        {
            encoded?.AddTo(group.Ranked, scores);
            conditions?.KeepMatches(group.Ranked, scores);
        }

        return request.OnePerDocument
            ? groups.Zip(passages, (group, scores) =>
                Describe(group, Array.IndexOf(scores, scores.Max()), group.Ranked.Score))
            : groups
                .Zip(passages, (group, scores) => scores.Index()
                    .Where(passage => passage.Item > 0)
                    .Select(passage => (Group: group, Ordinal: passage.Index, Passage: passage.Item)))
                .SelectMany(items => items)
                .Select(item => (
                    item.Group,
                    Ranked: item.Group.Ranked with { Score = item.Group.Ranked.Score + item.Passage },
                    item.Ordinal))
                .OrderBy(item => item.Ranked)
                .ThenBy(item => item.Ordinal)
                .Take(request.Count * HitChoice.ReadFactor)
                .Select(item => Describe(item.Group, item.Ordinal, item.Ranked.Score) with
                {
                    Own = item.Ranked.Score - item.Group.Ranked.Score,
                });
    }

    // How deep it looks depends on what is readable and on nothing else.
    private IReadOnlyList<KinGroup> Group(int count, IReadOnlySet<(CollectionId, DocumentId)> leftOut)
    {
        for (var wanted = count + SpareCount; ; wanted *= 2)
        {
            var ranked = scoring.Best(Math.Min(wanted, CandidateCountMax));
            var groups = KinGroups.Form(Without(leftOut, ranked), Find, count, request.Today);
            if (groups.Count == count || ranked.Count < wanted)
            {
                return groups;
            }
        }
    }

    private IReadOnlyList<RankedDocument> Without(
        IReadOnlySet<(CollectionId, DocumentId)> leftOut,
        IReadOnlyList<RankedDocument> ranked) =>
        leftOut.Count + request.LeftOut.Count == 0
            ? ranked
            : [.. ranked.Where(item => !leftOut.Contains(Key(item)) && !request.LeftOut.Contains(Key(item)))];

    private (CollectionId, DocumentId) Key(RankedDocument ranked) => (segments[ranked.Segment].Collection, ranked.Id);

    private (CollectionId Collection, DocumentVersion Document) Find(RankedDocument ranked) =>
        (segments[ranked.Segment].Collection, segments[ranked.Segment].Documents[ranked.Document]!);

    private RankedPassage Describe(KinGroup group, int ordinal, double score)
    {
        var (collection, document) = Find(group.Ranked);
        return new RankedPassage(collection, document, ordinal, score, group);
    }
}

/// <summary>A passage of a hit before it is read.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Document">The document.</param>
/// <param name="Ordinal">The passage.</param>
/// <param name="Score">The score.</param>
/// <param name="Group">The group that the document stands for.</param>
internal sealed record RankedPassage(
    CollectionId Collection,
    DocumentVersion Document,
    int Ordinal,
    double Score,
    KinGroup Group)
{
    /// <summary>The part of the score that is the passage's own; 0 if there is one hit for each document.</summary>
    public double Own { get; init; }

    /// <summary>Where the document stands in the segments.</summary>
    public RankedDocument Ranked => Group.Ranked;
}
