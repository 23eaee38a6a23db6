using System.Text.Json;
using Terroir.Documents;

namespace Terroir.Storage;

/// <summary>One immutable state of a document: where its bytes are and what is known of it.</summary>
/// <remarks>Stored as JSON in the metastore and in the records of a generation; see <c>docs/formats/manifest.md</c>.
/// </remarks>
public sealed record DocumentVersion
{
    /// <summary>The document.</summary>
    public required DocumentId Id { get; init; }

    /// <summary>The source that brought it.</summary>
    public required string Source { get; init; }

    /// <summary>Its path within the source, with <c>/</c>; inside a mail or archive after <c>!/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The hash of the original bytes: the version's identity.</summary>
    public required ContentHash Version { get; init; }

    /// <summary>The title that is shown; never empty.</summary>
    public required string Title { get; init; }

    /// <summary>The media type, such as <c>application/pdf</c>.</summary>
    public required string MediaType { get; init; }

    /// <summary>The main language as an ISO 639-1 code: <c>fr</c>, <c>en</c>; empty if unknown.</summary>
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

    /// <summary>When this version was read.</summary>
    public DateTimeOffset IngestedAt { get; init; }

    /// <summary>The size of the original in bytes.</summary>
    public long SizeBytes { get; init; }

    /// <summary>The classification: <c>public</c>, <c>interne</c>, <c>confidentiel</c>, <c>secret</c>; empty if none.
    /// </summary>
    public string Label { get; init; } = "";

    /// <summary>Who may read it.</summary>
    public required AccessList Access { get; init; }

    /// <summary>The original bytes.</summary>
    public required BlobRef Original { get; init; }

    /// <summary>The canonical text, UTF-8.</summary>
    public required BlobRef Text { get; init; }

    /// <summary>The passages with their places in the source.</summary>
    public required BlobRef Passages { get; init; }

    /// <summary>How many passages it has.</summary>
    public int PassageCount { get; init; }

    /// <summary>What the reader could not do well, each as <see cref="Remark.ToJson"/> writes one; of an older program
    /// a sentence in English. May be empty.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How good it was found before it was indexed; <see langword="null"/> if it was not graded.</summary>
    public DocumentQuality? Quality { get; init; }

    /// <summary>By what its copies are found; <see langword="null"/> if it was published before there were any, or has
    /// no word.</summary>
    public TextFingerprint? Fingerprint { get; init; }

    /// <summary>Writes the record as UTF-8 JSON on one line.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CatalogJson.Default.DocumentVersion);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The bytes.</param>
    /// <returns>The record.</returns>
    /// <exception cref="JsonException">The bytes are something else.</exception>
    public static DocumentVersion FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, CatalogJson.Default.DocumentVersion)
        ?? throw new JsonException("A document version is a JSON object.");

    /// <summary>Reads the access list of a record, without the rest.</summary>
    /// <param name="json">The value of <c>access</c>.</param>
    /// <returns>The list.</returns>
    /// <exception cref="JsonException">The bytes are something else.</exception>
    public static AccessList AccessFromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, CatalogJson.Default.AccessList)
        ?? throw new JsonException("An access list is a JSON object.");
}
