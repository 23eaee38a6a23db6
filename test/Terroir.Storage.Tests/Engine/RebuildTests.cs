using Microsoft.Extensions.Time.Testing;
using Terroir.Storage.Conformance;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Engine;

/// <summary>A metastore that is lost comes back from the manifests, and until it is back nothing is deleted that they
/// need.</summary>
public sealed class RebuildTests : IDisposable
{
    private static readonly CollectionId Notes = CatalogSite.Notes;
    private static readonly CollectionId Minutes = new("comptes-rendus");

    // More than the longest lease: what a dead process held is free.
    private static readonly TimeSpan LeaseEnd = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero));
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Database => _folder["metastore.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_is_deleted_while_a_collection_is_not_rebuilt()
    {
        // The same bytes in both collections are one object.
        var objects = new MemoryObjectStore(_time);
        await using (var site = new CatalogSite(objects, new MemoryMetastore(_time), _time))
        {
            await site.CommitAsync(Notes, ("un", "Le dossier est conservé vingt ans."));
            await site.CommitAsync(Minutes, ("un", "Le dossier est conservé vingt ans."));
        }

        var metastore = new MemoryMetastore(_time);
        await RebuildHalfAsync(objects, metastore);
        await using var half = new CatalogSite(objects, metastore, _time);
        await half.CommitAsync(Minutes, ("un", null));

        var refusal = await Assert.ThrowsAsync<ManifestForkException>(half.CollectAsync);
        await half.Maintenance.RebuildAsync(Stop);
        _time.Advance(LeaseEnd);
        await half.CollectAsync();

        Assert.Contains("terroir rebuild", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("Le dossier est conservé vingt ans.", (await half.ReadAsync(Notes))["un"]);
        Assert.Empty(await half.VerifyAsync());
    }

    [Fact]
    public async Task An_old_copy_of_the_metastore_is_found_out_before_it_does_harm()
    {
        await WithSiteAsync(site => site.CommitAsync(Notes, ("un", "Version une."), ("deux", "Note deux.")));
        File.Copy(Database, _folder["copy.db"]);
        await WithSiteAsync(async site =>
        {
            await site.CommitAsync(Notes, ("un", "Version deux."));
            await site.CollectAsync();
        });
        File.Move(_folder["copy.db"], Database, overwrite: true);

        await WithSiteAsync(async site =>
        {
            await Assert.ThrowsAsync<ManifestForkException>(() => site.CommitAsync(Notes, ("un", "Version trois.")));
            await Assert.ThrowsAsync<ManifestForkException>(() => site.Maintenance.RebuildAsync(Stop));
            Assert.Contains(await site.VerifyAsync(), problem =>
                problem.Contains("move 'metastore.db' away", StringComparison.Ordinal));
        });

        // What the refusal says.
        File.Delete(Database);
        await WithSiteAsync(async site =>
        {
            Assert.Equal(2, Assert.Single(await site.Maintenance.RebuildAsync(Stop)).Generation);
            Assert.Equal(["Note deux.", "Version deux."], (await site.ReadAsync(Notes)).Values, StringComparer.Ordinal);
            Assert.Equal(3, await site.CommitAsync(Notes, ("un", "Version trois.")));
            await site.CollectAsync();
            Assert.Empty(await site.VerifyAsync());
        });
    }

    // An object that the old copy holds for garbage is needed again.
    [Fact]
    public async Task Nothing_is_deleted_under_an_old_copy_of_the_metastore()
    {
        var objects = new MemoryObjectStore(_time);
        var metastore = new MemoryMetastore(_time);
        await using var site = new CatalogSite(objects, metastore, _time);
        await site.CommitAsync(Notes, ("un", "Le dossier."), ("deux", "Note deux."));
        await site.CommitAsync(Notes, ("un", null), ("deux", null));
        var copy = metastore.Copy();
        await site.CommitAsync(Notes, ("un", "Le dossier."), ("deux", "Note deux."));

        await using var old = new CatalogSite(objects, copy, _time);
        await Assert.ThrowsAsync<ManifestForkException>(old.CollectAsync);

        Assert.Empty(await site.VerifyAsync());
    }

    [Fact]
    public async Task A_collection_that_was_created_anew_does_not_pass_for_rebuilt()
    {
        var objects = new MemoryObjectStore(_time);
        await using (var site = new CatalogSite(objects, new MemoryMetastore(_time), _time))
        {
            await site.CommitAsync(Notes, ("un", "Le dossier."));
        }

        await using var lost = new CatalogSite(objects, new MemoryMetastore(_time), _time);
        await lost.Catalog.CreateCollectionAsync(Notes, Stop);

        await Assert.ThrowsAsync<ManifestForkException>(() => lost.Maintenance.RebuildAsync(Stop));
    }

    [Fact]
    public async Task A_damaged_reading_of_a_manifest_is_not_taken_for_a_fork()
    {
        var (objects, metastore, plan) = (new MemoryObjectStore(_time), new MemoryMetastore(_time), new FaultPlan());
        await using var site = new CatalogSite(new FaultyObjectStore(objects, plan), metastore, _time);
        await site.CommitAsync(Notes, ("un", "Le dossier."));
        await site.CommitAsync(Notes, ("un", null));

        // The collector lists the manifests, then reads the newest.
        plan.FailAt(1, StoreFault.Damaged);

        await Assert.ThrowsAsync<ManifestInvalidException>(site.CollectAsync);
    }

    // The metastore dies when it is to take the second collection.
    private async Task RebuildHalfAsync(MemoryObjectStore objects, MemoryMetastore metastore)
    {
        var plan = new FaultPlan();
        await using var site = new CatalogSite(objects, new FaultyMetastore(metastore, plan), _time);
        for (var call = 0; await metastore.Catalog.ListHeadsAsync(Stop) is not [_]; call++)
        {
            plan.FailAt(call, StoreFault.Dead);
            await Record.ExceptionAsync(() => site.Maintenance.RebuildAsync(Stop));
        }

        Assert.NotNull(await metastore.Catalog.ReadHeadAsync(Minutes, Stop));
    }

    private async Task WithSiteAsync(Func<CatalogSite, Task> work)
    {
        await using var metastore = SqliteMetastore.Open(Database, _time);
        await using var site = new CatalogSite(new FolderObjectStore(_folder["objects"], _time), metastore, _time);
        await work(site);
    }
}
