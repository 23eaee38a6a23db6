using Microsoft.Extensions.DependencyInjection;
using Terroir.Answers.Conversations;
using Terroir.Catalog;
using Terroir.Retention;
using Terroir.Server;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Cli.Commands.Retention;

/// <summary>Applies to a restored site the erasures that are younger than its backup.</summary>
internal static class RestoredErasures
{
    /// <summary>Copies receipts, and the journal of erasures and holds, from a site or a newer backup.</summary>
    public static async Task CopyAsync(SiteFolder from, Site site, CancellationToken stop)
    {
        var source = new FolderObjectStore(from.ObjectsFolder, TimeProvider.System);
        var target = site.Services.GetRequiredService<IObjectStore>();
        await foreach (var info in source.ListAsync("a/", null, stop))
        {
            var content = await source.ReadAsync(info.Key, 0, info.SizeBytes, stop);
            await target.PutIfAbsentAsync(info.Key, content, stop);
        }
    }

    /// <summary>Builds segments anew whose keys were destroyed, and erases again what the backup still had.</summary>
    /// <returns>How many documents were erased again.</returns>
    public static async Task<int> ApplyAsync(
        Site site,
        IReadOnlyList<CollectionHead> heads,
        CancellationToken stop)
    {
        var eraser = site.Services.GetRequiredService<Eraser>();
        if (!await eraser.HasErasedAsync(stop))
        {
            return 0;
        }

        var catalog = site.Services.GetRequiredService<ICatalog>();
        foreach (var head in heads)
        {
            await using var writer = await catalog.OpenWriterAsync(head.Collection, stop);
            await writer.RepairAsync(isDryRun: false, stop);
        }

        if (await eraser.OrderAgainAsync(stop) is not { } order)
        {
            return 0;
        }

        var outcome = await eraser.RunAsync(order, [], [], deliverAsync: null, stop);
        return outcome.Certificate is null
            ? throw new ErasureIncompleteException("restore", "Remains of erased documents are in the restored site.")
            : order.Documents.Count;
    }

    /// <summary>Takes the conversations of a backup, but what cites documents that were erased.</summary>
    /// <returns>How many turns were taken.</returns>
    public static async Task<int> RestoreConversationsAsync(SiteFolder backup, Site site, CancellationToken stop)
    {
        var erased = await site.Services.GetRequiredService<Eraser>().ListErasedAsync(stop);
        return site.Services.GetRequiredService<IConversationMaintenance>().Restore(
            new FolderConversationStore(backup.ConversationsFolder),
            cited => erased.Contains(new DocumentAddress(cited.Collection, cited.Document)),
            stop);
    }
}
