using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Bench.Processes;
using Terroir.Catalog;
using Terroir.Ingestion;
using Terroir.Server;
using Terroir.Storage;

namespace Terroir.Bench.Ingesting;

/// <summary>The product: a folder source is read, prepared, indexed and committed.</summary>
internal static class SiteIngestion
{
    private const string Source = "files";

    /// <summary>Synchronises a folder into a new site.</summary>
    /// <returns>How long it took until everything was durable and searchable, and how much of the processors.</returns>
    /// <exception cref="InvalidDataException">Not every file became a document.</exception>
    public static async Task<(TimeSpan Elapsed, TimeSpan Used)> RunAsync(
        string files,
        int count,
        string data,
        CancellationToken cancellationToken,
        string settings = "")
    {
        var folder = SiteFolder.Create(data);
        await File.AppendAllTextAsync(folder.ConfigurationFile, settings, cancellationToken);
        await using var site = Site.Open(data);
        var collection = new CollectionId(Site.DefaultCollection);
        await site.Services.GetRequiredService<ICatalog>().CreateCollectionAsync(collection, cancellationToken);
        await site.Services.GetRequiredService<IMetastore>().Sources.SaveSourceAsync(
            new SourceRecord
            {
                Id = Source,
                Collection = collection,
                Kind = "folder",
                Location = files,
                Permissions = "file",
            },
            cancellationToken);
        var synchronizer = site.Services.GetRequiredService<ISynchronizer>();
        var before = await ProcessorTime.ReadOfFamilyAsync(cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var report = await synchronizer.SyncAsync(Source, new SyncOptions(), progress: null, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var used = await ProcessorTime.ReadOfFamilyAsync(cancellationToken) - before;
        return report.AddedCount == count
            ? (elapsed, used)
            : throw new InvalidDataException($"{report.AddedCount} of {count} files became documents.");
    }
}
