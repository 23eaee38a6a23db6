using Microsoft.Extensions.DependencyInjection;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Retention;
using Terroir.Server;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Cli.Commands.Retention;

/// <summary>A backup that is at hand while documents are erased: it is brought up to date, and what it holds besides
/// goes.</summary>
internal sealed class BackupAtHand(Site site, string folder) : IErasable
{
    public string Store => "backup";

    public ErasureStage Stage => ErasureStage.Scrub;

    public async Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        var store = new FolderObjectStore(Path.Combine(folder, "objects"), TimeProvider.System);
        var objects = site.Services.GetRequiredService<IObjectStore>();
        var changed = await FindChangedAsync(objects, store, cancellationToken);
        await store.DeleteAsync(changed, cancellationToken);
        await site.Services.GetRequiredService<ICatalogMaintenance>().BackUpAsync(store, cancellationToken);
        await site.Services.GetRequiredService<ILedgerMaintenance>().BackUpAsync(store, cancellationToken);
        BackupCommand.CopyConversations(site, folder, cancellationToken);
        await BackupCommand.CopyKeysAsync(site, folder, cancellationToken);
        var dead = await FindDeadAsync(store, cancellationToken);
        await store.DeleteAsync(dead, cancellationToken);
        return changed.Count + dead.Count;
    }

    // Receipts and the like have names that stay when what opens them was erased.
    private static async Task<IReadOnlyList<BlobKey>> FindChangedAsync(
        IObjectStore objects,
        FolderObjectStore backup,
        CancellationToken cancellationToken)
    {
        var changed = new List<BlobKey>();
        await foreach (var info in backup.ListAsync("a/", null, cancellationToken))
        {
            if (!await IsSameAsync(info, objects, backup, cancellationToken))
            {
                changed.Add(info.Key);
            }
        }

        return changed;
    }

    private static async Task<bool> IsSameAsync(
        BlobInfo info,
        IObjectStore objects,
        FolderObjectStore backup,
        CancellationToken cancellationToken)
    {
        if (await objects.HeadAsync(info.Key, cancellationToken) is not { } there || there.SizeBytes != info.SizeBytes)
        {
            return false;
        }

        var here = await objects.ReadAsync(info.Key, 0, info.SizeBytes, cancellationToken);
        var copy = await backup.ReadAsync(info.Key, 0, info.SizeBytes, cancellationToken);
        return here.Span.SequenceEqual(copy.Span);
    }

    private async Task<IReadOnlyList<BlobKey>> FindDeadAsync(
        FolderObjectStore backup,
        CancellationToken cancellationToken)
    {
        var catalog = site.Services.GetRequiredService<IMetastore>().Catalog;
        var live = new HashSet<ContentHash>();
        foreach (var head in await catalog.ListHeadsAsync(cancellationToken))
        {
            var needed = await catalog.ListObjectsAsync(head.Collection, cancellationToken);
            live.UnionWith(needed.Select(item => item.Hash));
        }

        var dead = new List<BlobKey>();
        await foreach (var info in backup.ListAsync("b/", null, cancellationToken))
        {
            if (!live.Contains(info.Key.Content))
            {
                dead.Add(info.Key);
            }
        }

        return dead;
    }
}
