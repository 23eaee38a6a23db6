using System.Collections.Immutable;
using Terroir.Protocol.Watched;

namespace Terroir.Protocol;

/// <summary>Reads a collection as a search does, and compares all that it gets with what the witness knows.</summary>
internal sealed class SiteReading(World world, SiteProcess process)
{
    private readonly Witness _witness = world.Witness;

    /// <summary>Reads the head whole, then, if it moved meanwhile, what changed; both must be what was published.
    /// </summary>
    public async Task RunAsync(CollectionId collection, CancellationToken stop)
    {
        await process.Catalog.ListHeadsAsync(stop);
        var documents = ImmutableDictionary<DocumentId, DocumentRow>.Empty;
        var since = 0L;
        for (var round = 0; round < 2; round++)
        {
            var told = _witness.AcknowledgedOf(collection);
            var state = await process.Catalog.ReadPinnedStateAsync(collection, since, stop);
            if (process.WasForked)
            {
                return;
            }

            if (state is null && told == 0)
            {
                return;
            }

            if (state is null || state.Head.Generation < told)
            {
                _witness.Note("I6", $"{process.Name} reads {collection} at {state?.Head.Generation} after {told} was "
                    + "acknowledged");
                return;
            }

            documents = (state.Since == 0 ? ImmutableDictionary<DocumentId, DocumentRow>.Empty : documents)
                .SetItems(state.Documents.Select(row => KeyValuePair.Create(row.Document.Id, row)))
                .RemoveRange(state.Removed);
            Compare(state, documents);
            await ReadBytesAsync(state, documents, stop);
            since = state.Head.Generation;
        }

        _witness.Count("read");
    }

    private void Compare(CollectionState state, ImmutableDictionary<DocumentId, DocumentRow> documents)
    {
        var head = state.Head;
        var generation = _witness.Find(head.Collection, head.Generation);
        var seen = documents.ToImmutableDictionary(
            entry => entry.Key,
            entry => Visible.Of(entry.Value.Document));
        if (generation.Hash != head.Manifest)
        {
            _witness.Note("I3", $"{head.Collection} {head.Generation} is read with another manifest");
        }
        else if (!Witness.AreEqual(seen, generation.Visible))
        {
            _witness.Note("I6", $"{process.Name} reads other documents or readers than {head.Collection} has at "
                + $"generation {head.Generation}");
        }
        else if (!generation.Segments.SetEquals(state.Segments.Select(row => row.Hash)))
        {
            _witness.Note("I2", $"{process.Name} reads other segments than {head.Collection} {head.Generation} has");
        }
    }

    private async Task ReadBytesAsync(
        CollectionState state,
        ImmutableDictionary<DocumentId, DocumentRow> documents,
        CancellationToken stop)
    {
        try
        {
            var indexed = new HashSet<(ContentHash, DocumentId, ContentHash)>();
            foreach (var segment in state.Segments)
            {
                var content = await process.Catalog.ReadObjectAsync(segment.Hash, segment.SizeBytes, stop);
                CheckBytes(ContentHash.Of(content.Span) == segment.Hash);
                var lines = LineSegmentBuilder.Read(content);
                indexed.UnionWith(lines.Select(line => (segment.Hash, line.Id, line.Version)));
            }

            foreach (var row in documents.Values.OrderBy(row => row.Document.Id))
            {
                if (!indexed.Contains((row.Segment, row.Document.Id, row.Document.Version)))
                {
                    _witness.Note("I2", $"a document of {state.Head.Collection} is not in its segment");
                }

                var expected = ModelDocuments.BytesOf(row.Document.Version);
                foreach (var blob in new[] { row.Document.Original, row.Document.Text })
                {
                    var content = await process.Catalog.ReadBlobAsync(blob, stop);
                    CheckBytes(content.Span.SequenceEqual(expected));
                }

                var passages = await process.Catalog.ReadPassagesAsync(row.Document, stop);
                CheckBytes(passages is [var passage] && passage.End == expected.Length);
            }
        }
        catch (BlobMissingException)
        {
            // Without a pin, the collector's grace alone protects a reader.
            _witness.Count("read without a pin");
            if (IsPinned(state.Head))
            {
                _witness.Note("I2", $"an object of the pinned generation {state.Head.Generation} of "
                    + $"{state.Head.Collection} is missing");
            }
        }
    }

    private void CheckBytes(bool isRight)
    {
        if (!isRight)
        {
            _witness.Note("I8", $"{process.Name} was given other bytes than were stored");
        }
    }

    private bool IsPinned(CollectionHead head) => _witness.Rows.Pins.Values.Any(pin =>
        pin.Collection == head.Collection
        && pin.Generation == head.Generation
        && pin.Until > world.Time.GetUtcNow());
}
