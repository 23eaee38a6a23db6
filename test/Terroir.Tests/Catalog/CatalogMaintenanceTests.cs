using Terroir.Storage;

namespace Terroir.Tests.Catalog;

public sealed class CatalogMaintenanceTests : IAsyncLifetime
{
    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        await _site.AddSourceAsync();
        for (var n = 0; n < 12; n++)
        {
            _site.Source.Write($"{n}.md", $"Le parking numéro {n} coûte douze euros.");
            await _site.SyncAsync();
        }
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_lost_metastore_comes_back_from_the_manifests()
    {
        var before = await _site.SearchAsync("parking numéro");
        await _site.LoseMetastoreAsync();

        await _site.Maintenance.RebuildAsync(Stop);

        var after = await _site.SearchAsync("parking numéro");
        Assert.Equal(before.Select(hit => (hit.Document.Id, hit.Score)), after.Select(hit =>
            (hit.Document.Id, hit.Score)));
        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Fact]
    public async Task Garbage_goes_and_what_is_live_stays()
    {
        File.Delete(Path.Combine(_site.Source.Path, "3.md"));
        await _site.SyncAsync();

        var deleted = await _site.Maintenance.CollectGarbageAsync(TimeSpan.Zero, Stop);

        Assert.NotEmpty(deleted);
        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
        Assert.Equal(10, (await _site.SearchAsync("parking")).Count);
    }

    [Fact]
    public async Task A_flipped_bit_is_named_and_never_returned()
    {
        // One that is live: the first file of the folder may be garbage of a merge, which no check reads.
        var live = (await _site.Metastore.Catalog.ListObjectsAsync(TestSite.Collection, Stop))[0];
        var file = Path.Combine(_site.Data.Path, "objects", BlobKey.ForContent(live.Hash).Value);
        var bytes = await File.ReadAllBytesAsync(file, Stop);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Stop);

        Assert.NotEmpty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Fact]
    public async Task Two_writers_cannot_hold_one_collection()
    {
        await using var first = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);

        await Assert.ThrowsAsync<LeaseHeldException>(() => _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop));
    }
}
