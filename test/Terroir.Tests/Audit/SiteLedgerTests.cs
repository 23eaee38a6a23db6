using Terroir.Audit;
using Terroir.Provenance.Merkle;
using Terroir.Storage.Conformance;

namespace Terroir.Tests.Audit;

public sealed class SiteLedgerTests : IAsyncDisposable
{
    private readonly LedgerSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_is_proven_by_the_checkpoint_that_follows_it()
    {
        await _site.AppendAsync(0, 5);

        await _site.AssertSoundAsync(5);
        Assert.Null(await _site.Ledger.ProveAsync(5, Stop));
    }

    [Fact]
    public async Task Full_tiles_replace_partial_ones()
    {
        var rows = Enumerable.Range(0, 260).Select(LedgerSite.Row).ToArray();
        await _site.Ledger.AppendAsync(rows[..3], Stop);
        await _site.Ledger.AppendAsync(rows[3..], Stop);

        await _site.AssertSoundAsync(260);
        var tiles = Directory.GetFiles(_site.LedgerFolder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_site.LedgerFolder, file)).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "checkpoint",
                "tile/0/000",
                "tile/0/001.p/4",
                "tile/1/000.p/1",
                "tile/entries/000",
                "tile/entries/001.p/4",
            ],
            tiles,
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Events_of_callers_at_the_same_time_share_a_checkpoint_and_keep_their_order()
    {
        var places = await Task.WhenAll(Enumerable.Range(0, 40).Select(async number =>
        {
            var place = await _site.Ledger.AppendAsync([LedgerSite.Row(number), LedgerSite.Row(-number)], Stop);
            return (Place: place, Number: number);
        }));

        Assert.Equal(Enumerable.Range(0, 40).Select(i => 2L * i), places.Select(item => item.Place).Order());
        foreach (var (place, number) in places)
        {
            var rows = await _site.Metastore.Ledger.ReadAsync(place, 2, Stop);
            var subjects = rows.Select(placed => placed.Row.Subject!);
            Assert.Equal([$"{number}", $"{-number}"], subjects, StringComparer.Ordinal);
        }

        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Fact]
    public async Task A_recorded_event_is_a_row_at_once_and_in_tiles_after_the_next_flush()
    {
        Assert.Equal(0, await _site.Ledger.RecordAsync([LedgerSite.Row(0)], Stop));

        Assert.Single(await _site.Metastore.Ledger.ReadAsync(0, 9, Stop));
        Assert.Null(await _site.Ledger.ProveAsync(0, Stop));
        Assert.Equal(1, await _site.Ledger.FlushAsync(Stop));
        await _site.AssertSoundAsync(1);
    }

    [Fact]
    public async Task No_more_than_so_many_recorded_events_wait_for_tiles()
    {
        for (var i = 0; i < SiteLedger.BehindMax; i++)
        {
            await _site.Ledger.RecordAsync([LedgerSite.Row(i)], Stop);
        }

        Assert.Equal(SiteLedger.BehindMax, (await _site.Metastore.Ledger.ReadStateAsync(Stop)).Size);
    }

    [Fact]
    public async Task An_appended_event_brings_those_recorded_before_it_into_tiles()
    {
        await _site.Ledger.RecordAsync([LedgerSite.Row(0)], Stop);
        await _site.Ledger.AppendAsync([LedgerSite.Row(1)], Stop);

        await _site.AssertSoundAsync(2);
    }

    [Fact]
    public async Task A_process_that_ends_leaves_nothing_waiting()
    {
        await _site.Ledger.RecordAsync([LedgerSite.Row(0)], Stop);

        await _site.Ledger.DisposeAsync();

        _site.Reopen();
        await _site.AssertSoundAsync(1);
    }

    [Fact]
    public async Task While_tiles_cannot_be_written_nothing_is_recorded()
    {
        await _site.AppendAsync(0, 2);
        await _site.Ledger.RecordAsync([LedgerSite.Row(2)], Stop);
        var tiles = Path.Combine(_site.LedgerFolder, "tile", "0", "000.p");
        await File.WriteAllTextAsync(Path.Combine(tiles, "3"), "another", Stop);
        await File.WriteAllTextAsync(Path.Combine(tiles, "4"), "another", Stop);
        await Assert.ThrowsAsync<LedgerForkedException>(() => _site.Ledger.FlushAsync(Stop));

        await Assert.ThrowsAsync<LedgerForkedException>(
            () => _site.Ledger.RecordAsync([LedgerSite.Row(3)], Stop));
    }

    [Fact]
    public async Task Two_processes_grow_one_ledger()
    {
        var other = _site.Open();
        await Task.WhenAll(
            Task.Run(() => AppendAsync(_site.Ledger), Stop),
            Task.Run(() => AppendAsync(other), Stop));

        var report = await _site.Maintenance.VerifyAsync(Stop);
        Assert.Empty(report.Problems);
        Assert.Equal((60, 0), (report.Size, report.PendingCount));

        static async Task AppendAsync(SiteLedger ledger)
        {
            for (var i = 0; i < 30; i++)
            {
                await ledger.AppendAsync([LedgerSite.Row(i)], Stop);
            }
        }
    }

    [Fact]
    public async Task What_a_commit_wrote_is_proven_after_a_flush()
    {
        await _site.Metastore.Ledger.AppendAsync([LedgerSite.Row(0), LedgerSite.Row(1)], Stop);

        Assert.Null(await _site.Ledger.ProveAsync(1, Stop));
        Assert.Equal(2, await _site.Ledger.FlushAsync(Stop));

        await _site.AssertSoundAsync(2);
    }

    [Fact]
    public async Task A_process_that_dies_at_any_call_loses_no_acknowledged_event_and_forks_nothing()
    {
        var acknowledged = 0;
        var isDone = false;
        for (var call = 0; !isDone; call++)
        {
            Assert.InRange(call, 0, 100);
            _site.Plan.FailAt(call, StoreFault.Dead);
            try
            {
                await _site.Ledger.AppendAsync([LedgerSite.Row(acknowledged)], Stop);
                isDone = true;
            }
            catch (StorageFailedException)
            {
                _site.Reopen();
            }

            _site.Reopen();
            var size = await _site.Ledger.FlushAsync(Stop);
            Assert.True(size >= acknowledged + (isDone ? 1 : 0));
            var report = await _site.Maintenance.VerifyAsync(Stop);
            Assert.Empty(report.Problems);
            acknowledged = (int)size;
        }

        Assert.True(acknowledged > 1, "no death came after the event was durable");
    }

    [Fact]
    public async Task Lost_tiles_are_written_again()
    {
        await _site.AppendAsync(0, 5);
        Directory.Delete(_site.LedgerFolder, recursive: true);

        _site.Reopen();
        await _site.AppendAsync(5, 1);

        await _site.AssertSoundAsync(6);
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("tile/0/000.p/5")]
    public async Task A_changed_file_stops_the_ledger(string name)
    {
        await _site.AppendAsync(0, 5);
        var file = Path.Combine(_site.LedgerFolder, name);
        var bytes = await File.ReadAllBytesAsync(file, Stop);
        bytes[^8] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Stop);

        _site.Reopen();

        await Assert.ThrowsAsync<LedgerForkedException>(() => _site.Ledger.AppendAsync([LedgerSite.Row(5)], Stop));
    }

    [Fact]
    public async Task A_changed_bundle_is_found_by_a_check()
    {
        await _site.AppendAsync(0, 5);
        var file = Path.Combine(_site.LedgerFolder, "tile/entries/000.p/5");
        var bytes = await File.ReadAllBytesAsync(file, Stop);
        bytes[40] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Stop);

        Assert.NotEmpty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Fact]
    public async Task A_metastore_from_an_older_copy_is_refused()
    {
        await _site.AppendAsync(0, 3);
        await _site.LoseMetastoreAsync();

        var fault = await Assert.ThrowsAsync<LedgerForkedException>(() =>
            _site.Ledger.AppendAsync([LedgerSite.Row(9)], Stop));

        Assert.Equal("TER6002", fault.Code);
        Assert.Equal(3, fault.Size);
        Assert.Empty(await _site.Metastore.Ledger.ReadAsync(0, 10, Stop));
    }

    [Fact]
    public async Task A_lost_metastore_gets_its_events_back_from_the_tiles()
    {
        await _site.AppendAsync(0, 5);
        await _site.LoseMetastoreAsync();

        // A commit does not wait for the ledger: its event comes after those that are back.
        await _site.Metastore.Ledger.AppendAsync([LedgerSite.Row(5)], Stop);
        Assert.Equal(5, await _site.Maintenance.RebuildAsync(Stop));
        Assert.Equal(0, await _site.Maintenance.RebuildAsync(Stop));
        await _site.AppendAsync(6, 1);

        await _site.AssertSoundAsync(7);
    }

    [Fact]
    public async Task A_rebuild_that_died_goes_on()
    {
        var rows = Enumerable.Range(0, 600).Select(LedgerSite.Row).ToArray();
        await _site.Ledger.AppendAsync(rows, Stop);
        await _site.LoseMetastoreAsync();
        await _site.Metastore.Ledger.RestoreAsync(0, rows[..256], checkpoint: null, Stop);
        _site.Reopen();
        await Assert.ThrowsAsync<LedgerForkedException>(() => _site.Ledger.FlushAsync(Stop));

        Assert.Equal(344, await _site.Maintenance.RebuildAsync(Stop));

        _site.Reopen();
        await _site.AppendAsync(600, 1);
        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Fact]
    public async Task Events_that_are_not_those_of_the_tiles_are_not_rebuilt_over()
    {
        await _site.AppendAsync(0, 5);
        await _site.LoseMetastoreAsync();
        await _site.Metastore.Ledger.RestoreAsync(0, [LedgerSite.Row("another")], checkpoint: null, Stop);

        await Assert.ThrowsAsync<LedgerForkedException>(() => _site.Maintenance.RebuildAsync(Stop));
    }

    [Fact]
    public async Task A_backup_grows_with_the_ledger_and_brings_it_back()
    {
        using var folder = new TestFolder();
        var target = new Storage.Embedded.FolderObjectStore(Path.Combine(folder.Path, "objects"), TimeProvider.System);
        await _site.AppendAsync(0, 3);
        await _site.Maintenance.BackUpAsync(target, Stop);
        await _site.AppendAsync(3, 4);
        await _site.Maintenance.BackUpAsync(target, Stop);

        await using var other = new LedgerSite();
        Assert.NotEqual(0, await other.Maintenance.RestoreAsync(target, Stop));
        Assert.Equal(7, await other.Maintenance.RebuildAsync(Stop));
        await other.AppendAsync(7, 1);

        await other.AssertSoundAsync(8);
    }

    [Fact]
    public async Task A_backup_of_another_history_is_refused()
    {
        using var folder = new TestFolder();
        var target = new Storage.Embedded.FolderObjectStore(Path.Combine(folder.Path, "objects"), TimeProvider.System);
        await using var other = new LedgerSite();
        await other.Ledger.AppendAsync([LedgerSite.Row("another")], Stop);
        await other.Maintenance.BackUpAsync(target, Stop);
        await _site.AppendAsync(0, 3);

        await Assert.ThrowsAsync<LedgerForkedException>(() => _site.Maintenance.BackUpAsync(target, Stop));
    }

    [Fact]
    public async Task The_folder_is_a_copy_that_a_verifier_reads()
    {
        await _site.AppendAsync(0, 3);
        var folder = new LedgerFolder(_site.LedgerFolder);

        var checkpoint = _site.Identity.Open(await folder.ReadCheckpointAsync(Stop));

        Assert.Equal(3, checkpoint!.Size);
        Assert.Equal("terroir.example/test", checkpoint.Origin);
        Assert.NotNull(await folder.ReadAsync(new TilePath(0, 0, 3), Stop));
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
