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

    /// <summary>When the document says it was made, or <see langword="null"/>.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The main language that the document states, as a BCP 47 tag such as <c>fr-FR</c>; <see
    /// langword="null"/> if it states none.</summary>
    public string? Language { get; init; }

    /// <summary>The content in reading order.</summary>
    public required IReadOnlyList<Block> Blocks { get; init; }

    /// <summary>The files inside this one: attachments of a mail, entries of an archive.</summary>
    public IReadOnlyList<EmbeddedFile> Embedded { get; init; } = [];

    /// <summary>How well each page was read, by page; empty for formats that have no doubt about their text.</summary>
    public IReadOnlyList<PageReading> Pages { get; init; } = [];

    /// <summary>What the reader could not do well; may be empty.</summary>
    public IReadOnlyList<Remark> Warnings { get; init; } = [];
}

/// <summary>How well a page was read.</summary>
/// <param name="Page">The page, from 1.</param>
/// <param name="Confidence">0 (nothing to rely on) to 1 (the text is as the author wrote it).</param>
/// <param name="Reason">Why it is below 1; <see langword="null"/> at 1.</param>
public sealed record PageReading(int Page, double Confidence, Remark? Reason = null)
{
    /// <summary>Whether the page shows text that only character recognition can read.</summary>
    public bool NeedsRecognition { get; init; }
}
