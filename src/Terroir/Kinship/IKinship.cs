using Terroir.Storage;

namespace Terroir.Kinship;

/// <summary>The door of kinship, for operators: which documents of a collection are copies or versions of one another,
/// and which contradict each other.</summary>
/// <remarks>Safe to call from several threads. It looks at all documents, whoever may read them: what it returns is for
/// those who run the site. A search compares only what its asker may read, and asks nothing here.</remarks>
public interface IKinship
{
    /// <summary>Examines a collection at its head.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What was found, or <see langword="null"/> if there is no such collection.</returns>
    Task<KinshipReport?> ExamineAsync(CollectionId collection, CancellationToken cancellationToken);
}

/// <summary>The kinship of a collection's documents.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Generation">The generation that was examined.</param>
/// <param name="DocumentCount">How many documents it has.</param>
/// <param name="UnknownCount">How many of them cannot be compared: they were published before documents had
/// fingerprints, or have no word.</param>
/// <param name="Duplicates">Groups of documents that are the same or nearly, the largest first; a document is in one at
/// most.</param>
public sealed record KinshipReport(
    CollectionId Collection,
    long Generation,
    int DocumentCount,
    int UnknownCount,
    IReadOnlyList<DuplicateGroup> Duplicates)
{
    /// <summary>Documents that are versions of one another, by the path of the newest; a document is in one at most.
    /// </summary>
    public IReadOnlyList<VersionChain> Versions { get; init; } = [];

    /// <summary>What near duplicates say otherwise than the newest of their group; not what older versions said.
    /// </summary>
    public IReadOnlyList<DocumentContradiction> Contradictions { get; init; } = [];

    /// <summary>How many documents could go without a text being lost: all of each group but one.</summary>
    public int SurplusCount => Duplicates.Sum(group => group.Documents.Count - 1);
}

/// <summary>Versions of one document.</summary>
/// <param name="Documents">The newest first: at least two.</param>
public sealed record VersionChain(IReadOnlyList<DocumentVersion> Documents);

/// <summary>A sentence or row that says something else in two near duplicates.</summary>
/// <param name="One">The newest of the group.</param>
/// <param name="Other">The other document.</param>
/// <param name="OneText">What the one says.</param>
/// <param name="OtherText">What the other says.</param>
public sealed record DocumentContradiction(
    DocumentVersion One,
    DocumentVersion Other,
    string OneText,
    string OtherText);

/// <summary>Documents that are the same or nearly.</summary>
/// <param name="AreSame">Whether all have the same text but for spaces and capitals.</param>
/// <param name="Documents">The documents, the newest first: at least two.</param>
public sealed record DuplicateGroup(bool AreSame, IReadOnlyList<DuplicateDocument> Documents);

/// <summary>A document of a group.</summary>
/// <param name="Document">The live version.</param>
/// <param name="Likeness">How much it has in common with the first of the group: 1 for the same text, else an estimate
/// of the share of runs of five words; below 0.8 where only others of the group join the two.</param>
public sealed record DuplicateDocument(DocumentVersion Document, double Likeness);
