using Terroir.Protocol.Watched;

namespace Terroir.Protocol;

/// <summary>The invariants I1 to I8 of ARCHITECTURE.md, each looked at after every step of a history.</summary>
/// <remarks>What can be seen only at one moment, such as why an object was deleted, the witness has noted by then.
/// </remarks>
internal sealed class Invariants(World world)
{
    private readonly Witness _witness = world.Witness;
    private readonly HashSet<ContentHash> _hashed = [];
    private long _seenChange = -1;

    /// <summary>Looks at everything.</summary>
    /// <param name="isThorough">Whether bytes that were hashed once are hashed again.</param>
    /// <returns>The first violation, or <see langword="null"/>.</returns>
    public async Task<Violation?> CheckAsync(bool isThorough)
    {
        if (isThorough)
        {
            _hashed.Clear();
            _seenChange = -1;
        }

        if (_seenChange != _witness.ChangeCount)
        {
            _seenChange = _witness.ChangeCount;
            await AcknowledgedMeansDurableAsync();
        }

        foreach (var collection in _witness.Collections)
        {
            await GenerationsAreWholeAsync(collection);
            await ManifestsFollowAsync(collection, isThorough);
        }

        return _witness.Violations.Count > 0 ? _witness.Violations[0] : null;
    }

    // I1: what was acknowledged is in the metastore, and the metastore has what was committed.
    private async Task AcknowledgedMeansDurableAsync()
    {
        foreach (var collection in _witness.Collections.Where(item => !_witness.IsForked(item)))
        {
            var last = _witness.Find(collection, _witness.LastOf(collection));
            var state = await world.Metastore.Catalog.ReadStateAsync(collection, 0, CancellationToken.None);
            if (_witness.AcknowledgedOf(collection) > last.Number)
            {
                _witness.Note("I1", $"{collection} {_witness.AcknowledgedOf(collection)} was acknowledged and is lost");
            }
            else if (last.Number > 0 && (state?.Head.Generation != last.Number || state.Head.Manifest != last.Hash))
            {
                _witness.Note("I1", $"the head of {collection} is {state?.Head.Generation}, and {last.Number} was "
                    + "committed");
            }
            else if (state is not null && state.Documents.Count != last.Documents.Count)
            {
                _witness.Note("I1", $"{collection} {last.Number} has other documents than were committed");
            }
        }
    }

    // I2 for what is published, I4 and I7 for what a rebuild would come back to: every object is there, with its bytes.
    private async Task GenerationsAreWholeAsync(CollectionId collection)
    {
        var durable = _witness.DurableOf(collection);
        if (durable < _witness.AcknowledgedOf(collection))
        {
            _witness.Note("I7", $"{collection} {_witness.AcknowledgedOf(collection)} was acknowledged, and a lost "
                + $"metastore would come back at {durable}");
        }

        await NeedsAreThereAsync("I2", collection, _witness.LastOf(collection));
        if (durable != _witness.LastOf(collection))
        {
            await NeedsAreThereAsync("I7", collection, durable);
        }
    }

    private async Task NeedsAreThereAsync(string invariant, CollectionId collection, long number)
    {
        foreach (var hash in _witness.Find(collection, number).Needs)
        {
            var key = BlobKey.ForContent(hash);
            var info = await world.Objects.HeadAsync(key, CancellationToken.None);
            if (info is null)
            {
                _witness.Note(invariant, $"{collection} {number} needs object {hash.Hex[..8]}, which is missing");
            }
            else if (_hashed.Add(hash))
            {
                var content = await world.Objects.ReadAsync(key, 0, info.SizeBytes, CancellationToken.None);
                if (ContentHash.Of(content.Span) != hash)
                {
                    _witness.Note(invariant, $"{collection} {number} needs object {hash.Hex[..8]}, which is damaged");
                }
            }
        }
    }

    // I3, I6: the manifests in the object store are those that were committed, one after the other without a gap.
    private async Task ManifestsFollowAsync(CollectionId collection, bool isThorough)
    {
        var durable = _witness.DurableOf(collection);
        for (var number = isThorough ? 1 : Math.Max(1, durable); number <= durable; number++)
        {
            var expected = _witness.Find(collection, number);
            var key = BlobKey.ForManifest(world.Site.Id, collection, number);
            var info = await world.Objects.HeadAsync(key, CancellationToken.None);
            if (info?.SizeBytes != expected.Manifest.Length)
            {
                _witness.Note("I3", $"the manifest {collection} {number} is gone or another one");
            }
            else if (isThorough)
            {
                var content = await world.Objects.ReadAsync(key, 0, info.SizeBytes, CancellationToken.None);
                if (ContentHash.Of(content.Span) != expected.Hash)
                {
                    _witness.Note("I3", $"the manifest {collection} {number} is another one");
                }
            }
        }
    }
}
