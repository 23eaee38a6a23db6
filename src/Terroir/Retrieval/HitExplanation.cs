namespace Terroir.Retrieval;

/// <summary>Why a hit is where it is. Everything in it is counted over what was searched: documents that the asker may
/// read and that the filters take.</summary>
/// <param name="Parts">What the score is the sum of.</param>
/// <param name="Terms">The terms of the query that the document holds, by what they give it.</param>
/// <param name="Length">The document's length in terms, the title included.</param>
/// <param name="MeanLength">The mean length of the searched documents.</param>
/// <param name="DocumentCount">How many documents were searched.</param>
public sealed record HitExplanation(
    IReadOnlyList<ScorePart> Parts,
    IReadOnlyList<TermPart> Terms,
    int Length,
    double MeanLength,
    int DocumentCount);

/// <summary>A part of a score.</summary>
/// <param name="Name"><c>document</c>: BM25 of the whole document; <c>meaning</c>: what the document gains because it
/// means what the query means; <c>passage</c>: BM25 of the passage; <c>passageMeaning</c>: what the passage gains
/// because it means what the query means, where an encoder is in force; <c>group</c>: what the document owes to a copy
/// or version that fits better and for which it stands; <c>recurring</c>: what is taken away because the passage
/// repeats what stands in many documents; <c>reranker</c>: what the score of its new place differs by.</param>
/// <param name="Value">What it adds; negative if it takes away.</param>
public sealed record ScorePart(string Name, double Value);

/// <summary>What a term of the query gives to a hit.</summary>
/// <param name="Term">The chain, a colon, the term.</param>
/// <param name="Origin">Where the term is from: <c>query</c>, or what was added to it.</param>
/// <param name="DocumentCount">How many of the searched documents hold it.</param>
/// <param name="Weight">Its weight: the rarer its word is in both chains the more, and as often as the query says it.
/// </param>
/// <param name="Count">How often it stands in the document's text.</param>
/// <param name="ContextCount">How often it stands in the title, or with the headings of the passage that has most.
/// </param>
/// <param name="PassageCount">How often it stands in the text of the hit's passage.</param>
/// <param name="Document">What it adds to the part <c>document</c>.</param>
/// <param name="Passage">What it adds to the score of the passage among those of its document. It is in the score of
/// the hit only if the hit has a part <c>passage</c>.</param>
public sealed record TermPart(
    string Term,
    string Origin,
    int DocumentCount,
    double Weight,
    long Count,
    int ContextCount,
    int PassageCount,
    double Document,
    double Passage);
