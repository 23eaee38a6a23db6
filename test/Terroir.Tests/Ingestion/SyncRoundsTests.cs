using Microsoft.Extensions.Time.Testing;
using Terroir.Ingestion.Sync;
using Terroir.Storage;

namespace Terroir.Tests.Ingestion;

public sealed class SyncRoundsTests : IAsyncLifetime
{
    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        await _site.AddSourceAsync();
        for (var number = 0; number < 600; number++)
        {
            _site.Source.Write($"{number:0000}.md", $"Le parking {number}.");
        }
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_synchronisation_whose_lease_is_lost_begins_anew_and_tells_all_that_it_did()
    {
        var endCount = 0;
        var reader = new CountingReader
        {
            BeforeReadAsync = name => name is "0300.md" && Interlocked.Increment(ref endCount) == 1
                ? EndLeaseAsync(epoch: 1)
                : Task.CompletedTask,
        };
        _site.Reader = reader;

        var report = await _site.SyncAsync();

        Assert.Equal((600, 600, 0), (report.AddedCount, report.FileCount, report.UnchangedCount));
        Assert.Equal(600, (await _site.DocumentsAsync()).Count);
        Assert.True(reader.Names.Count > 600);
        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Fact]
    public async Task A_lease_that_is_lost_again_and_again_ends_the_synchronisation()
    {
        var epoch = 0L;
        _site.Reader = new CountingReader
        {
            BeforeReadAsync = name => name is "0000.md" ? EndLeaseAsync(++epoch) : Task.CompletedTask,
        };

        await Assert.ThrowsAsync<LeaseLostException>(() => _site.SyncAsync());

        Assert.Equal(1 + SourceSynchronizer.LostLeaseCountMax, epoch);
    }

    [Fact]
    public async Task A_permission_that_is_taken_away_does_not_wait_until_a_long_reading_ends()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var readCount = 0;
        _site.Time = time;
        _site.Reader = new CountingReader
        {
            // Files come in any order: so many are read before, and enough come after for the round to end.
            BeforeReadAsync = _ =>
            {
                if (Interlocked.Increment(ref readCount) == 100)
                {
                    _site.Source.Write("permissions.yaml", "allow: [user:anne]");
                    time.Advance(SourceSynchronizer.RoundDurationMax);
                }

                return Task.CompletedTask;
            },
        };

        var report = await _site.SyncAsync();

        Assert.Equal((600, 600, 0), (report.AddedCount, report.FileCount, report.UnchangedCount));
        Assert.DoesNotContain(
            await _site.DocumentsAsync(),
            document => document.Access.Allow.Contains("everyone", StringComparer.Ordinal));
    }

    private Task EndLeaseAsync(long epoch) => _site.Metastore.Leases.ReleaseAsync(
        new Lease($"collection/{TestSite.Collection.Value}", "any", epoch, default),
        Stop);
}
