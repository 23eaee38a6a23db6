using Terroir.Documents;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>What a search found.</summary>
/// <param name="Hits">The hits, best first.</param>
/// <param name="Generations">The generation of each collection that was searched and in which the asker may read at
/// least one document, by name.</param>
public sealed record SearchResult(IReadOnlyList<PassageHit> Hits, IReadOnlyList<CollectionHead> Generations);

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
    IReadOnlyList<TextRange> Highlights);

/// <summary>A range of characters (UTF-16).</summary>
/// <param name="Start">The first character, from 0.</param>
/// <param name="End">The character after the last.</param>
public sealed record TextRange(int Start, int End);
