using System.Collections.Immutable;
using Terroir.Provenance;

namespace Terroir.Protocol.Watched;

/// <summary>What a generation is, worked out from the publications alone.</summary>
internal sealed record WatchedGeneration
{
    /// <summary>Before the first.</summary>
    public static WatchedGeneration Empty { get; } = new() { Number = 0, Manifest = [], Hash = default };

    public required long Number { get; init; }

    public required byte[] Manifest { get; init; }

    public required ContentHash Hash { get; init; }

    public ImmutableDictionary<DocumentId, DocumentRow> Documents { get; init; } =
        ImmutableDictionary<DocumentId, DocumentRow>.Empty;

    public ImmutableHashSet<ContentHash> Segments { get; init; } = [];

    /// <summary>Records that no generation released.</summary>
    public ImmutableHashSet<ContentHash> Records { get; init; } = [];

    /// <summary>The records that a rebuild reads: those since the last manifest that holds everything.</summary>
    public ImmutableHashSet<ContentHash> Replayed { get; init; } = [];

    /// <summary>Every object that a reader, a rebuild or a later merge needs.</summary>
    public ImmutableHashSet<ContentHash> Needs { get; private init; } = [];

    /// <summary>What people may see.</summary>
    public ImmutableDictionary<DocumentId, Visible> Visible { get; private init; } =
        ImmutableDictionary<DocumentId, Visible>.Empty;

    public WatchedGeneration Next(Publication publication, GenerationManifest manifest)
    {
        var documents = Documents
            .SetItems(publication.Documents.Select(row => KeyValuePair.Create(row.Document.Id, row)))
            .RemoveRange(publication.Removed);
        var merged = publication.Merge?.Inputs ?? [];
        if (publication.Merge?.Output is { } output)
        {
            documents = documents.SetItems(documents
                .Where(entry => merged.Contains(entry.Value.Segment))
                .Select(entry => KeyValuePair.Create(entry.Key, entry.Value with { Segment = output.Hash })));
        }

        ContentHash[] records = manifest.Records is { } blob ? [blob.Container] : [];
        return (this with
        {
            Number = publication.ExpectedGeneration + 1,
            Manifest = publication.Manifest.ToArray(),
            Hash = publication.ManifestHash,
            Documents = documents,
            Segments = Segments
                .Union(publication.Segments.Select(row => row.Hash))
                .Except(merged)
                .Union(publication.Merge?.Output is { } joined ? [joined.Hash] : []),
            Records = Records.Except(publication.Released).Union(records),
            Replayed = (manifest.IsFull ? [] : Replayed).Union(records),
        }).WithNeeds();
    }

    private WatchedGeneration WithNeeds() => this with
    {
        Needs = Segments.Union(Records).Union(Replayed).Union(Documents.Values.SelectMany(row => row.Objects)),
        Visible = Documents.ToImmutableDictionary(
            entry => entry.Key,
            entry => Protocol.Visible.Of(entry.Value.Document)),
    };
}
