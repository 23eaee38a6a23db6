using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Terroir.Catalog;
using Terroir.Storage.Conformance;
using Terroir.Storage.Embedded;
using Terroir.Storage.Tests.Embedded;

namespace Terroir.Storage.Tests.Engine;

/// <summary>Stores that fail under the whole engine: a clear error, nothing acknowledged that is not kept, and after
/// reopening the store is sound and an ingest works.</summary>
public sealed class EngineFaultTests : IDisposable
{
    // More than the longest lease of a writer: what a dead process held is free.
    private static readonly TimeSpan LeaseEnd = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));
    private readonly EngineSite _site;

    public EngineFaultTests() => _site = new EngineSite(_time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _site.Dispose();

    [Theory]
    [InlineData(StoreFault.Refused)]
    [InlineData(StoreFault.AnswerLost)]
    [InlineData(StoreFault.Dead)]
    public async Task An_ingest_that_fails_at_any_call_of_a_store_can_be_done_again(StoreFault fault)
    {
        var call = 0;
        for (var isDone = false; !isDone; call++)
        {
            var (objects, metastore) = (new MemoryObjectStore(_time), new MemoryMetastore(_time));
            await _site.PrepareAsync(metastore);
            var plan = new FaultPlan();
            await using (var faulty = _site.Start(
                new FaultyObjectStore(objects, plan),
                new FaultyMetastore(metastore, plan)))
            {
                plan.FailAt(call, fault);
                var failure = await IngestAsync(faulty);
                isDone = plan.Log.Count <= call;
                Assert.True(failure is null or { Code: "TER5001" }, $"{plan.Log[^1]}: {failure?.Message}");
                if (failure is null)
                {
                    Assert.Equal(3, await CountAsync(objects, metastore));
                }
            }

            _time.Advance(LeaseEnd);
            await AssertSoundAsync(objects, metastore, $"{fault} at {plan.Log[Math.Min(call, plan.Log.Count - 1)]}");
        }

        Assert.InRange(call, 10, 200);
    }

    [Theory]
    [InlineData(FileCall.Write, FaultyFileCalls.InputOutputError)]
    [InlineData(FileCall.Write, FaultyFileCalls.NoSpace)]
    [InlineData(FileCall.Sync, FaultyFileCalls.InputOutputError)]
    [InlineData(FileCall.SyncFolder, FaultyFileCalls.InputOutputError)]
    [InlineData(FileCall.Link, FaultyFileCalls.NoSpace)]
    public async Task An_ingest_on_a_failing_disk_is_refused_and_works_on_a_sound_one(FileCall call, int error)
    {
        using var folder = new TemporaryFolder();
        var calls = new FaultyFileCalls { IsTorn = true };
        await using var metastore = SqliteMetastore.Open(folder["metastore.db"], _time);
        await _site.PrepareAsync(metastore);
        var failing = new FolderObjectStore(folder["objects"], _time, calls);
        await using (var engine = _site.Start(failing, metastore))
        {
            calls.Fault = (call, error);
            Assert.Equal("TER5001", (await IngestAsync(engine))?.Code);
            Assert.Equal(0, (await metastore.Catalog.ReadHeadAsync(EngineSite.Collection, Stop))!.Generation);
        }

        await AssertSoundAsync(new FolderObjectStore(folder["objects"], _time), metastore, "a failing disk");
    }

    [Fact]
    public async Task A_garbage_collection_that_fails_at_any_call_deletes_nothing_that_is_needed()
    {
        var call = 0;
        for (var isDone = false; !isDone; call++)
        {
            using var site = new EngineSite(_time);
            var (objects, metastore) = (new MemoryObjectStore(_time), new MemoryMetastore(_time));
            await site.PrepareAsync(metastore);
            await using var sound = site.Start(objects, metastore);
            await EngineSite.IngestAsync(sound);
            site.Edit();
            await EngineSite.IngestAsync(sound);

            var plan = new FaultPlan();
            await using var faulty = site.Start(
                new FaultyObjectStore(objects, plan),
                new FaultyMetastore(metastore, plan));
            plan.FailAt(call, StoreFault.AnswerLost);
            await Record.ExceptionAsync(() => EngineSite.CollectAsync(faulty));
            isDone = plan.Log.Count <= call;

            Assert.Empty(await EngineSite.VerifyAsync(sound));
            _time.Advance(LeaseEnd);
            await EngineSite.CollectAsync(sound);
            Assert.Empty(await EngineSite.VerifyAsync(sound));
            Assert.Equal(["deux.md", "un.md"], await EngineSite.SearchAsync(sound, "dossier"), StringComparer.Ordinal);
        }

        Assert.InRange(call, 5, 100);
    }

    [Fact]
    public async Task Damaged_bytes_are_never_returned()
    {
        var (objects, metastore) = (new MemoryObjectStore(_time), new MemoryMetastore(_time));
        await _site.PrepareAsync(metastore);
        var plan = new FaultPlan();
        await using var engine = _site.Start(new FaultyObjectStore(objects, plan), metastore);
        await EngineSite.IngestAsync(engine);
        var catalog = engine.GetRequiredService<ICatalog>();
        var document = (await catalog.ReadStateAsync(EngineSite.Collection, 0, Stop))!.Documents[0].Document;

        plan.FailAt(0, StoreFault.Damaged);

        await Assert.ThrowsAsync<BlobCorruptException>(async () =>
            await catalog.ReadBlobAsync(document.Original, Stop));
    }

    private static async Task<TerroirException?> IngestAsync(ServiceProvider engine) =>
        (TerroirException?)await Record.ExceptionAsync(() => EngineSite.IngestAsync(engine));

    private async Task<int> CountAsync(IObjectStore objects, IMetastore metastore)
    {
        await using var engine = _site.Start(objects, metastore);
        return (await EngineSite.SearchAsync(engine, "dossier")).Count;
    }

    // As a new process finds the stores after the old one has gone.
    private async Task AssertSoundAsync(IObjectStore objects, IMetastore metastore, string after)
    {
        await using var engine = _site.Start(objects, metastore);
        Assert.True(await EngineSite.VerifyAsync(engine) is [], after);

        await EngineSite.IngestAsync(engine);

        Assert.True((await EngineSite.SearchAsync(engine, "dossier")).Count == 3, after);
        await EngineSite.CollectAsync(engine);
        Assert.True(await EngineSite.VerifyAsync(engine) is [], after);
        var needed = (await metastore.Catalog.ListObjectsAsync(EngineSite.Collection, Stop)).Select(item => item.Hash);
        var stored = await objects.ListAsync("b/", null, Stop).Select(info => info.Key.Content).ToArrayAsync(Stop);
        Assert.Equal(needed.Distinct().Order(), stored.Order());
    }
}
