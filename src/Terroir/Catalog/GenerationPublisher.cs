using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>The steps of one commit: stage, put, seal, publish, put the manifest.</summary>
/// <remarks>The order is the promise; see <c>docs/formats/commit.md</c>.</remarks>
internal sealed class GenerationPublisher(CatalogStores stores, HeldLease lease, CollectionHead head)
{
    private readonly ManifestSealer _sealer = new(stores);

    /// <summary>The head that the publisher builds on.</summary>
    public CollectionHead Head { get; private set; } = head;

    /// <summary>Reads the head again.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken) =>
        Head = await stores.Metastore.Catalog.ReadHeadAsync(Head.Collection, cancellationToken) ?? Head;

    /// <summary>Publishes a draft as the next generation, and returns when it is durable in both stores.</summary>
    /// <returns>What came of it; anything but <see cref="PublishOutcome.Published"/> changed nothing.</returns>
    /// <exception cref="LeaseLostException">The lease is about to end, or has ended.</exception>
    /// <exception cref="ManifestForkException">The next generation is in the object store already.</exception>
    public async Task<PublishOutcome> PublishAsync(GenerationDraft draft, CancellationToken cancellationToken)
    {
        await stores.Manifests.ThrowIfForkedAsync(Head, cancellationToken);
        var outcome = await CommitAsync(draft, cancellationToken);
        if (outcome == PublishOutcome.Published)
        {
            // Not cancelled from here on: the generation is decided, and only the acknowledgement is missing.
            await RefreshAsync(CancellationToken.None);
            await stores.Manifests.PutPendingAsync(Head.Collection, CancellationToken.None);
        }

        return outcome;
    }

    private async Task<PublishOutcome> CommitAsync(GenerationDraft draft, CancellationToken cancellationToken)
    {
        var outcome = PublishOutcome.NotStaged;
        try
        {
            outcome = await StageAndPutAsync(draft.Contents, cancellationToken);
            if (outcome == PublishOutcome.Published)
            {
                // Until the metastore has said yes, nothing is published.
                outcome = PublishOutcome.NotStaged;
                var time = stores.TimeProvider.GetUtcNow();
                var manifest = await _sealer.SealAsync(Head, lease.Epoch, draft, time, cancellationToken);
                await lease.KeepAsync(cancellationToken);
                outcome = await PublishOrFindAsync(Describe(draft, manifest, time), cancellationToken);
            }

            return outcome;
        }
        finally
        {
            if (outcome != PublishOutcome.Published)
            {
                await UnstageAsync();
            }
        }
    }

    private async Task<PublishOutcome> StageAndPutAsync(
        IReadOnlyList<StoredContent> contents,
        CancellationToken cancellationToken)
    {
        await lease.KeepAsync(cancellationToken);
        var hashes = contents.Select(content => content.Object.Hash).ToArray();
        var outcome = await stores.Metastore.Catalog.StageAsync(
            Head.Collection,
            hashes,
            lease.Fence,
            cancellationToken);
        if (outcome == PublishOutcome.Published)
        {
            foreach (var content in contents)
            {
                await lease.KeepAsync(cancellationToken);
                await stores.PutAsync(content, cancellationToken);
            }
        }

        return outcome;
    }

    // A metastore that fails in its commit may have committed: the head tells.
    private async Task<PublishOutcome> PublishOrFindAsync(
        Publication publication,
        CancellationToken cancellationToken)
    {
        try
        {
            return await stores.Metastore.Catalog.PublishAsync(publication, cancellationToken);
        }
        catch (StorageFailedException)
        {
            var found = await stores.Metastore.Catalog.ReadHeadAsync(Head.Collection, CancellationToken.None);
            if (found?.Manifest != publication.ManifestHash)
            {
                throw;
            }

            return PublishOutcome.Published;
        }
    }

    private Publication Describe(GenerationDraft draft, byte[] manifest, DateTimeOffset time) => new()
    {
        Collection = Head.Collection,
        ExpectedGeneration = Head.Generation,
        Fence = lease.Fence,
        Manifest = manifest,
        ManifestHash = ContentHash.Of(manifest),
        Objects = [.. draft.Contents.Select(content => content.Object)],
        Segments = draft.Segments,
        Documents = draft.Documents,
        Removed = draft.Removed,
        Merge = draft.Merge,
        Released = draft.Released,
        Items = draft.Items,
        RemovedItems = draft.RemovedItems,
        Jobs = draft.Jobs,
        Events = GenerationEvents.Of(Head.Collection, draft, ContentHash.Of(manifest), time),
    };

    private async Task UnstageAsync()
    {
        try
        {
            await stores.Metastore.Catalog.UnstageAsync(Head.Collection, lease.Fence, CancellationToken.None);
        }
        catch (StorageFailedException)
        {
            // The first failure is the one to report; the collector clears the staging when the lease has ended.
        }
    }
}
