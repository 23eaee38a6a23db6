using System.Text;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Embedded;

/// <summary>What rows held is in no file of the metastore once they are gone.</summary>
public sealed class ScrubTests : IDisposable
{
    private const string Secret = "dossiers/dupont-zephyrin.pdf";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_of_a_deleted_row_is_left_in_the_files()
    {
        await using var store = SqliteMetastore.Open(_folder["metastore.db"], TimeProvider.System);
        for (var i = 0; i < 200; i++)
        {
            await store.Quality.SaveReleaseAsync(Release(i), Stop);
        }

        for (var i = 0; i < 200; i += 2)
        {
            await store.Quality.RemoveReleaseAsync("source", Release(i).Content, Stop);
        }

        await store.ScrubAsync(Stop);

        Assert.Equal(100, (await store.Quality.ListReleasesAsync("source", Stop)).Count);
        Assert.Equal(0, Count(200, even: true));
        Assert.Equal(100, Count(200, even: false));
    }

    // Each row has a text of its own, so that those that stay are told from those that go.
    private int Count(int count, bool even)
    {
        var files = Directory.GetFiles(_folder.Path).Select(File.ReadAllBytes).ToList();
        return Enumerable.Range(0, count).Where(i => i % 2 == 0 == even).Count(i =>
            files.Exists(bytes => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"{Secret}#{i}#")) >= 0));
    }

    private static QualityRelease Release(int number) => new(
        "source",
        ContentHash.Of(BitConverter.GetBytes(number)),
        $"{Secret}#{number}#",
        DateTimeOffset.UnixEpoch);
}
