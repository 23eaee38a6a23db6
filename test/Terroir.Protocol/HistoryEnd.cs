using System.Collections.Immutable;
using Terroir.Catalog;
using Terroir.Protocol.Watched;
using Terroir.Storage.Conformance;

namespace Terroir.Protocol;

/// <summary>What must be true when a history is over: all that was acknowledged is there, comes back from the object
/// store alone and from the backup, and nothing else is left after the collection of garbage.</summary>
internal sealed class HistoryEnd(World world)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly Witness _witness = world.Witness;

    public async Task CheckAsync()
    {
        try
        {
            if (ModelDocuments.Collections.Any(_witness.IsForked))
            {
                world.LoseMetastore();
            }

            await RebuildAsync();
            var process = Start();
            foreach (var collection in _witness.Collections)
            {
                await OpenAsync(process, collection);
            }

            await process.Maintenance.CollectGarbageAsync(TimeSpan.Zero, None);
            await VerifyAsync(process.Maintenance);
            world.LoseMetastore();
            await RebuildAsync();
            await RestoreBackupAsync();
        }
        catch (TerroirException exception)
        {
            _witness.Note("error", $"at the end: {exception}");
        }
    }

    private SiteProcess Start()
    {
        var process = new SiteProcess(world, "the last");
        process.Turns.IsOpen = true;
        return process;
    }

    // Whoever opens a collection puts the manifest that a kill left in the metastore; a reader finds everything.
    private async Task OpenAsync(SiteProcess process, CollectionId collection)
    {
        if (_witness.LastOf(collection) == 0)
        {
            return;
        }

        await using (await process.Catalog.OpenWriterAsync(collection, None))
        {
        }

        await new SiteReading(world, process).RunAsync(collection, None);
        if (_witness.DurableOf(collection) != _witness.LastOf(collection))
        {
            _witness.Note("I7", $"the newest manifest of {collection} is missing after a writer came");
        }
    }

    private async Task RebuildAsync()
    {
        await Start().Maintenance.RebuildAsync(None);
        foreach (var collection in _witness.Collections.Where(_witness.IsForked))
        {
            _witness.Note("I7", $"{collection} did not come back at {_witness.DurableOf(collection)}");
        }
    }

    private async Task VerifyAsync(ICatalogMaintenance maintenance)
    {
        foreach (var problem in (await maintenance.VerifyAsync(None)).Problems)
        {
            _witness.Note("error", $"verify-store at the end: {problem}");
        }
    }

    // What a finished backup holds is a generation of the site, at least as new as when the backup began.
    private async Task RestoreBackupAsync()
    {
        var (objects, metastore) = (new MemoryObjectStore(world.Time), new MemoryMetastore(world.Time));
        var maintenance = new CatalogMaintenance(objects, metastore, world.Site, world.Time);
        await maintenance.RestoreAsync(world.Backup, None);
        await maintenance.RebuildAsync(None);
        foreach (var problem in (await maintenance.VerifyAsync(None)).Problems)
        {
            _witness.Note("I7", $"verify-store of the restored backup: {problem}");
        }

        foreach (var collection in ModelDocuments.Collections)
        {
            var state = await metastore.Catalog.ReadStateAsync(collection, 0, None);
            var generation = _witness.Find(collection, state?.Head.Generation ?? 0);
            var documents = (state?.Documents ?? []).ToImmutableDictionary(
                row => row.Document.Id,
                row => Visible.Of(row.Document));
            if (generation.Number < world.BackedUp?.GetValueOrDefault(collection)
                || generation.Hash != (state?.Head.Manifest ?? default)
                || !Witness.AreEqual(documents, generation.Visible))
            {
                _witness.Note("I7", $"the backup of {collection} came back at {state?.Head.Generation}, which is not "
                    + "what it was");
            }
        }
    }
}
