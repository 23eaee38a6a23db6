using System.Collections.Immutable;

namespace Terroir.Storage.Conformance.Memory;

/// <summary>Makes the next generation of a collection from the one before.</summary>
internal static class MemoryPublisher
{
    public static (MemoryState State, PublishOutcome Outcome) Publish(
        MemoryState state,
        Publication publication,
        DateTimeOffset now)
    {
        if (!state.Holds(publication.Fence, now))
        {
            return (state, PublishOutcome.LeaseLost);
        }

        if (state.Collections.GetValueOrDefault(publication.Collection.Value) is not { } collection
            || collection.Head.Generation != publication.ExpectedGeneration)
        {
            return (state, PublishOutcome.Superseded);
        }

        if (publication.Objects.Any(added => !IsStaged(state, publication, added.Hash)))
        {
            return (state, PublishOutcome.NotStaged);
        }

        var next = Move(collection, publication);
        var declared = collection.Needs.Union(publication.Objects.Select(Need));
        RefuseHoles(next, declared);
        var needs = declared.Where(need => IsNeeded(next, publication, need)).ToImmutableHashSet();
        var number = publication.ExpectedGeneration + 1;
        next = next with
        {
            Head = new CollectionHead(publication.Collection, number, publication.ManifestHash, now),
            Generations = next.Generations.Add(
                number,
                new MemoryGeneration(number, now, needs, publication.Manifest.ToArray())),
        };
        state = MemoryCatalogStore.Set(Know(state, publication.Objects, now), next) with
        {
            Staged = state.Staged.Except(state.Staged.Where(staging => IsUsed(staging, publication))),
        };
        state = MemorySourceStore.Save(state, publication.Items);
        state = MemorySourceStore.Remove(state, publication.RemovedItems);
        state = MemoryLedgerStore.Append(state, publication.Events);
        return (MemoryJobStore.Add(state, publication.Jobs, now).State, PublishOutcome.Published);
    }

    public static (MemoryState State, bool IsRestored) Restore(
        MemoryState state,
        CollectionState restored,
        IReadOnlyList<StoredObject> objects,
        DateTimeOffset now)
    {
        var head = restored.Head;
        if (state.Collections.ContainsKey(head.Collection.Value))
        {
            return (state, false);
        }

        if (objects.Any(item => state.Objects.TryGetValue(item.Hash, out var known) && known.IsDoomed))
        {
            throw new StorageFailedException("metastore", "restore collection", isTransient: true);
        }

        var generation = new MemoryGeneration(
            head.Generation,
            head.PublishedAt,
            [.. objects.Select(Need)],
            null);
        var collection = new MemoryCollection
        {
            Head = head,
            Segments = restored.Segments.ToImmutableSortedDictionary(row => row.Hash, row => row),
            Documents = restored.Documents.ToImmutableSortedDictionary(
                row => row.Document.Id,
                row => new MemoryDocument(row, head.Generation)),
        };
        collection = collection with { Generations = collection.Generations.Add(head.Generation, generation) };
        return (MemoryCatalogStore.Set(Know(state, objects, now), collection), true);
    }

    // Documents, then removals, then the merge: a document of an input moves even if this publication brought it.
    private static MemoryCollection Move(MemoryCollection collection, Publication publication)
    {
        var number = publication.ExpectedGeneration + 1;
        var (documents, removed) = (collection.Documents, collection.Removed);
        foreach (var row in publication.Documents)
        {
            documents = documents.SetItem(row.Document.Id, new MemoryDocument(row, number));
            removed = removed.Remove(row.Document.Id);
        }

        foreach (var id in publication.Removed.Where(documents.ContainsKey))
        {
            documents = documents.Remove(id);
            removed = removed.SetItem(id, number);
        }

        var segments = collection.Segments.SetItems(publication.Segments.Select(Entry));
        if (publication.Merge is { } merge)
        {
            segments = segments.RemoveRange(merge.Inputs);
            if (merge.Output is { } output)
            {
                segments = segments.SetItem(output.Hash, output);
                documents = documents.SetItems(documents
                    .Where(entry => merge.Inputs.Contains(entry.Value.Row.Segment))
                    .Select(entry => KeyValuePair.Create(
                        entry.Key,
                        new MemoryDocument(entry.Value.Row with { Segment = output.Hash }, number))));
            }
        }

        return collection with { Documents = documents, Removed = removed, Segments = segments };
    }

    private static void RefuseHoles(MemoryCollection collection, ImmutableHashSet<MemoryNeed> declared)
    {
        if (collection.Segments.Keys.Any(hash => !declared.Contains(new MemoryNeed(hash, ObjectKind.Segment))))
        {
            throw new ArgumentException("A segment is not among the collection's objects.", nameof(collection));
        }

        foreach (var row in collection.Documents.Values.Select(document => document.Row))
        {
            if (!collection.Segments.ContainsKey(row.Segment)
                || row.Objects.Any(hash => !declared.Contains(new MemoryNeed(hash, ObjectKind.Pack))))
            {
                throw new ArgumentException(
                    $"Document {row.Document.Id} points at what the collection does not have.",
                    nameof(collection));
            }
        }
    }

    private static bool IsNeeded(MemoryCollection collection, Publication publication, MemoryNeed need) =>
        need.Kind switch
        {
            ObjectKind.Pack => collection.Documents.Values.Any(document => document.Row.Objects.Contains(need.Object)),
            ObjectKind.Segment => collection.Segments.ContainsKey(need.Object),
            _ => !publication.Released.Contains(need.Object),
        };

    private static MemoryState Know(MemoryState state, IReadOnlyList<StoredObject> objects, DateTimeOffset now) =>
        state with
        {
            Objects = state.Objects.SetItems(objects.Select(item =>
                KeyValuePair.Create(item.Hash, new MemoryObject(item, false, now)))),
        };

    private static bool IsStaged(MemoryState state, Publication publication, ContentHash hash) =>
        state.Staged.Contains(new MemoryStaging(hash, publication.Collection, publication.Fence));

    private static bool IsUsed(MemoryStaging staging, Publication publication) =>
        staging.Collection == publication.Collection
        && staging.Fence == publication.Fence
        && publication.Objects.Any(added => added.Hash == staging.Object);

    private static MemoryNeed Need(StoredObject item) => new(item.Hash, item.Kind);

    private static KeyValuePair<ContentHash, SegmentRow> Entry(SegmentRow row) => KeyValuePair.Create(row.Hash, row);
}
