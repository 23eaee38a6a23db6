namespace Terroir.Storage.Conformance;

/// <summary>What every <see cref="IObjectStore"/> promises.</summary>
public abstract class ObjectStoreConformance
{
    private const int RacerCount = 64;

    private static readonly byte[] Content = StoreSamples.Bytes("Le dossier est conservé vingt ans.");
    private static readonly BlobKey Key = BlobKey.ForContent(ContentHash.Of(Content));
    private static readonly BlobKey Manifest = BlobKey.ForManifest("valmont", StoreSamples.Chu, 7);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_object_is_read_back()
    {
        var store = await CreateAsync();

        Assert.Equal(PutOutcome.Created, await store.PutIfAbsentAsync(Key, Content, Token));

        Assert.Equal(Content, (await store.ReadAsync(Key, 0, Content.Length, Token)).ToArray());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 2)]
    [InlineData(3, 7)]
    public async Task A_range_is_exactly_those_bytes(int offset, int length)
    {
        var store = await CreateAsync();
        await store.PutIfAbsentAsync(Key, Content, Token);

        var range = await store.ReadAsync(Key, offset, length, Token);

        Assert.Equal(Content[offset..(offset + length)], range.ToArray());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 0)]
    [InlineData(1_000, 1)]
    public async Task A_range_beyond_the_object_is_missing(int offsetFromEnd, int length)
    {
        var store = await CreateAsync();
        await store.PutIfAbsentAsync(Key, Content, Token);

        // -1 stands for a range that begins within the object and ends beyond it.
        var offset = offsetFromEnd < 0 ? 1 : Content.Length + offsetFromEnd;
        var size = offsetFromEnd < 0 ? Content.Length : length;
        await Assert.ThrowsAsync<BlobMissingException>(() => store.ReadAsync(Key, offset, size, Token).AsTask());
    }

    [Fact]
    public async Task An_opened_object_has_the_bytes_and_keeps_them_when_it_is_deleted()
    {
        var store = await CreateAsync();
        await store.PutIfAbsentAsync(Key, Content, Token);

        var opened = await store.OpenAsync(Key, Content.Length, Token);
        await store.DeleteAsync([Key], Token);

        Assert.Equal(Content, opened.ToArray());
        await Assert.ThrowsAsync<BlobMissingException>(() => store.OpenAsync(Key, Content.Length, Token).AsTask());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task An_object_can_be_opened_in_part_and_not_beyond_its_end(int length)
    {
        var store = await CreateAsync();
        await store.PutIfAbsentAsync(Key, Content, Token);

        Assert.Equal(Content[..length], (await store.OpenAsync(Key, length, Token)).ToArray());
        await Assert.ThrowsAsync<BlobMissingException>(() => store.OpenAsync(Key, Content.Length + 1, Token).AsTask());
    }

    [Fact]
    public async Task An_absent_object_is_missing()
    {
        var store = await CreateAsync();

        Assert.Null(await store.HeadAsync(Key, Token));
        await Assert.ThrowsAsync<BlobMissingException>(() => store.ReadAsync(Key, 0, 1, Token).AsTask());
        await Assert.ThrowsAsync<BlobMissingException>(() => store.ReadAsync(Manifest, 0, 0, Token).AsTask());
    }

    [Fact]
    public async Task A_second_put_changes_nothing()
    {
        var store = await CreateAsync();
        await store.PutIfAbsentAsync(Manifest, Content, Token);

        var outcome = await store.PutIfAbsentAsync(Manifest, StoreSamples.Bytes("autre"), Token);

        Assert.Equal(PutOutcome.AlreadyThere, outcome);
        Assert.Equal(Content, (await store.ReadAsync(Manifest, 0, Content.Length, Token)).ToArray());
    }

    [Fact]
    public async Task Of_racing_puts_one_creates()
    {
        var store = await CreateAsync();
        var contents = Enumerable.Range(0, RacerCount).Select(i => StoreSamples.Bytes($"écrivain {i:D2}")).ToArray();

        var outcomes = await Task.WhenAll(contents.Select(content =>
            Task.Run(() => store.PutIfAbsentAsync(Manifest, content, Token).AsTask(), Token)));

        var winner = Assert.Single(outcomes.Index(), outcome => outcome.Item == PutOutcome.Created).Index;
        var stored = await store.ReadAsync(Manifest, 0, contents[winner].Length, Token);
        Assert.Equal(contents[winner], stored.ToArray());
    }

    [Fact]
    public async Task Racing_puts_of_many_keys_all_arrive()
    {
        var store = await CreateAsync();
        var contents = Enumerable.Range(0, RacerCount).Select(i => StoreSamples.Bytes($"objet {i:D2}")).ToArray();

        await Task.WhenAll(contents.Select(content => Task.Run(
            () => store.PutIfAbsentAsync(BlobKey.ForContent(ContentHash.Of(content)), content, Token).AsTask(),
            Token)));

        foreach (var content in contents)
        {
            var read = await store.ReadAsync(BlobKey.ForContent(ContentHash.Of(content)), 0, content.Length, Token);
            Assert.Equal(content, read.ToArray());
        }
    }

    [Fact]
    public async Task A_content_key_refuses_other_bytes()
    {
        var store = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() =>
            store.PutIfAbsentAsync(Key, StoreSamples.Bytes("autre"), Token).AsTask());

        Assert.Null(await store.HeadAsync(Key, Token));
    }

    [Fact]
    public async Task The_default_key_is_refused()
    {
        var store = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => store.PutIfAbsentAsync(default, Content, Token).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => store.ReadAsync(default, 0, 0, Token).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => store.HeadAsync(default, Token).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => store.DeleteAsync([default], Token).AsTask());
    }

    [Fact]
    public async Task A_caller_may_reuse_its_buffer()
    {
        var store = await CreateAsync();
        var buffer = Content.ToArray();
        await store.PutIfAbsentAsync(Key, buffer, Token);

        buffer.AsSpan().Clear();

        Assert.Equal(Content, (await store.ReadAsync(Key, 0, Content.Length, Token)).ToArray());
    }

    [Fact]
    public async Task A_cancelled_put_leaves_nothing()
    {
        var store = await CreateAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            store.PutIfAbsentAsync(Key, Content, new CancellationToken(canceled: true)).AsTask());

        Assert.Null(await store.HeadAsync(Key, Token));
    }

    [Fact]
    public async Task An_empty_object_is_an_object()
    {
        var store = await CreateAsync();
        var key = BlobKey.ForContent(ContentHash.Of([]));

        await store.PutIfAbsentAsync(key, ReadOnlyMemory<byte>.Empty, Token);

        Assert.Equal(0, (await store.HeadAsync(key, Token))?.SizeBytes);
        Assert.Equal(0, (await store.ReadAsync(key, 0, 0, Token)).Length);
    }

    [Fact]
    public async Task A_large_object_keeps_every_byte()
    {
        var store = await CreateAsync();
        var content = new byte[3 << 20];
        new Random(7).NextBytes(content);
        var key = BlobKey.ForContent(ContentHash.Of(content));

        await store.PutIfAbsentAsync(key, content, Token);

        var read = await store.ReadAsync(key, 0, content.Length, Token);
        Assert.Equal(key.Content, ContentHash.Of(read.Span));
    }

    [Fact]
    public async Task A_head_tells_the_size_and_the_key()
    {
        var store = await CreateAsync();
        await store.PutIfAbsentAsync(Key, Content, Token);

        var info = await store.HeadAsync(Key, Token);

        Assert.Equal((Key, Content.Length), (info!.Key, info.SizeBytes));
    }

    [Fact]
    public async Task A_list_is_complete_and_in_order()
    {
        var store = await CreateAsync();
        var contents = Enumerable.Range(0, 20).Select(i => StoreSamples.Bytes($"objet {i}")).ToArray();
        foreach (var content in contents)
        {
            await store.PutIfAbsentAsync(BlobKey.ForContent(ContentHash.Of(content)), content, Token);
        }

        await store.PutIfAbsentAsync(Manifest, Content, Token);

        var expected = contents.Select(content => BlobKey.ForContent(ContentHash.Of(content)).Value)
            .Order(StringComparer.Ordinal)
            .ToArray();
        Assert.Equal(expected, await ListAsync(store, "b/", after: null));
        Assert.Equal(expected[8..], await ListAsync(store, "b/", expected[7]));
    }

    [Fact]
    public async Task A_list_of_manifests_is_that_of_one_collection_by_generation()
    {
        var store = await CreateAsync();
        foreach (var generation in new long[] { 10, 9, 100 })
        {
            await store.PutIfAbsentAsync(
                BlobKey.ForManifest("valmont", StoreSamples.Chu, generation),
                Content,
                Token);
        }

        await store.PutIfAbsentAsync(BlobKey.ForManifest("valmont", StoreSamples.Mairie, 1), Content, Token);
        await store.PutIfAbsentAsync(BlobKey.ForManifest("valmont", new CollectionId("chu-2"), 1), Content, Token);

        var keys = await ListAsync(store, BlobKey.ManifestPrefix("valmont", StoreSamples.Chu), after: null);

        Assert.Equal(["09", "10", "00"], keys.Select(key => key[^2..]));
    }

    [Fact]
    public async Task A_list_of_an_empty_store_is_empty()
    {
        var store = await CreateAsync();

        Assert.Empty(await ListAsync(store, "b/", after: null));
        Assert.Empty(await ListAsync(store, BlobKey.ManifestPrefix("valmont", StoreSamples.Chu), after: null));
    }

    [Fact]
    public async Task Only_the_checkpoint_of_a_ledger_is_replaced()
    {
        var store = await CreateAsync();
        var checkpoint = BlobKey.ForLedger("site", "checkpoint");
        await store.ReplaceAsync(checkpoint, new byte[] { 1, 2, 3 }, Token);
        await store.ReplaceAsync(checkpoint, new byte[] { 4 }, Token);

        Assert.Equal(1, (await store.HeadAsync(checkpoint, Token))!.SizeBytes);
        Assert.Equal(new byte[] { 4 }, (await store.ReadAsync(checkpoint, 0, 1, Token)).ToArray());
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await store.ReplaceAsync(BlobKey.ForLedger("site", "tile/0/000"), new byte[] { 5 }, Token));
    }

    [Fact]
    public async Task A_deleted_object_is_gone_and_can_be_put_again()
    {
        var store = await CreateAsync();
        await store.PutIfAbsentAsync(Key, Content, Token);
        await store.PutIfAbsentAsync(Manifest, Content, Token);

        await store.DeleteAsync([Key], Token);

        Assert.Null(await store.HeadAsync(Key, Token));
        Assert.NotNull(await store.HeadAsync(Manifest, Token));
        Assert.Equal(PutOutcome.Created, await store.PutIfAbsentAsync(Key, Content, Token));
    }

    [Fact]
    public async Task Deleting_what_is_absent_is_no_error()
    {
        var store = await CreateAsync();

        await store.DeleteAsync([Key, Manifest], Token);
        await store.DeleteAsync([], Token);

        Assert.Null(await store.HeadAsync(Key, Token));
    }

    [Fact]
    public async Task A_sweep_leaves_every_object()
    {
        var store = await CreateAsync();
        await store.PutIfAbsentAsync(Key, Content, Token);

        Assert.Equal(0, await store.SweepAsync(TimeSpan.Zero, Token));

        Assert.NotNull(await store.HeadAsync(Key, Token));
    }

    /// <summary>Creates an empty store.</summary>
    /// <returns>The store.</returns>
    protected abstract Task<IObjectStore> CreateAsync();

    private static async Task<IReadOnlyList<string>> ListAsync(IObjectStore store, string prefix, string? after)
    {
        var keys = new List<string>();
        await foreach (var info in store.ListAsync(prefix, after, Token))
        {
            keys.Add(info.Key.Value);
        }

        return keys;
    }
}
