using System.Text;
using Terroir.Storage;

namespace Terroir.Tests.Protection;

/// <summary>A site whose content is sealed works as any other, and its object store tells nothing.</summary>
public sealed class SealedSiteTests : IAsyncDisposable
{
    private readonly TestSite _site = new(isSealed: true);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Nothing_of_a_document_can_be_read_in_the_object_store()
    {
        await SyncAsync();

        var objects = Directory.GetFiles(Path.Combine(_site.Data.Path, "objects"), "*", SearchOption.AllDirectories);

        Assert.NotEmpty(objects);
        Assert.All(objects, path =>
        {
            var text = Encoding.Latin1.GetString(File.ReadAllBytes(path));
            Assert.DoesNotContain("perfusion", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("pompe.txt", text, StringComparison.OrdinalIgnoreCase);
        });
        Assert.NotEmpty(await _site.SearchAsync("perfusion"));
    }

    [Fact]
    public async Task The_bytes_that_come_back_are_those_that_were_stored()
    {
        await SyncAsync();

        var document = (await _site.DocumentsAsync()).Single(IsPump);
        var original = await _site.Catalog.ReadBlobAsync(document.Original, Stop);

        Assert.True(document.Original.IsSealed);
        Assert.Equal(document.Version, ContentHash.Of(original.Span));
        Assert.Equal("La pompe règle la perfusion.", Encoding.UTF8.GetString(original.Span));
    }

    [Fact]
    public async Task It_is_verified_merged_repacked_and_collected_without_a_problem()
    {
        await SyncAsync();
        for (var round = 0; round < 12; round++)
        {
            _site.Source.Write($"note-{round}.txt", $"Une note sur la perfusion numéro {round}.");
            await _site.SyncAsync();
        }

        await TidyAsync();
        await _site.Maintenance.CollectGarbageAsync(TimeSpan.Zero, Stop);

        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
        Assert.Equal(14, (await _site.DocumentsAsync()).Count);
        Assert.NotEmpty(await _site.SearchAsync("perfusion numéro 7"));
    }

    [Fact]
    public async Task A_lost_metastore_comes_back_from_sealed_records()
    {
        await SyncAsync();
        var before = await _site.DocumentsAsync();

        await _site.RebuildAsync();

        var after = await _site.DocumentsAsync();
        Assert.Equal(before.Select(item => item.ToJson()), after.Select(item => item.ToJson()));
        Assert.NotEmpty(await _site.SearchAsync("perfusion"));
    }

    [Fact]
    public async Task A_damaged_segment_is_built_anew_from_the_stored_documents()
    {
        await SyncAsync();
        var state = await _site.Catalog.ReadStateAsync(TestSite.Collection, 0, Stop);
        foreach (var segment in state!.Segments)
        {
            var path = Path.Combine(_site.Data.Path, "objects", BlobKey.ForContent(segment.Hash).Value);
            var bytes = await File.ReadAllBytesAsync(path, Stop);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(path, bytes, Stop);
        }

        await _site.ReopenAsync();
        await Assert.ThrowsAsync<BlobCorruptException>(() => _site.SearchAsync("perfusion"));
        await using (var writer = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop))
        {
            var report = await writer.RepairAsync(isDryRun: false, Stop);
            Assert.All(report.Segments, repair => Assert.NotNull(repair.Replacement));
        }

        Assert.NotEmpty(await _site.SearchAsync("perfusion"));
        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Fact]
    public async Task A_document_whose_key_was_destroyed_is_gone_after_a_rebuild_and_the_others_are_there()
    {
        await SyncAsync();
        var erased = (await _site.DocumentsAsync()).Single(IsPump);

        _site.Keys!.Destroy(TestSite.Collection, [Convert.FromHexString(erased.Id.Value)]);
        await Assert.ThrowsAsync<KeyUnavailableException>(async () =>
            await _site.Catalog.ReadBlobAsync(erased.Text, Stop));
        await _site.RebuildAsync();

        Assert.Equal("secret.txt", Assert.Single(await _site.DocumentsAsync()).Path);
    }

    private static bool IsPump(DocumentVersion document) =>
        string.Equals(document.Path, "pompe.txt", StringComparison.Ordinal);

    private async Task SyncAsync()
    {
        await _site.AddSourceAsync();
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        _site.Source.Write("pompe.txt", "La pompe règle la perfusion.");
        _site.Source.Write("secret.txt", "Une autre perfusion.");
        await _site.SyncAsync();
    }

    private async Task TidyAsync()
    {
        await using var writer = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        while (await writer.MergeAsync(Stop) || await writer.RepackAsync(Stop))
        {
        }
    }
}
