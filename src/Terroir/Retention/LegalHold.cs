namespace Terroir.Retention;

/// <summary>A legal hold: what it covers is not erased while it stands, whoever asks.</summary>
public sealed record LegalHold
{
    /// <summary>The id: 12 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>When it was placed.</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>Why, in the operator's words, such as the number of a case.</summary>
    public required string Reason { get; init; }

    /// <summary>The collection that it covers; with <see cref="Documents"/> only these of it.</summary>
    public CollectionId Collection { get; init; }

    /// <summary>The documents that it covers; empty for the whole collection.</summary>
    public IReadOnlyList<DocumentId> Documents { get; init; } = [];

    /// <summary>Words that a document of the collection must all hold to be covered, now or later;
    /// <see langword="null"/>
    /// if it is not by words.</summary>
    public string? Words { get; init; }
}
