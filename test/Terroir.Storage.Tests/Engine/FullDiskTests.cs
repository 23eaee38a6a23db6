using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Engine;

/// <summary>A disk that is really full: the system itself answers ENOSPC.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int SizeMebibytes = 6;
    private const int TextLength = 100_000;
    private const int CommitCountMax = 200;
    private const int BallastSize = 2 << 20;

    private static readonly CollectionId Notes = CatalogSite.Notes;

    // More than the longest lease: what a dead process held is free.
    private static readonly TimeSpan LeaseEnd = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero));
    private readonly TemporaryFolder _folder = new();
    private readonly SortedDictionary<string, string> _acknowledged = new(StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_full_disk_acknowledges_nothing_falsely_and_the_site_goes_on_when_there_is_room(
        bool isObjectsSmall,
        bool isMetastoreSmall)
    {
        var (disk, reason) = await SmallDisk.MountAsync(_folder["small"], SizeMebibytes);
        Assert.SkipWhen(disk is null, reason);
        await using var small = disk;
        var objects = isObjectsSmall ? small["objects"] : _folder["objects"];
        var database = isMetastoreSmall ? small["metastore.db"] : _folder["metastore.db"];
        await File.WriteAllBytesAsync(small["ballast"], new byte[BallastSize], TestContext.Current.CancellationToken);

        await WithSiteAsync(objects, database, async site =>
        {
            // Where objects are elsewhere, many small commits fill the disk of the metastore.
            var length = isObjectsSmall ? TextLength : 1;
            var failure = await FillAsync(site, length);
            Assert.Equal("TER5001", failure.Code);
            Assert.True(failure.IsTransient, failure.Message);
            Assert.Contains("Free space", failure.Message, StringComparison.Ordinal);

            // It goes on reading and refusing, and with room it goes on writing.
            Assert.Equal(_acknowledged, await ReadKnownAsync(site));
            Assert.Equal("TER5001", (await FillAsync(site, length)).Code);
            File.Delete(small["ballast"]);
            _time.Advance(LeaseEnd);
            await CommitAsync(site, "pendant", 1);
            Assert.Equal(_acknowledged, await ReadKnownAsync(site));
        });

        await WithSiteAsync(objects, database, async site =>
        {
            Assert.Equal(_acknowledged, await ReadKnownAsync(site));
            await CommitAsync(site, "après", 1);
            Assert.Equal(_acknowledged, await ReadKnownAsync(site));
            await site.CollectAsync();
            Assert.Empty(await site.VerifyAsync());
        });
    }

    private async Task<TerroirException> FillAsync(CatalogSite site, int length)
    {
        for (var count = 0; count < CommitCountMax; count++)
        {
            try
            {
                var number = _acknowledged.Count;
                await CommitAsync(site, number.ToString(CultureInfo.InvariantCulture), length);
            }
            catch (TerroirException exception)
            {
                return exception;
            }
        }

        throw new InvalidOperationException("The disk never was full.");
    }

    private async Task CommitAsync(CatalogSite site, string path, int length)
    {
        var text = path + new string('x', length);
        await site.CommitAsync(Notes, (path, text));
        _acknowledged[path] = text;
    }

    // What was being written when the disk was full may be there as well: it was not refused for good.
    private async Task<SortedDictionary<string, string>> ReadKnownAsync(CatalogSite site)
    {
        var texts = await site.ReadAsync(Notes);
        Assert.InRange(texts.Count, _acknowledged.Count, _acknowledged.Count + 2);
        foreach (var path in texts.Keys.Where(path => !_acknowledged.ContainsKey(path)).ToArray())
        {
            texts.Remove(path);
        }

        return texts;
    }

    private async Task WithSiteAsync(string objects, string database, Func<CatalogSite, Task> work)
    {
        await using var metastore = SqliteMetastore.Open(database, _time);
        var store = new FolderObjectStore(objects, TimeProvider.System);
        await using var site = new CatalogSite(store, metastore, _time);
        await work(site);
    }
}
