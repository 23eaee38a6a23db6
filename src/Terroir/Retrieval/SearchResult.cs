using Terroir.Documents;
using Terroir.Kinship;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>What a search found.</summary>
/// <param name="Hits">The hits, best first.</param>
/// <param name="Generations">The generation of each collection that was searched and in which the asker may read at
/// least one document, by name.</param>
public sealed record SearchResult(IReadOnlyList<PassageHit> Hits, IReadOnlyList<CollectionHead> Generations)
{
    /// <summary>How common the query's terms are in what was searched.</summary>
    public TermStatistics Statistics { get; init; } = TermStatistics.None;

    /// <summary>See <see cref="SearchRequest.Today"/>.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>The query as it was probably meant, or <see langword="null"/>: words that no searched document holds
    /// are replaced by words of searched documents.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Documents that would have been found and whose stored bytes are damaged or missing; empty unless
    /// <see cref="SearchRequest.LeavesOutDamaged"/>.</summary>
    public IReadOnlyList<DamagedDocument> Damaged { get; init; } = [];
}

/// <summary>How many documents hold each term of a query, among those that the asker may read and that the filters
/// take.</summary>
/// <param name="DocumentCount">How many documents were searched.</param>
/// <param name="Frequencies">For each term of the query, in both chains, how many of them hold it.</param>
public sealed record TermStatistics(int DocumentCount, IReadOnlyDictionary<string, int> Frequencies)
{
    /// <summary>Nothing was searched.</summary>
    public static TermStatistics None { get; } = new(0, new Dictionary<string, int>(StringComparer.Ordinal));
}

/// <summary>A document whose stored bytes cannot be used.</summary>
/// <param name="Collection">Its collection.</param>
/// <param name="Document">The document.</param>
/// <param name="Code">The code of the error, such as <c>TER5003</c>.</param>
public sealed record DamagedDocument(CollectionId Collection, DocumentId Document, string Code);

/// <summary>A passage that was found.</summary>
/// <param name="Collection">Its collection.</param>
/// <param name="Document">Its document's live version.</param>
/// <param name="Passage">The passage.</param>
/// <param name="Text">Its text, read from the verified canonical text.</param>
/// <param name="Score">The score: higher is better; comparable within one result only.</param>
/// <param name="Highlights">The query's words in <paramref name="Text"/>: character ranges in order, not
/// overlapping.</param>
public sealed record PassageHit(
    CollectionId Collection,
    DocumentVersion Document,
    Passage Passage,
    string Text,
    double Score,
    IReadOnlyList<TextRange> Highlights)
{
    /// <summary>The tables that it holds rows of, in order, as far as they are known.</summary>
    public IReadOnlyList<TableRows> Tables { get; init; } = [];

    /// <summary>The documents that the search found too, and for which this one stands: copies, near copies and other
    /// versions, the newest first, at most 16. Only versions that are less alike have hits of their own.</summary>
    public IReadOnlyList<KinDocument> Duplicates { get; init; } = [];

    /// <summary>The parts of <see cref="Text"/> that stand in many documents and say little about this one, in order.
    /// </summary>
    public IReadOnlyList<TextRange> Recurring { get; init; } = [];

    /// <summary>Why it is where it is, if <see cref="SearchRequest.Explains"/>.</summary>
    public HitExplanation? Explanation { get; init; }

    /// <summary>The hit with less score, because of what recurs in it.</summary>
    internal PassageHit Less(double loss) => loss <= 0 ? this : this with
    {
        Score = Score - loss,
        Explanation = Explanation is { } explanation
            ? explanation with { Parts = [.. explanation.Parts, new ScorePart("recurring", -loss)] }
            : null,
    };
}

/// <summary>The rows of a table in a passage. Offsets are characters (UTF-16) of the passage's text.</summary>
/// <param name="Start">The first character.</param>
/// <param name="End">The character after the last.</param>
/// <param name="BodyStart">Where the first row begins that is no header.</param>
/// <param name="Header">The header rows with their bars, a line each; they may stand before the passage. Empty if the
/// table has none.</param>
public sealed record TableRows(int Start, int End, int BodyStart, string Header);

/// <summary>A range of characters (UTF-16).</summary>
/// <param name="Start">The first character, from 0.</param>
/// <param name="End">The character after the last.</param>
public sealed record TextRange(int Start, int End);
