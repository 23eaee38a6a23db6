using System.Collections.Immutable;
using Terroir.Catalog;
using Terroir.Provenance;

namespace Terroir.Protocol.Watched;

/// <summary>Sees every change that the stores accept, and keeps its own account of what must be true.</summary>
/// <remarks>It trusts no store: it works out generations from publications, leases from their answers, and what may be
/// deleted from both. What it sees at once to be wrong it notes; <see cref="Invariants"/> looks at the rest.</remarks>
internal sealed class Witness(SiteIdentity site, TimeProvider time)
{
    private readonly Dictionary<CollectionId, List<WatchedGeneration>> _generations = [];
    private readonly Dictionary<CollectionId, long> _durable = [];
    private readonly Dictionary<CollectionId, long> _acknowledged = [];
    private readonly List<Violation> _violations = [];

    /// <summary>What was seen to be wrong.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>What the present metastore should remember.</summary>
    public WatchedRows Rows { get; private set; } = new();

    /// <summary>Grows with every change of rows.</summary>
    public long ChangeCount { get; private set; }

    /// <summary>What happened how often.</summary>
    public Dictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>The collections that have generations.</summary>
    public IEnumerable<CollectionId> Collections => _generations.Keys;

    public void Count(string what) => Counts[what] = Counts.GetValueOrDefault(what) + 1;

    public void Note(string invariant, string what) => _violations.Add(new Violation(invariant, what));

    /// <summary>The generation with a number; <see cref="WatchedGeneration.Empty"/> if there is none.</summary>
    public WatchedGeneration Find(CollectionId collection, long number) =>
        number > 0 && number <= LastOf(collection)
            ? _generations[collection][(int)number - 1]
            : WatchedGeneration.Empty;

    /// <summary>The newest generation that was accepted and not lost.</summary>
    public long LastOf(CollectionId collection) => _generations.GetValueOrDefault(collection)?.Count ?? 0;

    /// <summary>The newest generation whose manifest, and all before it, are in the object store.</summary>
    public long DurableOf(CollectionId collection) => _durable.GetValueOrDefault(collection);

    /// <summary>The newest generation that somebody was told of.</summary>
    public long AcknowledgedOf(CollectionId collection) => _acknowledged.GetValueOrDefault(collection);

    /// <summary>Whether the metastore does not have the history that the manifests tell: it was lost, or is an old
    /// copy.</summary>
    public bool IsForked(CollectionId collection)
    {
        var (number, hash) = Rows.Heads.GetValueOrDefault(collection);
        return number < DurableOf(collection) || Find(collection, number).Hash != hash;
    }

    public void Acknowledge(CollectionId collection, long generation) =>
        _acknowledged[collection] = Math.Max(generation, AcknowledgedOf(collection));

    /// <summary>The metastore is gone, or an old copy took its place; what was committed there only is lost.</summary>
    public void ReplaceRows(WatchedRows rows)
    {
        foreach (var (collection, generations) in _generations)
        {
            var (number, hash) = rows.Heads.GetValueOrDefault(collection);
            var known = Find(collection, number).Hash == hash ? number : 0;
            var kept = (int)Math.Max(known, DurableOf(collection));
            generations.RemoveRange(kept, generations.Count - kept);
        }

        Change(rows);
    }

    public void Change(WatchedRows rows)
    {
        Rows = rows;
        ChangeCount++;
    }

    /// <summary>Looks at a change that was accepted under a fence (I5).</summary>
    public void CheckFence(Fence fence, string change)
    {
        if (!Rows.Holds(fence, time.GetUtcNow()))
        {
            Note("I5", $"{change} was accepted under {fence.Lease} epoch {fence.Epoch}, which has ended");
        }
    }

    public void Published(Publication publication)
    {
        CheckFence(publication.Fence, "a publication");
        var collection = publication.Collection;
        var last = Find(collection, LastOf(collection));
        var manifest = ManifestSeal.Open(publication.Manifest.Span, site.Key.PublicKey.Span);
        if (manifest is null || ContentHash.Of(publication.Manifest.Span) != publication.ManifestHash)
        {
            Note("I3", $"the manifest of {collection} {publication.ExpectedGeneration + 1} is not signed or not named");
            return;
        }

        if (manifest.Generation != last.Number + 1
            || publication.ExpectedGeneration != last.Number
            || manifest.Previous != (last.Number == 0 ? null : last.Hash)
            || manifest.Collection != collection
            || manifest.Epoch != publication.Fence.Epoch)
        {
            Note("I3", $"generation {manifest.Generation} of {collection} does not follow {last.Number}");
            return;
        }

        if (!_generations.TryGetValue(collection, out var generations))
        {
            _generations[collection] = generations = [];
        }

        if (manifest.IsFull)
        {
            Count("written anew");
        }

        generations.Add(last.Next(publication, manifest));
        var used = Rows.Staged.Where(item => item.Collection == collection && item.Fence == publication.Fence
            && publication.Objects.Any(added => added.Hash == item.Object));
        Change(Rows with
        {
            Heads = Rows.Heads.SetItem(collection, (manifest.Generation, publication.ManifestHash)),
            Staged = Rows.Staged.Except(used),
        });
    }

    /// <summary>An object came under a name.</summary>
    public void Put(BlobKey key, ReadOnlyMemory<byte> content)
    {
        if (!key.Content.IsNone)
        {
            return;
        }

        var (collection, number) = key.Manifest!.Value;
        var generation = Find(collection, number);
        if (!generation.Manifest.AsSpan().SequenceEqual(content.Span))
        {
            Note("I3", $"the manifest {collection} {number} in the object store is not the one that was committed");
        }
        else if (number != DurableOf(collection) + 1)
        {
            Note("I6", $"manifest {number} of {collection} came before {DurableOf(collection) + 1}: a rebuild would "
                + "miss the revocations between");
        }
        else
        {
            _durable[collection] = number;
        }
    }

    /// <summary>An object is about to be deleted (I4, I5).</summary>
    public void Deleting(BlobKey key, Fence? collector)
    {
        var hash = key.Content;
        var now = time.GetUtcNow();
        if (hash.IsNone)
        {
            Note("I4", $"the manifest {key} was deleted");
            return;
        }

        if (collector is null || !Rows.Holds(collector, now))
        {
            Note("I5", $"object {hash.Hex[..8]} was deleted by a collector whose lease has ended");
        }

        if (!Rows.Doomed.Contains(hash))
        {
            Note("I4", $"object {hash.Hex[..8]} was deleted, and the metastore did not decide so");
        }

        foreach (var reason in ReasonsToStay(hash, now))
        {
            Note("I4", $"object {hash.Hex[..8]} was deleted, and {reason} needs it");
        }
    }

    /// <summary>A collection was put back from its manifests.</summary>
    public void Restored(CollectionState state)
    {
        var collection = state.Head.Collection;
        var generation = Find(collection, state.Head.Generation);
        var documents = state.Documents.ToImmutableDictionary(
            row => row.Document.Id,
            row => Visible.Of(row.Document));
        if (state.Head.Generation < DurableOf(collection) || generation.Hash != state.Head.Manifest)
        {
            Note("I7", $"{collection} came back at {state.Head.Generation} of {DurableOf(collection)}");
        }
        else if (!AreEqual(documents, generation.Visible))
        {
            Note("I7", $"{collection} came back with other documents than generation {generation.Number} has");
        }

        Change(Rows with { Heads = Rows.Heads.SetItem(collection, (state.Head.Generation, state.Head.Manifest)) });
    }

    public static bool AreEqual(
        ImmutableDictionary<DocumentId, Visible> left,
        ImmutableDictionary<DocumentId, Visible> right) =>
        left.Count == right.Count && left.All(entry =>
            right.TryGetValue(entry.Key, out var other) && other == entry.Value);

    // The newest durable generation counts also while the metastore has a newer one: a rebuild would come back to it.
    private IEnumerable<string> ReasonsToStay(ContentHash hash, DateTimeOffset now)
    {
        foreach (var collection in Collections)
        {
            foreach (var number in new[] { LastOf(collection), DurableOf(collection) }.Distinct())
            {
                if (Find(collection, number).Needs.Contains(hash))
                {
                    yield return $"generation {number} of {collection}";
                }
            }
        }

        foreach (var pin in Rows.Pins.Values)
        {
            if (pin.Until > now && Find(pin.Collection, pin.Generation).Needs.Contains(hash))
            {
                yield return $"a pin on generation {pin.Generation} of {pin.Collection}";
            }
        }

        foreach (var staged in Rows.Staged)
        {
            if (staged.Object == hash && Rows.Holds(staged.Fence, now))
            {
                yield return $"a writer of {staged.Collection}, who announced it,";
            }
        }
    }
}
