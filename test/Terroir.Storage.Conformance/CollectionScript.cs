namespace Terroir.Storage.Conformance;

/// <summary>Writes generations of one collection for a test: stages what a publication brings, then publishes it.
/// </summary>
public sealed class CollectionScript
{
    private readonly IMetastore _metastore;

    private CollectionScript(IMetastore metastore, CollectionId collection, Lease lease, long generation)
    {
        _metastore = metastore;
        Collection = collection;
        Lease = lease;
        Generation = generation;
    }

    /// <summary>The collection.</summary>
    public CollectionId Collection { get; }

    /// <summary>The lease of the last <see cref="TakeAsync"/>.</summary>
    public Lease Lease { get; private set; }

    /// <summary>The generation that was published last.</summary>
    public long Generation { get; private set; }

    /// <summary>A publication of nothing, on the newest generation.</summary>
    public Publication Draft => new()
    {
        Collection = Collection,
        ExpectedGeneration = Generation,
        Fence = Lease.Fence,
        Manifest = StoreSamples.Bytes($"{Collection.Value} {Generation + 1}"),
        ManifestHash = StoreSamples.Hash($"{Collection.Value} {Generation + 1}"),
    };

    /// <summary>Creates the collection if need be and takes its lease for an hour.</summary>
    public static async Task<CollectionScript> OpenAsync(
        IMetastore metastore,
        CollectionId collection,
        CancellationToken cancellationToken)
    {
        await metastore.Catalog.CreateCollectionAsync(collection, cancellationToken);
        var head = await metastore.Catalog.ReadHeadAsync(collection, cancellationToken);
        var lease = await AcquireAsync(metastore, collection, cancellationToken);
        return new CollectionScript(metastore, collection, lease, head!.Generation);
    }

    /// <summary>Takes the lease anew: its epoch grows.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken) =>
        Lease = await AcquireAsync(_metastore, Collection, cancellationToken);

    /// <summary>Stages objects under the lease.</summary>
    public Task<PublishOutcome> StageAsync(CancellationToken cancellationToken, params ContentHash[] objects) =>
        _metastore.Catalog.StageAsync(Collection, objects, Lease.Fence, cancellationToken);

    /// <summary>Stages the publication's objects and publishes it; it must become the head.</summary>
    public async Task PublishAsync(Publication publication, CancellationToken cancellationToken)
    {
        var hashes = publication.Objects.Select(item => item.Hash).ToArray();
        Assert.Equal(PublishOutcome.Published, await StageAsync(cancellationToken, hashes));
        Assert.Equal(
            PublishOutcome.Published,
            await _metastore.Catalog.PublishAsync(publication, cancellationToken));
        Generation = publication.ExpectedGeneration + 1;
    }

    /// <summary>Publishes documents that share one new pack and one new segment.</summary>
    public Task AddAsync(string name, CancellationToken cancellationToken, params string[] paths)
    {
        var pack = StoreSamples.Pack("pack " + name);
        var segment = StoreSamples.Segment("segment " + name);
        var draft = Draft with
        {
            Objects = [pack, StoreSamples.ObjectOf(segment)],
            Segments = [segment],
            Documents = [.. paths.Select(path => StoreSamples.Document(path, pack, segment, name))],
        };
        return PublishAsync(draft, cancellationToken);
    }

    /// <summary>Publishes that documents are gone.</summary>
    public Task RemoveAsync(CancellationToken cancellationToken, params string[] paths) =>
        PublishAsync(
            Draft with { Removed = [.. paths.Select(path => DocumentId.For(StoreSamples.Chu, "folder:" + path))] },
            cancellationToken);

    private static async Task<Lease> AcquireAsync(
        IMetastore metastore,
        CollectionId collection,
        CancellationToken cancellationToken)
    {
        var lease = await metastore.Leases.AcquireAsync(
            $"collection/{collection.Value}",
            "script",
            TimeSpan.FromHours(1),
            cancellationToken);
        return lease ?? throw new InvalidOperationException("Another owner holds the lease of the collection.");
    }
}
