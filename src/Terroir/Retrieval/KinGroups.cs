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

    /// <summary>How many kin are listed with a hit, the newest first.</summary>
    internal const int ListedCountMax = 16;

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
        var groups = new List<List<Member>>();
        var leaders = new List<DocumentVersion>();
        foreach (var (rank, item) in ranked.Index())
        {
            var (collection, document) = find(item);
            var member = new Member(item, collection, document);
            var group = rank < ComparedCountMax ? FindKin(leaders, document) : -1;
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
                    .. hit.Duplicates.Concat(lineage.VersionsOf(hit.Collection, hit.Document.Id)).Take(ListedCountMax),
                ],
            }),
        ];
    }

    // Nearly all the time of a search for many hits is spent here: every candidate is compared with every leader.
    private static int FindKin(List<DocumentVersion> leaders, DocumentVersion document)
    {
        for (var index = 0; index < leaders.Count; index++)
        {
            var leader = leaders[index];
            if (leader.Version == document.Version || Likeness.AreNear(leader.Fingerprint, document.Fingerprint))
            {
                return index;
            }
        }

        return -1;
    }

    private static KinGroup Choose(List<Member> group, DateOnly? today)
    {
        if (group.Count == 1)
        {
            return new KinGroup(group[0].Ranked, []);
        }

        var best = group[0];
        foreach (var member in group.Skip(1).Where(item => item.Ranked.Score >= NewerShare * group[0].Ranked.Score))
        {
            best = GoesBefore(member.Document, best.Document, today) ? member : best;
        }

        var kin = group.Where(member => member != best)
            .OrderByDescending(member => member.Document.ModifiedAt)
            .ThenBy(member => member.Document.Version)
            .ThenBy(member => member.Document.Id)
            .Take(ListedCountMax)
            .Select(member => new KinDocument(
                member.Collection,
                member.Document,
                RelationOf(member.Document, best.Document)));
        return new KinGroup(best.Ranked with { Score = group[0].Ranked.Score }, [.. kin]);
    }

    private static bool GoesBefore(DocumentVersion one, DocumentVersion other, DateOnly? today) =>
        DocumentDays.IsOut(one, today) == DocumentDays.IsOut(other, today)
            ? IsNewer(one, other)
            : DocumentDays.IsOut(other, today);

    // What names tell of versions counts more than dates: a file that was copied later is no newer version.
    private static bool IsNewer(DocumentVersion one, DocumentVersion other) =>
        Succession.IsNewer(one, other) || (one.ModifiedAt > other.ModifiedAt && !Succession.IsNewer(other, one));

    private static KinRelation RelationOf(DocumentVersion document, DocumentVersion shown) =>
        Succession.IsNewer(shown, document) ? KinRelation.Older
            : Succession.IsNewer(document, shown) ? KinRelation.Newer
            : document.Version == shown.Version || Likeness.AreSame(document.Fingerprint, shown.Fingerprint)
                ? KinRelation.Same
                : KinRelation.Near;

    private sealed record Member(RankedDocument Ranked, CollectionId Collection, DocumentVersion Document);
}

/// <summary>A document that stands for its group.</summary>
/// <param name="Ranked">The document, with the score of the group's best.</param>
/// <param name="Kin">The others that the asker may read.</param>
internal sealed record KinGroup(RankedDocument Ranked, IReadOnlyList<KinDocument> Kin);
