namespace Terroir.Retrieval.Queries;

/// <summary>A query in parts: words that rank, and conditions that a document must meet to be found.</summary>
internal sealed record ParsedQuery
{
    /// <summary>The words that rank. As long as the query that was read: what is no such word became spaces, so that
    /// offsets are the same in both.</summary>
    public required string Words { get; init; }

    /// <summary>Phrases that a passage, its title or its headings must hold.</summary>
    public IReadOnlyList<QueryPhrase> Phrases { get; init; } = [];

    /// <summary>What the title must hold.</summary>
    public IReadOnlyList<QueryPhrase> Titles { get; init; } = [];

    /// <summary>Words that no part of the document may hold.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>Whether only some of the documents that hold its words can be found, whatever their rows say.</summary>
    public bool HasConditions => Phrases.Count + Titles.Count + Excluded.Count > 0;

    /// <summary>What the row of a document must say, or <see langword="null"/> if anything will do.</summary>
    public RowFilter? Rows { get; init; }
}

/// <summary>Words that must stand one after the other.</summary>
/// <param name="Text">As they were written.</param>
/// <param name="Words">Each folded; at least one.</param>
internal sealed record QueryPhrase(string Text, IReadOnlyList<string> Words);
