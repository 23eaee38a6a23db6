using Terroir.Protocol.Watched;

namespace Terroir.Protocol;

/// <summary>What processes do, and what each must see when it does it.</summary>
internal sealed class SiteWork(World world)
{
    private static readonly TimeSpan[] Graces = [TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromHours(24)];

    private readonly Witness _witness = world.Witness;
    private readonly Choices _choices = world.Choices;

    /// <summary>Draws work for an idle process.</summary>
    public void Begin(SiteProcess process)
    {
        var collection = ModelDocuments.Collections[_choices.Next(ModelDocuments.Collections.Count)];
        var (name, work) = _choices.Pick<(string, Func<SiteProcess, CancellationToken, Task>)>(
            (10, ($"writes {collection}", (p, stop) => WriteAsync(p, collection, stop))),
            (5, ("collects garbage", CollectAsync)),
            (4, ($"reads {collection}", (p, stop) => new SiteReading(world, p).RunAsync(collection, stop))),
            (2, ("backs up", BackUpAsync)),
            (1, ("verifies", VerifyAsync)),
            (1, ("rebuilds", RebuildAsync)));
        world.Trace.Add($"{process.Name} {name}");
        process.Begin(name, work);
    }

    /// <summary>Lets an idle process put back what the metastore lost.</summary>
    public void BeginRebuild(SiteProcess process)
    {
        world.Trace.Add($"{process.Name} rebuilds");
        process.Begin("rebuilds", RebuildAsync);
    }

    private async Task WriteAsync(SiteProcess process, CollectionId collection, CancellationToken stop)
    {
        await process.Catalog.CreateCollectionAsync(collection, stop);
        await using var writer = await process.Catalog.OpenWriterAsync(collection, stop);
        for (var count = _choices.Next(4) + 1; count > 0; count--)
        {
            process.Change = null;
            process.Published = 0;
            var told = "";
            try
            {
                switch (_choices.Pick((5, 0), (2, 1), (2, 2)))
                {
                    case 0:
                        (process.Change, told) = ModelDocuments.Draw(_choices, collection);
                        world.Trace.Add($"  {process.Name} commits{told}");
                        var head = await writer.CommitAsync(process.Change, stop);
                        Acknowledge(process, collection, head.Generation, "committed");
                        break;
                    case 1:
                        world.Trace.Add($"  {process.Name} merges");
                        Acknowledge(process, collection, await writer.MergeAsync(stop), "merged");
                        break;
                    default:
                        world.Trace.Add($"  {process.Name} repacks");
                        Acknowledge(process, collection, await writer.RepackAsync(stop), "repacked");
                        break;
                }
            }
            catch (Exception exception) when (exception is LeaseLostException or CommitConflictException)
            {
                if (process.Published > 0)
                {
                    _witness.Note("I1", $"{exception.GetType().Name} says that nothing was changed, and "
                        + $"generation {process.Published} of {collection} came");
                }

                throw;
            }
        }
    }

    private void Acknowledge(SiteProcess process, CollectionId collection, bool isPublished, string what)
    {
        if (isPublished)
        {
            Acknowledge(process, collection, process.Published, what);
        }
        else if (process.Published > 0)
        {
            _witness.Note("I1", $"{process.Name} published {process.Published} of {collection} and said nothing");
        }
    }

    private void Acknowledge(SiteProcess process, CollectionId collection, long generation, string what)
    {
        if (process.Published == 0 || generation < process.Published)
        {
            _witness.Note("I1", $"{process.Name} was told of generation {generation} of {collection}, which did "
                + "not come");
            return;
        }

        world.Trace.Add($"  {process.Name} has generation {process.Published} of {collection}");
        _witness.Count(what);
        _witness.Acknowledge(collection, process.Published);
    }

    private async Task CollectAsync(SiteProcess process, CancellationToken stop)
    {
        await process.Maintenance.CollectGarbageAsync(Graces[_choices.Next(Graces.Length)], stop);
        _witness.Count("garbage collected");
    }

    private async Task BackUpAsync(SiteProcess process, CancellationToken stop)
    {
        var known = ModelDocuments.Collections
            .Where(collection => !_witness.IsForked(collection))
            .ToDictionary(collection => collection, _witness.AcknowledgedOf);
        await process.Maintenance.BackUpAsync(process.Backup, stop);
        world.BackedUp = known;
        _witness.Count("backed up");
    }

    private async Task VerifyAsync(SiteProcess process, CancellationToken stop)
    {
        var report = await process.Maintenance.VerifyAsync(stop);
        if (report.Problems.Count > 0 && !process.WasForked && !process.HasFault)
        {
            _witness.Note("error", $"verify-store on a sound store: {report.Problems[0]}");
        }

        _witness.Count("verified");
    }

    private async Task RebuildAsync(SiteProcess process, CancellationToken stop)
    {
        await process.Maintenance.RebuildAsync(stop);
        _witness.Count("rebuilt");
    }
}
