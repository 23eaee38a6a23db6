using Terroir.Documents;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>A document that is ready to be published: its bytes are not stored yet.</summary>
public sealed record PreparedDocument
{
    /// <summary>The document.</summary>
    public required DocumentId Id { get; init; }

    /// <summary>The source that brings it.</summary>
    public required string Source { get; init; }

    /// <summary>Its path within the source; see <see cref="DocumentVersion.Path"/>.</summary>
    public required string Path { get; init; }

    /// <summary>The title that is shown; never empty.</summary>
    public required string Title { get; init; }

    /// <summary>The media type.</summary>
    public required string MediaType { get; init; }

    /// <summary>The main language as an ISO 639-1 code; empty if unknown.</summary>
    public string Language { get; init; } = "";

    /// <summary>When the original was last changed.</summary>
    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>The authors that it states, at most 16; <see langword="null"/> if none.</summary>
    public IReadOnlyList<string>? Authors { get; init; }

    /// <summary>When the original says it was made, or <see langword="null"/>.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The first day on which it holds, as it says itself, or <see langword="null"/>.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>The last day on which it holds, as it says itself, or <see langword="null"/>.</summary>
    public DateOnly? ValidUntil { get; init; }

    /// <summary>The titles and numbers of the documents that it says it replaces, at most 8; <see langword="null"/> if
    /// none.</summary>
    public IReadOnlyList<string>? Replaces { get; init; }

    /// <summary>The titles and numbers of the documents that it says it is replaced by, at most 8;
    /// <see langword="null"/> if none.</summary>
    public IReadOnlyList<string>? ReplacedBy { get; init; }

    /// <summary>The classification; empty if none.</summary>
    public string Label { get; init; } = "";

    /// <summary>Who may read it.</summary>
    public required AccessList Access { get; init; }

    /// <summary>The original bytes.</summary>
    public required ReadOnlyMemory<byte> Original { get; init; }

    /// <summary>The canonical text, UTF-8 in form NFC.</summary>
    public required ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>The passages, by ordinal; at least one.</summary>
    public required IReadOnlyList<Passage> Passages { get; init; }

    /// <summary>What the reader could not do well, each as <see cref="Remark.ToJson"/> writes one; of an older program
    /// a sentence in English. May be empty.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How good it was found; <see langword="null"/> if it was not graded.</summary>
    public DocumentQuality? Quality { get; init; }

    /// <summary>See <see cref="DocumentVersion.Fingerprint"/>.</summary>
    public TextFingerprint? Fingerprint { get; init; }
}
