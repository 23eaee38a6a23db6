using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests;

public sealed class FolderObjectStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");
    private readonly FolderObjectStore _store;

    public FolderObjectStoreTests() => _store = new FolderObjectStore(_folder.FullName, TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Of_many_writers_of_one_key_exactly_one_creates_it()
    {
        var key = BlobKey.ForContent(ContentHash.Of("same"u8));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
            await _store.PutIfAbsentAsync(key, "same"u8.ToArray(), Stop)));

        Assert.Single(outcomes, outcome => outcome == PutOutcome.Created);
    }

    [Fact]
    public async Task Other_bytes_than_the_key_says_are_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await _store.PutIfAbsentAsync(BlobKey.ForContent(ContentHash.Of("a"u8)), "b"u8.ToArray(), Stop));

    [Fact]
    public async Task A_range_past_the_end_is_missing()
    {
        var key = await PutAsync("abc");

        Assert.Equal("bc"u8.ToArray(), (await _store.ReadAsync(key, 1, 2, Stop)).ToArray());
        await Assert.ThrowsAsync<BlobMissingException>(async () => await _store.ReadAsync(key, 1, 3, Stop));
    }

    [Fact]
    public async Task A_deleted_object_is_gone_and_deleting_again_is_no_error()
    {
        var key = await PutAsync("abc");
        await _store.DeleteAsync([key], Stop);
        await _store.DeleteAsync([key], Stop);

        Assert.Null(await _store.HeadAsync(key, Stop));
    }

    [Fact]
    public async Task Objects_are_listed_in_order()
    {
        foreach (var text in new[] { "a", "b", "c", "d" })
        {
            await PutAsync(text);
        }

        var keys = new List<string>();
        await foreach (var info in _store.ListAsync("b/", null, Stop))
        {
            keys.Add(info.Key.Value);
        }

        Assert.True(keys.Zip(keys.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0));
        Assert.Equal(4, keys.Count);
    }

    private async Task<BlobKey> PutAsync(string text)
    {
        var content = System.Text.Encoding.UTF8.GetBytes(text);
        var key = BlobKey.ForContent(ContentHash.Of(content));
        await _store.PutIfAbsentAsync(key, content, Stop);
        return key;
    }
}
