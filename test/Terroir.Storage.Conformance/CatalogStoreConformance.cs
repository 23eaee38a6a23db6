namespace Terroir.Storage.Conformance;

/// <summary>What every <see cref="ICatalogStore"/> promises (invariants I1 to I3 and I5).</summary>
public abstract class CatalogStoreConformance : MetastoreConformance
{
    private const int RacerCount = 16;

    private ICatalogStore Catalog => Store.Catalog;

    [Fact]
    public async Task A_collection_is_created_once()
    {
        Assert.True(await Catalog.CreateCollectionAsync(StoreSamples.Chu, Token));
        Assert.False(await Catalog.CreateCollectionAsync(StoreSamples.Chu, Token));

        var head = await Catalog.ReadHeadAsync(StoreSamples.Chu, Token);
        Assert.Equal(new CollectionHead(StoreSamples.Chu, 0, default, Time.GetUtcNow()), head);
    }

    [Fact]
    public async Task Creating_again_keeps_what_was_published()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");

        Assert.False(await Catalog.CreateCollectionAsync(StoreSamples.Chu, Token));

        Assert.Equal(1, (await Catalog.ReadHeadAsync(StoreSamples.Chu, Token))?.Generation);
    }

    [Fact]
    public async Task An_unknown_collection_is_null()
    {
        Assert.Null(await Catalog.ReadHeadAsync(StoreSamples.Chu, Token));
        Assert.Null(await Catalog.ReadStateAsync(StoreSamples.Chu, 0, Token));
        Assert.Null(await Catalog.ReadRecordsAsync(StoreSamples.Chu, 0, Token));
        Assert.Null(await Catalog.PinAsync(StoreSamples.Chu, "test", TimeSpan.FromMinutes(1), Token));
        Assert.Null(await FindAsync("a.txt"));
        Assert.Empty(await Catalog.ListObjectsAsync(StoreSamples.Chu, Token));
    }

    [Fact]
    public async Task Heads_are_listed_by_name()
    {
        foreach (var name in new[] { "mairie", "chu-2", "chu" })
        {
            await Catalog.CreateCollectionAsync(new CollectionId(name), Token);
        }

        var heads = await Catalog.ListHeadsAsync(Token);

        Assert.Equal(["chu", "chu-2", "mairie"], heads.Select(head => head.Collection.Value));
    }

    [Fact]
    public async Task A_generation_becomes_the_head_with_all_that_it_brings()
    {
        var script = await OpenAsync();
        Time.Advance(TimeSpan.FromMinutes(5));

        await script.AddAsync("1", Token, "b.txt", "a.txt");

        var state = await ReadAsync(0);
        Assert.Equal(new CollectionHead(StoreSamples.Chu, 1, StoreSamples.Hash("chu 1"), Time.GetUtcNow()), state.Head);
        Assert.Equal([StoreSamples.Segment("segment 1")], state.Segments);
        Assert.Equal(state.Documents.Select(Id).Order(), state.Documents.Select(Id));
        Assert.Equal(["a.txt", "b.txt"], Paths(state));
        Assert.Equal(state.Head, await Catalog.ReadHeadAsync(StoreSamples.Chu, Token));
    }

    [Fact]
    public async Task A_document_is_read_back_whole()
    {
        var script = await OpenAsync();
        var (pack, segment) = (StoreSamples.Pack("p"), StoreSamples.Segment("s"));
        var row = StoreSamples.Document("rh/congés.docx", pack, segment);
        row = row with
        {
            Document = row.Document with
            {
                Access = new AccessList(["group:rh", "user:zoé"], ["user:lé"]),
                Warnings = ["2 pictures were left out"],
            },
        };

        await script.PublishAsync(
            script.Draft with
            {
                Objects = [pack, StoreSamples.ObjectOf(segment)],
                Segments = [segment],
                Documents = [row],
            },
            Token);

        var found = await FindAsync("rh/congés.docx");
        Assert.Equal(row.Document.ToJson(), found!.Document.ToJson());
        Assert.Equal(segment.Hash, found.Segment);
    }

    [Fact]
    public async Task Documents_of_a_segment_and_the_size_of_all_records_are_those_of_the_state()
    {
        Assert.Equal(default, await Catalog.MeasureRecordsAsync(StoreSamples.Chu, Token));
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "b.txt", "a.txt", "c.txt");
        await script.AddAsync("2", Token, "a.txt");
        await script.RemoveAsync(Token, "c.txt");

        var state = await ReadAsync(0);
        Assert.Equal(2, state.Segments.Count);
        foreach (var segment in state.Segments.Select(row => row.Hash).Append(StoreSamples.Hash("no segment")))
        {
            Assert.Equal(
                state.Documents.Where(row => row.Segment == segment).Select(Id),
                await Catalog.ListDocumentsAsync(StoreSamples.Chu, segment, Token));
        }

        Assert.Equal(
            (2, state.Documents.Sum(row => (long)row.Document.ToJson().Length)),
            await Catalog.MeasureRecordsAsync(StoreSamples.Chu, Token));
    }

    [Fact]
    public async Task A_new_version_replaces_the_former()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        await script.AddAsync("2", Token, "a.txt");

        Assert.Equal(StoreSamples.Hash("a.txt 2"), (await FindAsync("a.txt"))?.Document.Version);
        Assert.Single((await ReadAsync(0)).Documents);
    }

    [Fact]
    public async Task A_removed_document_is_gone()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt", "b.txt");

        await script.RemoveAsync(Token, "a.txt", "unknown.txt");

        Assert.Null(await FindAsync("a.txt"));
        Assert.Equal(["b.txt"], Paths(await ReadAsync(0)));
    }

    [Fact]
    public async Task A_generation_on_an_old_head_is_superseded_and_changes_nothing()
    {
        var script = await OpenAsync();
        var old = script.Draft;
        await script.AddAsync("1", Token, "a.txt");
        await script.StageAsync(Token, StoreSamples.Hash("p"));

        var outcome = await Catalog.PublishAsync(
            old with { Objects = [StoreSamples.Pack("p")], Removed = [IdOf("a.txt")], Jobs = [Job] },
            Token);

        Assert.Equal(PublishOutcome.Superseded, outcome);
        Assert.Equal(["a.txt"], Paths(await ReadAsync(0)));
        Assert.Empty(await Store.Jobs.ReadStatusAsync(Token));
    }

    [Fact]
    public async Task A_generation_ahead_of_the_head_is_superseded()
    {
        var script = await OpenAsync();

        var outcome = await Catalog.PublishAsync(script.Draft with { ExpectedGeneration = 1 }, Token);

        Assert.Equal(PublishOutcome.Superseded, outcome);
    }

    // Else a writer would be told that its documents are durable, and no reader would ever find them.
    [Fact]
    public async Task A_generation_of_an_unknown_collection_is_superseded()
    {
        var script = await OpenAsync();

        var outcome = await Catalog.PublishAsync(script.Draft with { Collection = StoreSamples.Mairie }, Token);

        Assert.Equal(PublishOutcome.Superseded, outcome);
        Assert.Empty(await Catalog.ListPendingManifestsAsync(Token));
    }

    [Fact]
    public async Task The_holder_of_an_ended_lease_changes_nothing()
    {
        var script = await OpenAsync();
        Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(PublishOutcome.LeaseLost, await script.StageAsync(Token, StoreSamples.Hash("p")));
        Assert.Equal(PublishOutcome.LeaseLost, await Catalog.PublishAsync(script.Draft, Token));
        Assert.Equal(0, (await Catalog.ReadHeadAsync(StoreSamples.Chu, Token))?.Generation);
    }

    [Fact]
    public async Task The_holder_of_an_old_epoch_changes_nothing()
    {
        var script = await OpenAsync();
        var old = script.Draft;
        await script.TakeAsync(Token);

        Assert.Equal(PublishOutcome.LeaseLost, await Catalog.PublishAsync(old, Token));
        Assert.Equal(
            PublishOutcome.LeaseLost,
            await Catalog.StageAsync(StoreSamples.Chu, [StoreSamples.Hash("p")], old.Fence, Token));
        Assert.Equal(PublishOutcome.Published, await Catalog.PublishAsync(script.Draft, Token));
    }

    [Fact]
    public async Task An_object_that_was_not_staged_is_not_published()
    {
        var script = await OpenAsync();

        var outcome = await Catalog.PublishAsync(
            script.Draft with { Objects = [StoreSamples.Records("r")] },
            Token);

        Assert.Equal(PublishOutcome.NotStaged, outcome);
        Assert.Equal(0, (await Catalog.ReadHeadAsync(StoreSamples.Chu, Token))?.Generation);
    }

    [Fact]
    public async Task What_was_staged_under_another_epoch_is_not_staged()
    {
        var script = await OpenAsync();
        await script.StageAsync(Token, StoreSamples.Hash("r"));
        await script.TakeAsync(Token);

        var outcome = await Catalog.PublishAsync(
            script.Draft with { Objects = [StoreSamples.Records("r")] },
            Token);

        Assert.Equal(PublishOutcome.NotStaged, outcome);
    }

    [Fact]
    public async Task What_was_staged_for_another_collection_is_not_staged()
    {
        var script = await OpenAsync();
        await Catalog.StageAsync(StoreSamples.Mairie, [StoreSamples.Hash("r")], script.Lease.Fence, Token);

        var outcome = await Catalog.PublishAsync(
            script.Draft with { Objects = [StoreSamples.Records("r")] },
            Token);

        Assert.Equal(PublishOutcome.NotStaged, outcome);
    }

    [Fact]
    public async Task What_was_unstaged_is_not_staged()
    {
        var script = await OpenAsync();
        await script.StageAsync(Token, StoreSamples.Hash("r"));
        await Catalog.UnstageAsync(StoreSamples.Chu, script.Lease.Fence, Token);

        var outcome = await Catalog.PublishAsync(
            script.Draft with { Objects = [StoreSamples.Records("r")] },
            Token);

        Assert.Equal(PublishOutcome.NotStaged, outcome);
    }

    [Fact]
    public async Task A_document_that_points_nowhere_is_a_bug_of_the_caller()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        var row = StoreSamples.Document("b.txt", StoreSamples.Pack("unknown"), StoreSamples.Segment("segment 1"));

        await Assert.ThrowsAsync<ArgumentException>(() =>
            Catalog.PublishAsync(script.Draft with { Documents = [row] }, Token));

        Assert.Equal(["a.txt"], Paths(await ReadAsync(0)));
        Assert.Equal(1, (await Catalog.ReadHeadAsync(StoreSamples.Chu, Token))?.Generation);
    }

    [Fact]
    public async Task A_segment_without_its_object_is_a_bug_of_the_caller()
    {
        var script = await OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() =>
            Catalog.PublishAsync(script.Draft with { Segments = [StoreSamples.Segment("s")] }, Token));

        Assert.Equal(0, (await Catalog.ReadHeadAsync(StoreSamples.Chu, Token))?.Generation);
    }

    [Fact]
    public async Task A_segment_that_the_same_generation_merges_away_holds_no_document()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        await script.AddAsync("2", Token, "b.txt");
        var late = StoreSamples.Document("c.txt", StoreSamples.Pack("pack 1"), StoreSamples.Segment("segment 1"));
        var output = StoreSamples.Segment("merged");

        await script.PublishAsync(
            script.Draft with
            {
                Objects = [StoreSamples.ObjectOf(output)],
                Documents = [late],
                Merge = new SegmentMerge([StoreSamples.Hash("segment 1")], output),
            },
            Token);

        Assert.Equal(output.Hash, (await FindAsync("c.txt"))?.Segment);
    }

    [Fact]
    public async Task The_same_bytes_are_listed_once_for_each_of_their_roles()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        var (copy, segment) = (StoreSamples.Pack("segment 1"), StoreSamples.Segment("segment 2"));

        await script.PublishAsync(
            script.Draft with
            {
                Objects = [copy, StoreSamples.ObjectOf(segment)],
                Segments = [segment],
                Documents = [StoreSamples.Document("copie.bin", copy, segment)],
            },
            Token);

        var roles = (await Catalog.ListObjectsAsync(StoreSamples.Chu, Token))
            .Where(item => item.Hash == copy.Hash)
            .Select(item => item.Kind);
        Assert.Equal([ObjectKind.Pack, ObjectKind.Segment], roles);
    }

    [Fact]
    public async Task A_document_in_no_segment_is_a_bug_of_the_caller()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        var row = StoreSamples.Document("b.txt", StoreSamples.Pack("pack 1"), StoreSamples.Segment("unknown"));

        await Assert.ThrowsAsync<ArgumentException>(() =>
            Catalog.PublishAsync(script.Draft with { Documents = [row] }, Token));

        Assert.Equal(1, (await Catalog.ReadHeadAsync(StoreSamples.Chu, Token))?.Generation);
    }

    [Fact]
    public async Task Of_racing_publishers_one_wins()
    {
        var script = await OpenAsync();
        var draft = script.Draft;
        for (var i = 0; i < RacerCount; i++)
        {
            await script.StageAsync(Token, StoreSamples.Hash($"r {i}"));
        }

        var outcomes = await Task.WhenAll(Enumerable.Range(0, RacerCount).Select(i => Task.Run(
            () => Catalog.PublishAsync(
                draft with { Objects = [StoreSamples.Records($"r {i}")], ManifestHash = StoreSamples.Hash($"m {i}") },
                Token),
            Token)));

        var winner = Assert.Single(outcomes.Index(), outcome => outcome.Item == PublishOutcome.Published).Index;
        var head = await Catalog.ReadHeadAsync(StoreSamples.Chu, Token);
        Assert.Equal((1L, StoreSamples.Hash($"m {winner}")), (head!.Generation, head.Manifest));
        Assert.Equal(
            StoreSamples.Hash($"r {winner}"),
            Assert.Single(await Catalog.ListObjectsAsync(StoreSamples.Chu, Token)).Hash);
        Assert.Equal(RacerCount - 1, outcomes.Count(outcome => outcome == PublishOutcome.Superseded));
    }

    [Fact]
    public async Task A_manifest_is_pending_until_it_is_confirmed()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        await script.AddAsync("2", Token, "a.txt");

        var pending = await Catalog.ListPendingManifestsAsync(Token);
        Assert.Equal([1L, 2L], pending.Select(item => item.Generation));
        Assert.Equal(StoreSamples.Bytes("chu 1"), pending[0].Manifest.ToArray());

        await Catalog.ConfirmManifestAsync(StoreSamples.Chu, 1, Token);
        await Catalog.ConfirmManifestAsync(StoreSamples.Chu, 1, Token);
        Assert.Equal(2, Assert.Single(await Catalog.ListPendingManifestsAsync(Token)).Generation);
    }

    [Fact]
    public async Task Changes_since_a_generation_are_those_documents_only()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt", "b.txt", "c.txt");
        await script.AddAsync("2", Token, "b.txt", "d.txt");
        await script.RemoveAsync(Token, "c.txt");

        var state = await ReadAsync(1);

        Assert.Equal((1L, 3L), (state.Since, state.Head.Generation));
        Assert.Equal(["b.txt", "d.txt"], Paths(state));
        Assert.Equal([IdOf("c.txt")], state.Removed);
        Assert.Equal(2, state.Segments.Count);
    }

    [Fact]
    public async Task Nothing_changed_since_the_head()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");

        var state = await ReadAsync(1);

        Assert.Equal(1, state.Since);
        Assert.Empty(state.Documents);
        Assert.Empty(state.Removed);
        Assert.Single(state.Segments);
    }

    [Fact]
    public async Task A_document_that_came_back_is_not_among_the_removed()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt", "b.txt");
        await script.RemoveAsync(Token, "a.txt");
        await script.AddAsync("3", Token, "a.txt");

        var state = await ReadAsync(1);

        Assert.Equal(["a.txt"], Paths(state));
        Assert.Empty(state.Removed);
    }

    [Fact]
    public async Task A_generation_that_is_not_known_is_answered_with_everything()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");

        var state = await ReadAsync(7);

        Assert.Equal(0, state.Since);
        Assert.Equal(["a.txt"], Paths(state));
    }

    [Fact]
    public async Task A_merge_moves_the_documents_of_its_inputs()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        await script.AddAsync("2", Token, "b.txt");
        await script.AddAsync("3", Token, "c.txt");
        var output = StoreSamples.Segment("merged");

        await script.PublishAsync(
            script.Draft with
            {
                Objects = [StoreSamples.ObjectOf(output)],
                Segments = [output],
                Merge = new SegmentMerge([StoreSamples.Hash("segment 1"), StoreSamples.Hash("segment 2")], output),
            },
            Token);

        var state = await ReadAsync(3);
        Assert.Equal(["a.txt", "b.txt"], Paths(state));
        Assert.All(state.Documents, row => Assert.Equal(output.Hash, row.Segment));
        Assert.Equal(
            new[] { output.Hash, StoreSamples.Hash("segment 3") }.Order(),
            state.Segments.Select(row => row.Hash));
    }

    [Fact]
    public async Task The_output_of_a_merge_joins_even_if_only_the_merge_names_it()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        var output = StoreSamples.Segment("merged");

        await script.PublishAsync(
            script.Draft with
            {
                Objects = [StoreSamples.ObjectOf(output)],
                Merge = new SegmentMerge([StoreSamples.Hash("segment 1")], output),
            },
            Token);

        Assert.Equal([output], (await ReadAsync(0)).Segments);
        Assert.Contains(await Catalog.ListObjectsAsync(StoreSamples.Chu, Token), item => item.Hash == output.Hash);
    }

    // A merge of one segment without dead documents builds the same bytes.
    [Fact]
    public async Task The_output_of_a_merge_may_be_one_of_its_inputs()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        var segment = StoreSamples.Segment("segment 1");

        await script.PublishAsync(
            script.Draft with
            {
                Objects = [StoreSamples.ObjectOf(segment)],
                Segments = [segment],
                Merge = new SegmentMerge([segment.Hash], segment),
            },
            Token);

        Assert.Equal([segment], (await ReadAsync(0)).Segments);
        Assert.Equal(2, (await Catalog.ListObjectsAsync(StoreSamples.Chu, Token)).Count);
    }

    [Fact]
    public async Task A_merge_of_dead_segments_needs_no_output()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        await script.RemoveAsync(Token, "a.txt");

        await script.PublishAsync(
            script.Draft with { Merge = new SegmentMerge([StoreSamples.Hash("segment 1")], null) },
            Token);

        Assert.Empty((await ReadAsync(0)).Segments);
        Assert.Empty(await Catalog.ListObjectsAsync(StoreSamples.Chu, Token));
    }

    [Fact]
    public async Task A_merge_that_would_lose_a_live_document_is_a_bug_of_the_caller()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");

        await Assert.ThrowsAsync<ArgumentException>(() => Catalog.PublishAsync(
            script.Draft with { Merge = new SegmentMerge([StoreSamples.Hash("segment 1")], null) },
            Token));

        Assert.Single((await ReadAsync(0)).Segments);
    }

    [Fact]
    public async Task The_objects_of_the_head_are_what_its_documents_segments_and_records_need()
    {
        var script = await OpenAsync();
        await script.PublishAsync(script.Draft with { Objects = [StoreSamples.Records("r 1")] }, Token);
        await script.AddAsync("1", Token, "a.txt");
        await script.AddAsync("2", Token, "a.txt");

        var objects = await Catalog.ListObjectsAsync(StoreSamples.Chu, Token);

        StoredObject[] expected =
        [
            StoreSamples.Records("r 1"),
            StoreSamples.Pack("pack 2"),
            StoreSamples.ObjectOf(StoreSamples.Segment("segment 1")),
            StoreSamples.ObjectOf(StoreSamples.Segment("segment 2")),
        ];
        Assert.Equal(expected.OrderBy(item => item.Hash), objects);
    }

    [Fact]
    public async Task A_restored_collection_is_the_one_that_was_read()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt", "b.txt");
        await script.AddAsync("2", Token, "b.txt");
        var state = await ReadAsync(0);
        var objects = await Catalog.ListObjectsAsync(StoreSamples.Chu, Token);
        var elsewhere = state with { Head = state.Head with { Collection = StoreSamples.Mairie } };

        Assert.True(await Catalog.RestoreCollectionAsync(elsewhere, objects, Token));
        Assert.False(await Catalog.RestoreCollectionAsync(elsewhere, objects, Token));

        var restored = await Catalog.ReadStateAsync(StoreSamples.Mairie, 0, Token);
        Assert.Equal(elsewhere.Head, restored!.Head);
        Assert.Equal(state.Segments, restored.Segments);
        Assert.Equal(Paths(state), Paths(restored));
        Assert.Equal(objects, await Catalog.ListObjectsAsync(StoreSamples.Mairie, Token));
    }

    // A reader that lived through the restore would go on showing what was removed before it.
    [Fact]
    public async Task What_changed_before_a_restore_is_not_known()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt", "b.txt");
        await script.RemoveAsync(Token, "a.txt");
        var state = await ReadAsync(0);
        var objects = await Catalog.ListObjectsAsync(StoreSamples.Chu, Token);
        var elsewhere = state with { Head = state.Head with { Collection = StoreSamples.Mairie } };
        await Catalog.RestoreCollectionAsync(elsewhere, objects, Token);

        Assert.Equal(0, (await Catalog.ReadStateAsync(StoreSamples.Mairie, 1, Token))?.Since);
        Assert.Equal(2, (await Catalog.ReadStateAsync(StoreSamples.Mairie, 2, Token))?.Since);
    }

    [Fact]
    public async Task A_restored_collection_goes_on()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");
        var state = await ReadAsync(0);
        var objects = await Catalog.ListObjectsAsync(StoreSamples.Chu, Token);
        var elsewhere = state with { Head = state.Head with { Collection = StoreSamples.Mairie } };
        await Catalog.RestoreCollectionAsync(elsewhere, objects, Token);

        var next = await CollectionScript.OpenAsync(Store, StoreSamples.Mairie, Token);
        await next.AddAsync("2", Token, "b.txt");

        var restored = await Catalog.ReadStateAsync(StoreSamples.Mairie, 0, Token);
        Assert.Equal((2L, 2), (restored!.Head.Generation, restored.Documents.Count));
    }

    [Fact]
    public async Task A_cancelled_call_changes_nothing()
    {
        var script = await OpenAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Catalog.PublishAsync(script.Draft, new CancellationToken(canceled: true)));

        Assert.Equal(0, (await Catalog.ReadHeadAsync(StoreSamples.Chu, Token))?.Generation);
    }

    [Fact]
    public async Task A_pin_ends_at_its_time_unless_it_is_renewed()
    {
        await OpenAsync();
        var pin = await Catalog.PinAsync(StoreSamples.Chu, "test", TimeSpan.FromMinutes(5), Token);
        Assert.Equal((0L, Time.GetUtcNow().AddMinutes(5)), (pin!.Generation, pin.Until));

        Time.Advance(TimeSpan.FromMinutes(4));
        var renewed = await Catalog.RenewPinAsync(pin, TimeSpan.FromMinutes(5), Token);
        Assert.Equal(pin with { Until = Time.GetUtcNow().AddMinutes(5) }, renewed);

        Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(await Catalog.RenewPinAsync(renewed!, TimeSpan.FromMinutes(5), Token));
    }

    [Fact]
    public async Task A_pin_that_was_taken_back_is_not_renewed()
    {
        await OpenAsync();
        var pin = await Catalog.PinAsync(StoreSamples.Chu, "test", TimeSpan.FromMinutes(5), Token);

        await Catalog.UnpinAsync(pin!, Token);
        await Catalog.UnpinAsync(pin!, Token);

        Assert.Null(await Catalog.RenewPinAsync(pin!, TimeSpan.FromMinutes(5), Token));
    }

    [Fact]
    public async Task A_sound_store_has_nothing_to_report()
    {
        var script = await OpenAsync();
        await script.AddAsync("1", Token, "a.txt");

        Assert.Empty(await Store.CheckAsync(Token));
    }

    private static JobRequest Job => new("merge", StoreSamples.Chu, "");

    private static DocumentId IdOf(string path) => DocumentId.For(StoreSamples.Chu, "folder:" + path);

    private static DocumentId Id(DocumentRow row) => row.Document.Id;

    private static IEnumerable<string> Paths(CollectionState state) =>
        state.Documents.Select(row => row.Document.Path).Order(StringComparer.Ordinal);

    private Task<CollectionScript> OpenAsync() => CollectionScript.OpenAsync(Store, StoreSamples.Chu, Token);

    // Every reading is compared with the reading of the same as stored records.
    private async Task<CollectionState> ReadAsync(long since)
    {
        var state = (await Catalog.ReadStateAsync(StoreSamples.Chu, since, Token))!;
        var records = (await Catalog.ReadRecordsAsync(StoreSamples.Chu, since, Token))!;
        Assert.Equal((state.Head, state.Since), (records.Head, records.Since));
        Assert.Equal(state.Segments, records.Segments);
        Assert.Equal(state.Removed, records.Removed);
        Assert.Equal(
            state.Documents.Select(row => (row.Document.Id, Convert.ToHexString(row.Document.ToJson()), row.Segment)),
            records.Documents.Select(row => (row.Id, Convert.ToHexString(row.Record.Span), row.Segment)));
        return state;
    }

    private Task<DocumentRow?> FindAsync(string path) =>
        Catalog.FindDocumentAsync(StoreSamples.Chu, IdOf(path), Token);
}
