using Terroir.Kinship;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>A document that stands for its group.</summary>
/// <remarks>What the others are to it is found when it is shown: to read versions from names costs more than to rank.
/// Not safe to share between threads.</remarks>
/// <param name="shown">The document.</param>
/// <param name="members">All of the group that the asker may read, the best first; the document is one of them.
/// </param>
internal sealed class KinGroup(KinMember shown, IReadOnlyList<KinMember> members)
{
    /// <summary>How many kin are listed with a hit, the newest first.</summary>
    internal const int ListedCountMax = 16;

    private IReadOnlyList<KinDocument>? _kin;

    /// <summary>Where the document stands, with the score of the group's best.</summary>
    public RankedDocument Ranked { get; } = shown.Ranked with { Score = members[0].Ranked.Score };

    /// <summary>The others, the newest first, at most <see cref="ListedCountMax"/>.</summary>
    public IReadOnlyList<KinDocument> Kin => _kin ??= members.Count == 1 ? [] : List();

    private IReadOnlyList<KinDocument> List() =>
    [
        .. members.Where(member => !ReferenceEquals(member, shown))
            .OrderByDescending(member => member.Document.ModifiedAt)
            .ThenBy(member => member.Document.Version)
            .ThenBy(member => member.Document.Id)
            .Take(ListedCountMax)
            .Select(member => new KinDocument(member.Collection, member.Document, RelationTo(member.Document))),
    ];

    private KinRelation RelationTo(DocumentVersion document) =>
        Succession.IsNewer(shown.Document, document) ? KinRelation.Older
            : Succession.IsNewer(document, shown.Document) ? KinRelation.Newer
            : document.Version == shown.Document.Version
                || Likeness.AreSame(document.Fingerprint, shown.Document.Fingerprint)
                ? KinRelation.Same
                : KinRelation.Near;
}

/// <summary>A document of a group.</summary>
/// <param name="Ranked">Where it stands.</param>
/// <param name="Collection">Its collection.</param>
/// <param name="Document">Its live version.</param>
internal sealed record KinMember(RankedDocument Ranked, CollectionId Collection, DocumentVersion Document);
