namespace Terroir.Storage.Conformance;

/// <summary>What every <see cref="IGarbageStore"/> promises (invariant I4).</summary>
public abstract class GarbageStoreConformance : MetastoreConformance
{
    private static readonly TimeSpan Grace = TimeSpan.FromHours(24);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private IGarbageStore Garbage => Store.Garbage;

    [Fact]
    public async Task What_the_head_needs_is_never_garbage()
    {
        var script = await OpenAsync();
        await script.PublishAsync(script.Draft with { Objects = [StoreSamples.Records("r")] }, Token);
        await script.AddAsync("1", Token, "a.txt");

        Time.Advance(TimeSpan.FromDays(1_000));

        Assert.Empty(await MarkAsync(Grace));
    }

    [Fact]
    public async Task A_pack_is_garbage_when_its_last_document_goes_and_the_grace_has_passed()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt", "b.txt");
        await script.RemoveAsync(Token, "a.txt");
        Time.Advance(TimeSpan.FromMinutes(30));
        await script.RemoveAsync(Token, "b.txt");

        Time.Advance(Grace - Tick);
        Assert.Empty(await MarkAsync(Grace));
        Time.Advance(Tick);
        Assert.Equal([StoreSamples.Pack("pack 1")], await MarkAsync(Grace));
    }

    [Fact]
    public async Task A_pack_is_garbage_when_newer_versions_replaced_all_of_it()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        await script.AddAsync("2", Token, "a.txt");

        Assert.Equal([StoreSamples.Pack("pack 1")], await MarkAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task A_segment_is_garbage_after_a_merge()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        await MergeAsync(script, "merged", "segment 1");

        Assert.Equal(
            [StoreSamples.ObjectOf(StoreSamples.Segment("segment 1"))],
            await MarkAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task Records_are_garbage_when_a_generation_names_them()
    {
        var script = await OpenAsync();
        await script.PublishAsync(
            script.Draft with { Objects = [StoreSamples.Records("r 1"), StoreSamples.Records("r 2")] },
            Token);

        await script.PublishAsync(script.Draft with { Released = [StoreSamples.Hash("r 1")] }, Token);

        Assert.Equal([StoreSamples.Records("r 1")], await MarkAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task Naming_a_pack_that_a_document_needs_releases_nothing()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");

        await script.PublishAsync(
            script.Draft with { Released = [StoreSamples.Hash("pack 1"), StoreSamples.Hash("segment 1")] },
            Token);

        Assert.Empty(await MarkAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task What_another_collection_needs_stays()
    {
        var chu = await OpenAsync();
        var mairie = await CollectionScript.OpenAsync(Store, StoreSamples.Mairie, Token);
        await chu.AddAsync("1", Token, "a.txt");
        await mairie.AddAsync("1", Token, "a.txt");

        await chu.RemoveAsync(Token, "a.txt");
        Assert.Empty(await MarkAsync(TimeSpan.Zero));
        await mairie.RemoveAsync(Token, "a.txt");
        Assert.Equal([StoreSamples.Pack("pack 1")], await MarkAsync(TimeSpan.Zero));
    }

    // Somebody files a copy of a segment as a document: the same bytes are two things.
    [Fact]
    public async Task Bytes_that_are_both_a_segment_and_a_document_stay_while_they_are_either()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        var copy = StoreSamples.Pack("segment 1");
        var segment = StoreSamples.Segment("segment 2");
        await script.PublishAsync(
            script.Draft with
            {
                Objects = [copy, StoreSamples.ObjectOf(segment)],
                Segments = [segment],
                Documents = [StoreSamples.Document("copie.bin", copy, segment)],
            },
            Token);

        await script.RemoveAsync(Token, "copie.bin");

        Assert.Empty(await MarkAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task Bytes_that_are_records_here_and_a_document_there_stay_while_they_are_either()
    {
        var chu = await OpenAsync();
        var mairie = await CollectionScript.OpenAsync(Store, StoreSamples.Mairie, Token);
        await chu.PublishAsync(chu.Draft with { Objects = [StoreSamples.Records("pack 1")] }, Token);
        await mairie.AddAsync("1", Token, "a.txt");
        await mairie.RemoveAsync(Token, "a.txt");

        await chu.AddAsync("2", Token, "b.txt");

        Assert.Empty(await MarkAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task A_pin_keeps_what_its_generation_had()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        var pin = await Store.Catalog.PinAsync(StoreSamples.Chu, "test", TimeSpan.FromMinutes(5), Token);
        await script.RemoveAsync(Token, "a.txt");

        Assert.Empty(await MarkAsync(TimeSpan.Zero));
        await Store.Catalog.UnpinAsync(pin!, Token);
        Assert.Equal([StoreSamples.Pack("pack 1")], await MarkAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task A_pin_that_ended_keeps_nothing()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        await Store.Catalog.PinAsync(StoreSamples.Chu, "test", TimeSpan.FromMinutes(5), Token);
        await script.RemoveAsync(Token, "a.txt");

        Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Single(await MarkAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task A_pin_keeps_nothing_that_went_before_it()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        await script.RemoveAsync(Token, "a.txt");
        await Store.Catalog.PinAsync(StoreSamples.Chu, "test", TimeSpan.FromMinutes(5), Token);

        Assert.Equal([StoreSamples.Pack("pack 1")], await MarkAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task What_is_staged_stays_while_its_lease_is_held()
    {
        var script = await OpenAsync();
        await script.StageAsync(Token, StoreSamples.Hash("p"));

        Time.Advance(TimeSpan.FromHours(1) - Tick);

        Assert.Empty(await MarkAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task What_was_staged_is_garbage_from_the_end_of_its_lease()
    {
        var script = await OpenAsync();
        await script.StageAsync(Token, StoreSamples.Hash("p"));

        Time.Advance(TimeSpan.FromHours(1) + Grace - Tick);
        Assert.Empty(await MarkAsync(Grace));
        Time.Advance(Tick);
        Assert.Equal(StoreSamples.Hash("p"), Assert.Single(await MarkAsync(Grace)).Hash);
    }

    [Fact]
    public async Task What_was_unstaged_is_garbage_from_that_time()
    {
        var script = await OpenAsync();
        await script.StageAsync(Token, StoreSamples.Hash("p"));
        Time.Advance(TimeSpan.FromMinutes(30));
        await Store.Catalog.UnstageAsync(StoreSamples.Chu, script.Lease.Fence, Token);

        Time.Advance(Grace - Tick);
        Assert.Empty(await MarkAsync(Grace));
        Time.Advance(Tick);
        Assert.Single(await MarkAsync(Grace));
    }

    [Fact]
    public async Task What_was_staged_under_a_lease_that_was_given_back_is_garbage_from_that_time()
    {
        var script = await OpenAsync();
        await script.StageAsync(Token, StoreSamples.Hash("p"));
        Time.Advance(TimeSpan.FromMinutes(30));
        await Store.Leases.ReleaseAsync(script.Lease, Token);

        Time.Advance(Grace - Tick);
        Assert.Empty(await MarkAsync(Grace));
        Time.Advance(Tick);
        Assert.Single(await MarkAsync(Grace));
    }

    [Fact]
    public async Task The_grace_counts_from_the_last_staging()
    {
        var script = await OpenAsync();
        await script.StageAsync(Token, StoreSamples.Hash("p"));
        await Store.Catalog.UnstageAsync(StoreSamples.Chu, script.Lease.Fence, Token);
        Time.Advance(TimeSpan.FromMinutes(30));
        await script.StageAsync(Token, StoreSamples.Hash("p"));
        await Store.Catalog.UnstageAsync(StoreSamples.Chu, script.Lease.Fence, Token);

        Time.Advance(Grace - Tick);
        Assert.Empty(await MarkAsync(Grace));
        Time.Advance(Tick);
        Assert.Single(await MarkAsync(Grace));
    }

    [Fact]
    public async Task What_a_former_epoch_staged_is_garbage_from_the_takeover()
    {
        var script = await OpenAsync();
        await script.StageAsync(Token, StoreSamples.Hash("p"));
        Time.Advance(TimeSpan.FromMinutes(30));
        await script.TakeAsync(Token);

        Time.Advance(Grace - Tick);
        Assert.Empty(await MarkAsync(Grace));
        Time.Advance(Tick);
        Assert.Single(await MarkAsync(Grace));
    }

    [Fact]
    public async Task Staging_again_saves_what_was_let_go()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        await script.RemoveAsync(Token, "a.txt");

        Assert.Equal(PublishOutcome.Published, await script.StageAsync(Token, StoreSamples.Hash("pack 1")));

        Assert.Empty(await MarkAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task What_is_being_deleted_cannot_be_staged_until_it_is_confirmed()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        await script.RemoveAsync(Token, "a.txt");
        var lease = await AcquireAsync();
        await Garbage.MarkAsync(TimeSpan.Zero, 10, lease.Fence, Token);
        var pack = StoreSamples.Hash("pack 1");

        Assert.Equal(PublishOutcome.NotStaged, await script.StageAsync(Token, StoreSamples.Hash("other"), pack));
        Assert.True(await Garbage.ConfirmAsync([pack], lease.Fence, Token));
        Assert.Equal(PublishOutcome.Published, await script.StageAsync(Token, pack));
    }

    [Fact]
    public async Task A_staging_that_was_refused_staged_nothing()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        await script.RemoveAsync(Token, "a.txt");
        await MarkAsync(TimeSpan.Zero);

        await script.StageAsync(Token, StoreSamples.Hash("other"), StoreSamples.Hash("pack 1"));

        Assert.Empty(await Garbage.FindKnownAsync([StoreSamples.Hash("other")], Token));
    }

    [Fact]
    public async Task What_is_being_deleted_cannot_be_restored()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        var state = await Store.Catalog.ReadStateAsync(StoreSamples.Chu, 0, Token);
        var objects = await Store.Catalog.ListObjectsAsync(StoreSamples.Chu, Token);
        await script.RemoveAsync(Token, "a.txt");
        await MarkAsync(TimeSpan.Zero);
        var elsewhere = state! with { Head = state.Head with { Collection = StoreSamples.Mairie } };

        var exception = await Assert.ThrowsAsync<StorageFailedException>(() =>
            Store.Catalog.RestoreCollectionAsync(elsewhere, objects, Token));

        Assert.True(exception.IsTransient);
        Assert.Null(await Store.Catalog.ReadHeadAsync(StoreSamples.Mairie, Token));
    }

    [Fact]
    public async Task What_one_collector_marked_and_did_not_finish_the_next_one_gets()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        await script.RemoveAsync(Token, "a.txt");
        var first = await AcquireAsync();
        await Garbage.MarkAsync(TimeSpan.Zero, 10, first.Fence, Token);

        var second = await AcquireAsync();

        Assert.Single((await Garbage.MarkAsync(Grace, 10, second.Fence, Token))!);
        Assert.False(await Garbage.ConfirmAsync([StoreSamples.Hash("pack 1")], first.Fence, Token));
        Assert.Null(await Garbage.MarkAsync(TimeSpan.Zero, 10, first.Fence, Token));
        Assert.True(await Garbage.ConfirmAsync([StoreSamples.Hash("pack 1")], second.Fence, Token));
        Assert.Empty((await Garbage.MarkAsync(TimeSpan.Zero, 10, second.Fence, Token))!);
    }

    [Fact]
    public async Task Confirming_what_was_not_marked_forgets_nothing()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        var lease = await AcquireAsync();

        Assert.True(await Garbage.ConfirmAsync([StoreSamples.Hash("pack 1")], lease.Fence, Token));

        Assert.Equal(2, (await Store.Catalog.ListObjectsAsync(StoreSamples.Chu, Token)).Count);
    }

    [Fact]
    public async Task A_mark_takes_no_more_than_it_was_asked()
    {
        var script = await OpenAsync();
        var names = Enumerable.Range(0, 5).Select(i => StoreSamples.Hash($"p {i}")).ToArray();
        await script.StageAsync(Token, names);
        await Store.Catalog.UnstageAsync(StoreSamples.Chu, script.Lease.Fence, Token);
        var lease = await AcquireAsync();
        var known = 5;
        while (await Garbage.MarkAsync(TimeSpan.Zero, 2, lease.Fence, Token) is { Count: > 0 } marked)
        {
            Assert.InRange(marked.Count, 1, 2);
            await Garbage.ConfirmAsync([.. marked.Select(item => item.Hash)], lease.Fence, Token);
            known -= marked.Count;
            Assert.Equal(known, (await Garbage.FindKnownAsync(names, Token)).Count);
        }

        Assert.Equal(0, known);
    }

    [Fact]
    public async Task A_store_knows_what_is_staged_live_or_released()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        await script.AddAsync("2", Token, "a.txt");
        await script.StageAsync(Token, StoreSamples.Hash("p"));
        ContentHash[] known = [StoreSamples.Hash("pack 1"), StoreSamples.Hash("pack 2"), StoreSamples.Hash("p")];

        var found = await Garbage.FindKnownAsync([.. known, StoreSamples.Hash("stranger")], Token);

        Assert.Equal(known.Order(), found.Order());
    }

    [Fact]
    public async Task The_usage_of_a_pack_is_what_live_documents_point_to()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt", "b.txt", "c.txt");
        await script.AddAsync("2", Token, "b.txt");
        await script.RemoveAsync(Token, "c.txt");

        var usage = await Garbage.ReadPackUsageAsync(StoreSamples.Chu, Token);

        // Each sample document has 20 + 15 + 5 bytes.
        PackUsage[] expected =
        [
            new(StoreSamples.Hash("pack 1"), 1_000, 40),
            new(StoreSamples.Hash("pack 2"), 1_000, 40),
        ];
        Assert.Equal(expected.OrderBy(pack => pack.Pack), usage);
    }

    // Publishing what a collector has just marked would lose it: one of the two must be refused.
    [Fact]
    public async Task A_racing_stage_and_mark_never_both_win()
    {
        var script = await OpenAsync();
        var lease = await AcquireAsync();
        for (var i = 0; i < 20; i++)
        {
            var hash = StoreSamples.Hash($"p {i}");
            await script.StageAsync(Token, hash);
            await Store.Catalog.UnstageAsync(StoreSamples.Chu, script.Lease.Fence, Token);

            var staging = Task.Run(() => script.StageAsync(Token, hash), Token);
            var marking = Task.Run(() => Garbage.MarkAsync(TimeSpan.Zero, 100, lease.Fence, Token), Token);
            var isMarked = (await marking)!.Any(item => item.Hash == hash);

            Assert.Equal(isMarked ? PublishOutcome.NotStaged : PublishOutcome.Published, await staging);
            await Garbage.ConfirmAsync([hash], lease.Fence, Token);
        }
    }

    private Task<CollectionScript> OpenAsync() => CollectionScript.OpenAsync(Store, StoreSamples.Chu, Token);

    private async Task<Lease> AcquireAsync() =>
        (await Store.Leases.AcquireAsync("gc", "collector", TimeSpan.FromMinutes(5), Token))!;

    private async Task<IReadOnlyList<StoredObject>> MarkAsync(TimeSpan grace)
    {
        var lease = await AcquireAsync();
        return (await Garbage.MarkAsync(grace, 100, lease.Fence, Token))!;
    }

    private static Task MergeAsync(CollectionScript script, string name, params string[] inputs)
    {
        var output = StoreSamples.Segment(name);
        return script.PublishAsync(
            script.Draft with
            {
                Objects = [StoreSamples.ObjectOf(output)],
                Segments = [output],
                Merge = new SegmentMerge([.. inputs.Select(StoreSamples.Hash)], output),
            },
            Token);
    }
}
