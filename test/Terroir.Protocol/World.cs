using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Time.Testing;
using Terroir.Catalog;
using Terroir.Protocol.Watched;
using Terroir.Provenance;
using Terroir.Storage.Conformance;

namespace Terroir.Protocol;

/// <summary>What the processes of a history share: the stores, the time, and the witness.</summary>
internal sealed class World
{
    private static readonly SiteKey Key = SiteKey.FromSeed([.. Enumerable.Repeat((byte)9, SiteKey.Length)]);

    private readonly Sabotage _sabotage;
    private MemoryMetastore _metastore;

    public World(Choices choices, Sabotage sabotage)
    {
        Choices = choices;
        _sabotage = sabotage;
        Witness = new Witness(Site, Time);
        Objects = sabotage.Objects(new MemoryObjectStore(Time));
        SetMetastore(new MemoryMetastore(Time));
        Backup = new MemoryObjectStore(Time);
    }

    public Choices Choices { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));

    public SiteIdentity Site { get; } = new("modele", Key);

    public Witness Witness { get; }

    /// <summary>Where backups go.</summary>
    public IObjectStore Backup { get; }

    /// <summary>What the last finished backup must hold of each collection, at least.</summary>
    public Dictionary<CollectionId, long>? BackedUp { get; set; }

    /// <summary>What a person would tell of the history.</summary>
    public List<string> Trace { get; } = [];

    public IObjectStore Objects { get; }

    public IMetastore Metastore { get; private set; }

    public ICatalog Open(ICatalog catalog) => _sabotage.Catalog(catalog);

    /// <summary>Copies the metastore, as a backup of its file does.</summary>
    public (MemoryMetastore Store, WatchedRows Rows) CopyMetastore() => (_metastore.Copy(), Witness.Rows);

    /// <summary>Puts an old copy in the place of the metastore.</summary>
    public void ReplaceMetastore((MemoryMetastore Store, WatchedRows Rows) copy)
    {
        SetMetastore(copy.Store.Copy());
        Witness.ReplaceRows(copy.Rows);
    }

    /// <summary>The metastore's file is gone, and an empty one is made.</summary>
    public void LoseMetastore()
    {
        SetMetastore(new MemoryMetastore(Time));
        Witness.ReplaceRows(new WatchedRows());
    }

    [MemberNotNull(nameof(_metastore), nameof(Metastore))]
    private void SetMetastore(MemoryMetastore metastore)
    {
        _metastore = metastore;
        Metastore = _sabotage.Metastore(metastore);
    }
}

/// <summary>What is wrong with the stores of a history; nothing, unless a test wants to see the faults found.</summary>
internal record Sabotage
{
    public static Sabotage None() => new();

    public virtual IObjectStore Objects(IObjectStore objects) => objects;

    public virtual IMetastore Metastore(IMetastore metastore) => metastore;

    public virtual ICatalog Catalog(ICatalog catalog) => catalog;
}
