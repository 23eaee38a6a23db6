using Terroir.Kinship;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>Gathers ranked documents that are the same or nearly: each group is one hit, and the newest that holds and
/// answers about as well as the best stands for it.</summary>
/// <remarks>It sees only documents that the asker may read, so that a copy that they may not read changes nothing. A
/// group has the rank and the score of its best document, and its members are like that one. Nothing depends on the
/// order of arrival.</remarks>
internal static class KinGroups
{
    /// <summary>How many candidates are compared with one another; those that rank below stand alone.</summary>
    internal const int ComparedCountMax = 512;

    /// <summary>A newer document stands for its group only if it scores at least this share of the best: one that lacks
    /// what makes the question's document differ, such as the number of an invoice, does not.</summary>
    internal const double NewerShare = 0.9;

    /// <summary>Forms groups.</summary>
    /// <param name="ranked">The documents, best first.</param>
    /// <param name="find">The document of a rank.</param>
    /// <param name="count">How many groups at most.</param>
    /// <param name="today">The day on which the one that stands for a group should hold, or <see langword="null"/>.
    /// </param>
    /// <returns>The groups by their best.</returns>
    public static IReadOnlyList<KinGroup> Form(
        IReadOnlyList<RankedDocument> ranked,
        Func<RankedDocument, (CollectionId Collection, DocumentVersion Document)> find,
        int count,
        DateOnly? today)
    {
        var groups = new List<List<KinMember>>();
        var leaders = new KinLeaders();
        foreach (var (rank, item) in ranked.Index())
        {
            var (collection, document) = find(item);
            var member = new KinMember(item, collection, document);
            var group = rank < ComparedCountMax ? leaders.Find(document) : -1;
            if (group >= 0)
            {
                groups[group].Add(member);
            }
            else if (groups.Count < count)
            {
                groups.Add([member]);
                leaders.Add(document);
            }
        }

        return [.. groups.Select(group => Choose(group, today))];
    }

    /// <summary>Lists with each hit the other versions of its document that have hits too.</summary>
    public static IReadOnlyList<PassageHit> LinkVersions(IReadOnlyList<PassageHit> hits)
    {
        var lineage = new Succession(hits.Select(hit => (hit.Collection, hit.Document)));
        return
        [
            .. hits.Select(hit => hit with
            {
                Duplicates =
                [
                    .. hit.Duplicates.Concat(lineage.VersionsOf(hit.Collection, hit.Document.Id))
                        .Take(KinGroup.ListedCountMax),
                ],
            }),
        ];
    }

    private static KinGroup Choose(List<KinMember> group, DateOnly? today)
    {
        var best = group[0];
        foreach (var member in group.Skip(1).Where(item => item.Ranked.Score >= NewerShare * group[0].Ranked.Score))
        {
            best = GoesBefore(member.Document, best.Document, today) ? member : best;
        }

        return new KinGroup(best, group);
    }

    private static bool GoesBefore(DocumentVersion one, DocumentVersion other, DateOnly? today) =>
        DocumentDays.IsOut(one, today) == DocumentDays.IsOut(other, today)
            ? IsNewer(one, other)
            : DocumentDays.IsOut(other, today);

    // What names tell of versions counts more than dates: a file that was copied later is no newer version.
    private static bool IsNewer(DocumentVersion one, DocumentVersion other) =>
        Succession.IsNewer(one, other) || (one.ModifiedAt > other.ModifiedAt && !Succession.IsNewer(other, one));
}
