using Terroir.Access;
using Terroir.Retrieval.Queries;

namespace Terroir.Retrieval;

/// <summary>A search.</summary>
public sealed record SearchRequest
{
    /// <summary>The greatest length of a query in characters.</summary>
    public const int QueryLengthMax = 4_000;

    /// <summary>The greatest number of different words in a query, stop words left out.</summary>
    public const int TermCountMax = 64;

    /// <summary>The greatest number of hits.</summary>
    public const int HitCountMax = 1_000;

    /// <summary>The query in plain language: at most <see cref="QueryLengthMax"/> characters and
    /// <see cref="TermCountMax"/> different words.</summary>
    public required string Query { get; init; }

    /// <summary>Whether signs in the query mean something: phrases, excluded words and fields. Otherwise, as for a
    /// question to be answered, it is plain words.</summary>
    public bool HasSyntax { get; init; }

    /// <summary>Whether each hit tells why it is where it is.</summary>
    public bool Explains { get; init; }

    /// <summary>Who asks.</summary>
    public required Asker Asker { get; init; }

    /// <summary>How many hits at most; 1 to <see cref="HitCountMax"/>.</summary>
    public int Count { get; init; } = 10;

    /// <summary>At most one hit (the best passage) for each document.</summary>
    public bool OnePerDocument { get; init; }

    /// <summary>How many hits of one document at most, where enough others are found; 1 to
    /// <see cref="HitCountMax"/>.</summary>
    public int PerDocument { get; init; } = PerDocumentDefault;

    /// <summary>See <see cref="PerDocument"/>.</summary>
    public const int PerDocumentDefault = 3;

    /// <summary>Only these collections; empty for all.</summary>
    public IReadOnlyList<CollectionId> Collections { get; init; } = [];

    /// <summary>Only documents with one of these labels; empty for any.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Only documents of these media types; empty for any.</summary>
    public IReadOnlyList<string> MediaTypes { get; init; } = [];

    /// <summary>Only documents changed at or after this time.</summary>
    public DateTimeOffset? ModifiedFrom { get; init; }

    /// <summary>Only documents changed before this time.</summary>
    public DateTimeOffset? ModifiedBefore { get; init; }

    /// <summary>Only documents that hold on this day, or do not say from when to when they hold.</summary>
    public DateOnly? ValidOn { get; init; }

    /// <summary>The day of the search: of copies and versions one that holds on it is shown, if any is about as good;
    /// <see langword="null"/> looks at no day.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>The greatest weight of meaning.</summary>
    public const double MeaningWeightMax = 0.5;

    /// <summary>What likeness of meaning counts beside the words, instead of what the settings say: 0 (only the words
    /// count) to <see cref="MeaningWeightMax"/>.</summary>
    public double? MeaningWeight { get; init; }

    /// <summary>Whether documents with damaged or missing bytes are left out and named in the result, instead of
    /// failing the search.</summary>
    public bool LeavesOutDamaged { get; init; }

    /// <summary>Documents that have dropped out; their copies can take their place.</summary>
    internal IReadOnlySet<(CollectionId Collection, DocumentId Document)> LeftOut { get; init; } =
        System.Collections.Immutable.ImmutableHashSet<(CollectionId, DocumentId)>.Empty;

    /// <summary>What the query itself asks of documents' rows.</summary>
    internal RowFilter? Rows { get; init; }

    /// <summary>Whether anything but permission decides which documents of a collection are searched.</summary>
    internal bool HasFilter =>
        Labels.Count > 0 || MediaTypes.Count > 0 || ModifiedFrom is not null || ModifiedBefore is not null
        || ValidOn is not null || Rows is not null;
}
