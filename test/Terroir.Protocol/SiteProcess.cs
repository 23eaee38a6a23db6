using Microsoft.Extensions.Logging.Abstractions;
using Terroir.Catalog;
using Terroir.Protocol.Watched;
using Terroir.Storage.Conformance;

namespace Terroir.Protocol;

/// <summary>One process of the site: the engine's catalogue over the shared stores, with its own clocks, faults and
/// turns. It does one piece of work at a time.</summary>
internal sealed class SiteProcess : IDisposable
{
    // Small enough that a few commits are merged, repacked and written anew.
    private static readonly CatalogLimits Limits =
        new() { SegmentCountMax = 2, RecordsSizeMinBytes = 1, DeadSizeMinBytes = 1 };

    private readonly World _world;
    private CancellationTokenSource _stop = new();

    public SiteProcess(World world, string name)
    {
        _world = world;
        Name = name;
        Clock = new ProcessClock(world.Time);
        Plan = new FaultPlan { Turn = Turns.WaitAsync };
        var watched = new WatchedMetastore(world.Metastore, world.Witness, world.Time, Publish);
        var metastore = new FaultyMetastore(watched, Plan);
        var objects = new OneByOneObjectStore(new FaultyObjectStore(
            new WatchedObjectStore(world.Objects, world.Witness, () => watched.Collector),
            Plan));
        Catalog = world.Open(new SiteCatalog(
            objects,
            metastore,
            new LineSegmentBuilder(),
            world.Site,
            Clock,
            NullLogger<SiteCatalog>.Instance,
            Limits));
        Maintenance = new CatalogMaintenance(objects, metastore, world.Site, Clock);
        Backup = new FaultyObjectStore(world.Backup, Plan);
    }

    public string Name { get; }

    public ProcessClock Clock { get; }

    public FaultPlan Plan { get; }

    public Turns Turns { get; } = new();

    public ProcessContext Context { get; } = new();

    public ICatalog Catalog { get; }

    public ICatalogMaintenance Maintenance { get; }

    public IObjectStore Backup { get; }

    /// <summary>What it is doing; <see langword="null"/> while it is idle.</summary>
    public Task? Work { get; private set; }

    /// <summary>What that is.</summary>
    public string WorkName { get; private set; } = "";

    /// <summary>Whether a fault was planned while it did its work.</summary>
    public bool HasFault { get; private set; }

    /// <summary>Whether a collection was forked when it began its work: the metastore was lost, or is an old copy, and
    /// not rebuilt.</summary>
    public bool WasForked { get; private set; }

    public bool IsCancelled => _stop.IsCancellationRequested;

    /// <summary>When it was frozen.</summary>
    public DateTimeOffset FrozenAt { get; set; }

    /// <summary>What it is publishing now; <see langword="null"/> for a merge and the like.</summary>
    public CatalogChange? Change { get; set; }

    /// <summary>The generation that it published since this was set to 0.</summary>
    public long Published { get; set; }

    public void Begin(string name, Func<SiteProcess, CancellationToken, Task> work)
    {
        WorkName = name;
        HasFault = false;
        WasForked = ModelDocuments.Collections.Any(_world.Witness.IsForked);
        _stop = new CancellationTokenSource();
        Context.Start(() => Work = work(this, _stop.Token));
    }

    public void End()
    {
        Work = null;
        Plan.Heal();
    }

    public void Fail(int call, StoreFault fault)
    {
        Plan.FailAt(call, fault);
        HasFault = true;
    }

    public void Cancel() => _stop.Cancel();

    /// <summary>It stops where it is: nothing of it runs any more.</summary>
    public void Kill()
    {
        Context.Kill();
        Clock.StopTimers();
        Turns.Clear();
        Work = null;
        Dispose();
    }

    public void Dispose() => _stop.Dispose();

    // A publication must do to the documents what its change says, and a merge nothing.
    private void Publish(Publication publication)
    {
        var number = publication.ExpectedGeneration + 1;
        var before = _world.Witness.Find(publication.Collection, publication.ExpectedGeneration).Visible;
        var after = _world.Witness.Find(publication.Collection, number).Visible;
        var expected = Change is null ? before : ModelDocuments.Apply(Change, before);
        if (!Witness.AreEqual(expected, after))
        {
            _world.Witness.Note("I1", $"generation {number} of {publication.Collection} is not what {Name} wrote");
        }

        Published = number;
    }
}
