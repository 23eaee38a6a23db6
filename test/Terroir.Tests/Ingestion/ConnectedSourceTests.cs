using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Tests.Ingestion;

/// <summary>Sources of any kind: changes since a cursor, permissions, failures and the guard against loss.</summary>
public sealed class ConnectedSourceTests : IAsyncLifetime
{
    private readonly TestSite _site = new();
    private readonly ListConnector _list = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Connectors = [_list];
        _site.Hosts = _list;
        _site.Time = new HurriedTime();
        await AddAsync(SourcePermissions.Source);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task What_changed_since_the_cursor_is_read_and_nothing_else()
    {
        Fill(10);
        await _site.SyncAsync();
        _list.Put("03.md", "Le parking changé.");
        _list.Put("99.md", "Le parking neuf.");
        _list.Delete("00.md");
        _list.Fetched.Clear();

        var report = await _site.SyncAsync();

        Assert.Equal([null, "10"], _list.Cursors);
        Assert.Equal(["03.md", "99.md"], _list.Fetched.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal((1, 1, 1), (report.AddedCount, report.ChangedCount, report.RemovedCount));
        Assert.Equal((10, 8), (report.FileCount, report.UnchangedCount));
        Assert.Equal(10, (await _site.SearchAsync("parking")).Count);
    }

    [Fact]
    public async Task A_cursor_finds_what_a_complete_listing_finds()
    {
        Fill(10);
        await _site.SyncAsync();
        _list.Share("01.md", new AccessList(["group:x"], []));
        _list.Delete("02.md");
        _list.Put("03.md", "Le parking changé.");
        await _site.SyncAsync();
        var byCursor = await DescribeAsync();

        await SaveAsync(source => source with { Cursor = null });
        await _site.SyncAsync();

        Assert.Equal(byCursor, await DescribeAsync());
    }

    [Fact]
    public async Task The_cursor_moves_when_all_is_committed_and_not_before()
    {
        Fill(300);
        _site.Reader = new CountingReader
        {
            BeforeReadAsync = name => name is "290.md" ? throw new NotSupportedException() : Task.CompletedTask,
        };
        await Assert.ThrowsAsync<NotSupportedException>(() => _site.SyncAsync());
        var before = (await SourceAsync()).Cursor;
        _site.Reader = new CountingReader();

        await _site.SyncAsync();

        Assert.Equal((null, "300"), (before, (await SourceAsync()).Cursor));
        Assert.Equal(300, (await _site.DocumentsAsync()).Count);
    }

    [Theory]
    [InlineData(FetchVerdict.Refused)]
    [InlineData(FetchVerdict.Unstable)]
    public async Task What_could_not_be_fetched_is_tried_again_and_holds_up_nothing(FetchVerdict verdict)
    {
        Fill(3);
        _list.Faults["01.md"] = verdict;
        var first = await _site.SyncAsync();
        _list.Faults.Clear();

        var second = await _site.SyncAsync();

        Assert.Equal((2, 1), (first.AddedCount, first.QuarantinedCount));
        Assert.Equal((1, 2), (second.AddedCount, second.UnchangedCount));
        Assert.Empty(await _site.QuarantineAsync());
    }

    [Fact]
    public async Task Many_that_are_told_to_be_gone_stop_the_source_and_the_cursor_stays()
    {
        Fill(10);
        await _site.SyncAsync();
        for (var number = 0; number < 3; number++)
        {
            _list.Delete($"0{number}.md");
        }

        var held = await _site.SyncAsync();
        var kept = (await _site.DocumentsAsync()).Count;
        var accepted = await _site.SyncAsync(new SyncOptions { AcceptLoss = true });

        Assert.StartsWith("3 of 10 files", held.HeldReason, StringComparison.Ordinal);
        Assert.Equal((10, "10"), (kept, _list.Cursors[2]));
        Assert.Equal((null, 3), (accepted.HeldReason, accepted.RemovedCount));
    }

    [Fact]
    public async Task An_empty_listing_deletes_nothing()
    {
        Fill(3);
        await _site.SyncAsync();
        await SaveAsync(source => source with { Cursor = null });
        _list.Change = listing => listing with { Items = [] };

        Assert.NotNull((await _site.SyncAsync()).HeldReason);
        Assert.Equal(3, (await _site.DocumentsAsync()).Count);
    }

    [Fact]
    public async Task What_is_in_a_part_that_cannot_be_listed_stays_and_the_next_listing_is_complete()
    {
        _list.Put("a/1.md", "Le parking un.");
        _list.Put("b/2.md", "Le parking deux.");
        await _site.SyncAsync();
        await SaveAsync(source => source with { Cursor = null });
        _list.Unread.Add(new UnreadPart("b/", Remark.Said("Let it be listed.")));

        var report = await _site.SyncAsync();
        _list.Unread.Clear();
        await _site.SyncAsync();

        Assert.Equal(("b/", 1), (Assert.Single(report.Problems).Path, report.QuarantinedCount));
        Assert.Equal([null, null, null], _list.Cursors);
        Assert.Equal(2, (await _site.DocumentsAsync()).Count);
        Assert.Empty(await _site.QuarantineAsync());
    }

    [Fact]
    public async Task A_revocation_that_comes_with_a_change_goes_before_all_new_content()
    {
        Fill(3);
        await _site.SyncAsync();
        _list.Share("00.md", new AccessList(["group:x"], []));
        _list.Put("01.md", "Le parking changé.", new ItemReaders(new AccessList(["group:x"], []), ""));
        var seen = new List<int>();
        _site.Reader = new CountingReader
        {
            BeforeReadAsync = async _ => seen.Add((await _site.SearchAsync("parking")).Count),
        };

        await _site.SyncAsync();

        Assert.Equal([1], seen);
    }

    [Fact]
    public async Task An_item_that_keeps_its_identity_moves_without_being_parsed()
    {
        for (var number = 0; number < 10; number++)
        {
            _list.Put($"avant/{number}.md", "# Parking\n\nLe même texte.", identity: "same");
        }

        await _site.SyncAsync();
        for (var number = 0; number < 10; number++)
        {
            _list.Delete($"avant/{number}.md");
            _list.Put($"après/{number}.md", "# Parking\n\nLe même texte.", identity: "same");
        }

        var reader = new CountingReader();
        _site.Reader = reader;
        var report = await _site.SyncAsync();

        Assert.Equal((null, 10, 0), (report.HeldReason, report.MovedCount, report.RemovedCount));
        Assert.Empty(reader.Names);
    }

    [Fact]
    public async Task Files_among_the_items_say_who_may_read()
    {
        await AddAsync(SourcePermissions.File);
        _list.Put("permissions.yaml", "allow: [everyone]");
        _list.Put("a.md", "Le parking un.", ItemReaders.Closed);
        _list.Put("rh/permissions.yaml", "inherit: false\nallow: [group:rh]\nlabel: interne");
        _list.Put("rh/b.md", "Le parking deux.", ItemReaders.Closed);
        var report = await _site.SyncAsync();
        _list.Put("rh/permissions.yaml", "deny: [everyone]");

        var second = await _site.SyncAsync();

        Assert.Equal((2, 2, 0), (report.AddedCount, report.Ignored.PermissionCount, report.QuarantinedCount));
        Assert.Equal((2, 1), (second.UnchangedCount, second.StampedCount));
        Assert.Equal("a.md", Assert.Single(await _site.SearchAsync("parking")).Document.Path);
    }

    [Fact]
    public async Task A_file_of_permissions_that_cannot_be_understood_opens_nothing()
    {
        await AddAsync(SourcePermissions.File);
        _list.Put("permissions.yaml", "allow: [everyone]");
        _list.Put("a.md", "Le parking un.");
        _list.Put("rh/permissions.yaml", "allow: [tous]");
        _list.Put("rh/b.md", "Le parking deux.");

        var report = await _site.SyncAsync();

        var problem = Assert.Single(report.Problems);
        Assert.Equal(("rh/permissions.yaml", 1), (problem.Path, problem.Line));
        Assert.Equal("a.md", Assert.Single(await _site.SearchAsync("parking")).Document.Path);
    }

    [Fact]
    public async Task Settings_say_who_may_read_by_the_beginning_of_paths()
    {
        await AddAsync(
            SourcePermissions.Fixed,
            ("readers", "everyone; rh/=group:rh"),
            ("label", "interne; rh/=secret"));
        _list.Put("a.md", "Le parking un.", ItemReaders.Closed);
        _list.Put("rh/b.md", "Le parking deux.");

        await _site.SyncAsync();

        var documents = (await _site.DocumentsAsync()).OrderBy(document => document.Path, StringComparer.Ordinal);
        Assert.Equal(
            ["everyone interne", "group:rh secret"],
            documents.Select(document => $"{string.Join(',', document.Access.Allow)} {document.Label}"),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_call_that_fails_for_a_time_is_tried_again()
    {
        Fill(3);
        _list.Failures.Enqueue(Down());
        _list.Failures.Enqueue(Down(TimeSpan.FromSeconds(30)));

        var report = await _site.SyncAsync();

        Assert.Equal(3, report.AddedCount);
        var waits = ((HurriedTime)_site.Time).Waits;
        Assert.InRange(waits[0], TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(30), waits[1]);
    }

    [Fact]
    public async Task A_source_that_stays_down_is_noted_with_when_it_is_tried_again()
    {
        Fill(3);
        Queue(SourceBackoff.CallCountMax * 2);

        await Assert.ThrowsAsync<SourceUnavailableException>(() => _site.SyncAsync());
        var once = (await SourceAsync()).Failure!;
        await Assert.ThrowsAsync<SourceUnavailableException>(() => _site.SyncAsync());
        var twice = (await SourceAsync()).Failure!;
        await _site.SyncAsync();

        Assert.Equal((1, 2), (once.Count, twice.Count));
        Assert.True(twice.RetryAt - _site.Time.GetUtcNow() > SourceBackoff.RunDelay);
        Assert.Null((await SourceAsync()).Failure);
    }

    [Fact]
    public async Task What_asks_for_a_long_wait_ends_the_run_and_is_obeyed()
    {
        Fill(1);
        _list.Failures.Enqueue(Down(TimeSpan.FromHours(12)));

        await Assert.ThrowsAsync<SourceUnavailableException>(() => _site.SyncAsync());

        var failure = (await SourceAsync()).Failure!;
        Assert.InRange(failure.RetryAt - _site.Time.GetUtcNow(), TimeSpan.FromHours(11.9), TimeSpan.FromHours(12.1));
        Assert.Empty(((HurriedTime)_site.Time).Waits);
    }

    [Fact]
    public async Task Credentials_that_are_refused_are_not_tried_again_at_once()
    {
        _list.Failures.Enqueue(
            new SourceUnavailableException("source", "here", "The key is wrong.", isTransient: false));

        await Assert.ThrowsAsync<SourceUnavailableException>(() => _site.SyncAsync());

        Assert.Single(_list.Cursors);
    }

    [Fact]
    public async Task A_rehearsal_tells_what_would_be_done_and_writes_nothing()
    {
        Fill(10);
        await _site.SyncAsync();
        _list.Put("03.md", "Le parking changé.");
        _list.Put("99.md", "Le parking neuf.");
        _list.Share("01.md", AccessList.Nobody);
        _list.Delete("00.md");
        var before = await File.ReadAllBytesAsync(Path.Combine(_site.Data.Path, "metastore.db-wal"), Stop);

        var report = await _site.SyncAsync(new SyncOptions { IsDryRun = true });

        Assert.Equal(
            (1, 1, 1, 1),
            (report.AddedCount, report.ChangedCount, report.RemovedCount, report.StampedCount));
        Assert.Equal(8, report.UnchangedCount);
        Assert.Equal("Le parking changé.Le parking neuf.".Length + 1, report.ToReadBytes);
        Assert.NotNull(report.EstimatedDuration);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(_site.Data.Path, "metastore.db-wal"), Stop));
    }

    [Fact]
    public async Task A_paused_source_is_left_alone()
    {
        Fill(1);
        await SaveAsync(source => source with { PausedAt = DateTimeOffset.UnixEpoch });

        var report = await _site.SyncAsync();

        Assert.Contains("terroir source resume source", report.HeldReason, StringComparison.Ordinal);
        Assert.Empty(_list.Cursors);
    }

    [Fact]
    public async Task After_a_rebuild_everything_is_listed_and_nothing_is_read_twice_for_good()
    {
        Fill(3);
        await _site.SyncAsync();
        await _site.LoseMetastoreAsync();
        await _site.Maintenance.RebuildAsync(Stop);

        var report = await _site.SyncAsync();

        Assert.Equal([null, null], _list.Cursors);
        Assert.Equal((0, 0), (report.AddedCount, report.RemovedCount));
        Assert.Equal(3, (await _site.DocumentsAsync()).Count);
    }

    [Fact]
    public async Task A_listing_that_breaks_the_contract_changes_nothing()
    {
        Fill(3);
        await _site.SyncAsync();
        await SaveAsync(source => source with { Cursor = null });
        foreach (var change in new Func<SourceListing, SourceListing>[]
        {
            listing => listing with { Items = [.. listing.Items.Reverse()] },
            listing => listing with { Items = [listing.Items[0], listing.Items[0]] },
            listing => listing with { Items = [listing.Items[0] with { Path = "a.zip!/b.md" }] },
            listing => listing with { Items = [listing.Items[0] with { Fingerprint = "" }] },
            listing => listing with { Gone = ["00.md"] },
        })
        {
            _list.Change = change;
            await Assert.ThrowsAsync<SourceUnavailableException>(() =>
                _site.SyncAsync(new SyncOptions { AcceptLoss = true }));
        }

        Assert.Equal(3, (await _site.DocumentsAsync()).Count);
    }

    private static SourceUnavailableException Down(TimeSpan? retryAfter = null) =>
        new("source", "here", "The server is down.", retryAfter: retryAfter);

    private void Queue(int count)
    {
        for (var number = 0; number < count; number++)
        {
            _list.Failures.Enqueue(Down());
        }
    }

    private void Fill(int count)
    {
        for (var number = 0; number < count; number++)
        {
            _list.Put($"{number:00}.md", $"Le parking {number}.");
        }
    }

    private async Task<string[]> DescribeAsync() =>
    [
        .. (await _site.DocumentsAsync())
            .Select(document => $"{document.Path} {document.Version.Hex} {document.Access.Key}")
            .Order(StringComparer.Ordinal),
    ];

    private async Task<SourceRecord> SourceAsync() =>
        Assert.Single(await _site.Metastore.Sources.ListSourcesAsync(Stop));

    private async Task SaveAsync(Func<SourceRecord, SourceRecord> change) =>
        await _site.Metastore.Sources.SaveSourceAsync(change(await SourceAsync()), Stop);

    private async Task AddAsync(string permissions, params (string Name, string Value)[] settings)
    {
        await _site.AddSourceAsync();
        await SaveAsync(source => source with
        {
            Kind = "list",
            Location = "here",
            Permissions = permissions,
            Settings = settings.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal),
        });
    }
}
