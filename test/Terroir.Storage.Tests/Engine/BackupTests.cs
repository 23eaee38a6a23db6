using Microsoft.Extensions.Time.Testing;
using Terroir.Storage.Conformance;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Engine;

/// <summary>What a backup brings back is a state that was acknowledged, whole.</summary>
public sealed class BackupTests : IDisposable
{
    private const int CommitCount = 40;

    private static readonly CollectionId Notes = CatalogSite.Notes;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero));
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backup_taken_while_documents_come_restores_to_what_was_acknowledged()
    {
        await using var metastore = SqliteMetastore.Open(_folder["metastore.db"], _time);

        // Files have the system's times, and the collector sweeps by them.
        var objects = new FolderObjectStore(_folder["objects"], TimeProvider.System);
        await using var site = new CatalogSite(objects, metastore, _time);
        var target = new FolderObjectStore(_folder["backup"], _time);
        await site.CommitAsync(Notes, Documents(1));

        var ingestion = Task.Run(() => IngestAsync(site), Stop);
        var acknowledged = new List<long>();
        while (!ingestion.IsCompleted)
        {
            acknowledged.Add(await site.HeadAsync(Notes));
            await site.Maintenance.BackUpAsync(target, Stop);
            await site.CollectAsync();
        }

        await ingestion;

        await using var restored = await RestoreAsync(target, "restored");
        var generation = await restored.HeadAsync(Notes);
        Assert.InRange(generation, acknowledged[^1], CommitCount);
        Assert.Equal(TextsOf(generation), await restored.ReadAsync(Notes));
        Assert.Empty(await restored.VerifyAsync());
    }

    [Fact]
    public async Task A_backup_that_is_cut_anywhere_leaves_the_one_before_whole()
    {
        var isDone = false;
        for (var call = 0; !isDone; call++)
        {
            var (objects, metastore) = (new MemoryObjectStore(_time), new MemoryMetastore(_time));
            var (target, plan) = (new MemoryObjectStore(_time), new FaultPlan());
            await using var site = new CatalogSite(objects, metastore, _time);
            await site.CommitAsync(Notes, Documents(1));
            await site.Maintenance.BackUpAsync(target, Stop);

            // What the generations between need is gone by the next backup.
            for (var generation = 2; generation <= 4; generation++)
            {
                await site.CommitAsync(Notes, Documents(generation));
                await site.CollectAsync();
            }

            plan.FailAt(call, StoreFault.Dead);
            var failure = await Record.ExceptionAsync(() =>
                site.Maintenance.BackUpAsync(new FaultyObjectStore(target, plan), Stop));
            isDone = failure is null;

            await using var restored = await RestoreAsync(target, $"restored-{call}");
            var expected = isDone ? 4 : 1;
            Assert.Equal(expected, await restored.HeadAsync(Notes));
            Assert.Equal(TextsOf(expected), await restored.ReadAsync(Notes));
            Assert.Empty(await restored.VerifyAsync());
        }
    }

    [Fact]
    public async Task A_first_backup_that_was_cut_restores_nothing_and_says_so()
    {
        var (target, plan) = (new MemoryObjectStore(_time), new FaultPlan());
        await using var site = new CatalogSite(new MemoryObjectStore(_time), new MemoryMetastore(_time), _time);
        await site.CommitAsync(Notes, Documents(1));
        await site.CommitAsync(Notes, Documents(2));
        var faulty = new FaultyObjectStore(target, plan);
        await site.Maintenance.BackUpAsync(new FaultyObjectStore(new MemoryObjectStore(_time), plan), Stop);

        // The same calls again, and the last put is refused: that of the first manifest.
        plan.FailAt(plan.Log.ToList().FindLastIndex(call => call.EndsWith("put", StringComparison.Ordinal)),
            StoreFault.Refused);
        await Assert.ThrowsAsync<StorageFailedException>(() => site.Maintenance.BackUpAsync(faulty, Stop));

        await using var empty = new CatalogSite(new MemoryObjectStore(_time), new MemoryMetastore(_time), _time);
        var report = await empty.Maintenance.RestoreAsync(target, Stop);

        Assert.Equal([Notes], report.Unfinished);
        Assert.Empty(await empty.Maintenance.RebuildAsync(Stop));
    }

    [Fact]
    public async Task Bytes_that_were_damaged_on_the_way_never_reach_a_backup()
    {
        var (objects, metastore) = (new MemoryObjectStore(_time), new MemoryMetastore(_time));
        await using (var site = new CatalogSite(objects, metastore, _time))
        {
            await site.CommitAsync(Notes, Documents(1));
            await site.CommitAsync(Notes, Documents(2));
        }

        var isDone = false;
        for (var call = 0; !isDone; call++)
        {
            var (target, plan) = (new MemoryObjectStore(_time), new FaultPlan());
            await using var site = new CatalogSite(new FaultyObjectStore(objects, plan), metastore, _time);
            plan.FailAt(call, StoreFault.Damaged);
            var failure = await Record.ExceptionAsync(() => site.Maintenance.BackUpAsync(target, Stop));
            isDone = plan.Log.Count <= call;

            Assert.True(failure is null or BlobCorruptException or ManifestInvalidException, $"{failure}");
            await site.Maintenance.BackUpAsync(target, Stop);
            await using var restored = await RestoreAsync(target, $"restored-{call}");
            Assert.Empty(await restored.VerifyAsync());
            Assert.Equal(2, await restored.HeadAsync(Notes));
        }
    }

    [Fact]
    public async Task A_backup_of_another_history_is_refused()
    {
        var target = new MemoryObjectStore(_time);
        foreach (var text in new[] { "Version une.", "Version deux." })
        {
            await using var site = new CatalogSite(new MemoryObjectStore(_time), new MemoryMetastore(_time), _time);
            await site.CommitAsync(Notes, ("un", text));
            var failure = await Record.ExceptionAsync(() => site.Maintenance.BackUpAsync(target, Stop));
            Assert.Equal(text is "Version deux.", failure is ManifestForkException);
        }
    }

    // What each generation holds: three notes of the same text, so that each has all objects of its own.
    private static (string Path, string? Text)[] Documents(long generation) =>
        [.. Enumerable.Range(1, 3).Select(n => ($"note-{n}", (string?)$"Note {n}, révision {generation}."))];

    private static Dictionary<string, string> TextsOf(long generation) =>
        Documents(generation).ToDictionary(item => item.Path, item => item.Text!, StringComparer.Ordinal);

    private static async Task IngestAsync(CatalogSite site)
    {
        for (var generation = 2L; generation <= CommitCount; generation++)
        {
            Assert.Equal(generation, await site.CommitAsync(Notes, Documents(generation)));
        }
    }

    private async Task<CatalogSite> RestoreAsync(IObjectStore backup, string name)
    {
        var objects = new FolderObjectStore(_folder[name], _time);
        var site = new CatalogSite(objects, new MemoryMetastore(_time), _time);
        await site.Maintenance.RestoreAsync(backup, Stop);
        await site.Maintenance.RebuildAsync(Stop);
        return site;
    }
}
