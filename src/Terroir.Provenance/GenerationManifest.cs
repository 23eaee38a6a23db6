using System.Text.Json.Serialization;
using Terroir.Storage;

namespace Terroir.Provenance;

/// <summary>What one generation of a collection changed. It names no document's path or title.</summary>
/// <remarks>The format is <c>docs/formats/manifest.md</c>, version 1.</remarks>
public sealed record GenerationManifest
{
    /// <summary>The version of the format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The site that published it.</summary>
    public required string Site { get; init; }

    /// <summary>The collection.</summary>
    public required CollectionId Collection { get; init; }

    /// <summary>The generation; positive.</summary>
    public required long Generation { get; init; }

    /// <summary>The hash of the predecessor's sealed manifest; <see langword="null"/> for the first.</summary>
    public ContentHash? Previous { get; init; }

    /// <summary>The epoch of the writer's lease.</summary>
    public required long Epoch { get; init; }

    /// <summary>When it was written, by the writer's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Whether <see cref="Records"/> holds every live document, so that older manifests are not
    /// needed.</summary>
    public bool IsFull { get; init; }

    /// <summary>The objects that came, or, when full, all that are live.</summary>
    public IReadOnlyList<StoredObject> Objects { get; init; } = [];

    /// <summary>The segments that came, or, when full, all that are live.</summary>
    public IReadOnlyList<SegmentRow> Segments { get; init; } = [];

    /// <summary>The records of the documents that came: JSON lines, see <c>docs/formats/manifest.md</c>.</summary>
    public BlobRef? Records { get; init; }

    /// <summary>The documents that went.</summary>
    public IReadOnlyList<DocumentId> Removed { get; init; } = [];

    /// <summary>The segments that a merge replaced.</summary>
    public IReadOnlyList<ContentHash> MergedSegments { get; init; } = [];

    /// <summary>The segment that holds their documents now; <see langword="null"/> if none was left.</summary>
    public ContentHash? MergedInto { get; init; }

    /// <summary>The sources of the collection as they were.</summary>
    public IReadOnlyList<SourceRecord> Sources { get; init; } = [];
}

/// <summary>How manifests are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ContentHashConverter), typeof(DocumentIdConverter), typeof(CollectionIdConverter)])]
[JsonSerializable(typeof(GenerationManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
