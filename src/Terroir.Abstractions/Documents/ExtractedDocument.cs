namespace Terroir.Documents;

/// <summary>What a reader makes of a file: the one document model.</summary>
public sealed record ExtractedDocument
{
    /// <summary>The media type that the content shows, such as <c>application/pdf</c>.</summary>
    public required string MediaType { get; init; }

    /// <summary>The reader's name, such as <c>pdf</c>.</summary>
    public required string Reader { get; init; }

    /// <summary>The title that the document states, or <see langword="null"/>.</summary>
    public string? Title { get; init; }

    /// <summary>The authors that the document states; may be empty.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>When the document says it was last changed, or <see langword="null"/>.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>The content in reading order.</summary>
    public required IReadOnlyList<Block> Blocks { get; init; }

    /// <summary>The files inside this one: attachments of a mail, entries of an archive.</summary>
    public IReadOnlyList<EmbeddedFile> Embedded { get; init; } = [];

    /// <summary>What the reader could not do well, in plain sentences; may be empty.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
