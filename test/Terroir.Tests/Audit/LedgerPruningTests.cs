using Microsoft.Extensions.Time.Testing;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Tests.Audit;

public sealed class LedgerPruningTests : IAsyncDisposable
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly LedgerSite _site = new();
    private readonly FakeTimeProvider _time = new(LedgerSite.Noon + (10 * Day));
    private readonly EventLog _events;
    private readonly LedgerPruning _pruning;

    public LedgerPruningTests()
    {
        var people = new PersonKeys(new ConfidentialObjects(_site.Objects, _site.Identity));
        _events = new EventLog(_site.Ledger, people, _time);
        _pruning = Open();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private LedgerFiles Files => new(_site.Objects, "test");

    [Fact]
    public async Task Whole_bundles_of_old_events_go_out_of_sight_and_nothing_else_changes()
    {
        await AppendAsync(old: 600, late: 20);

        var plan = await _pruning.PlanAsync(LedgerSite.Noon + Day, 5 * Day, Stop);
        Assert.Equal(new PruningPlan(0, 512, 620, ReceiptCount: 256), plan);
        Assert.Equal(0, await _pruning.ReadIndexAsync(Stop));
        await _pruning.RunAsync(plan, Stop);

        Assert.Equal(512, await _pruning.ReadIndexAsync(Stop));
        Assert.Equal(512, await Open().ReadIndexAsync(Stop));
        var events = await _site.Metastore.Ledger.FindAsync(
            new LedgerQuery { Kind = EventKinds.LedgerPruned },
            Stop);
        Assert.Equal(620, Assert.Single(events).Index);
        var proof = (await _site.Ledger.ProveAsync(0, Stop))!;
        Assert.True(proof.Verify(MerkleHash.OfLeaf(Row(0, LedgerSite.Noon).Entry.Span), _site.Policy).IsIncluded);
        var report = await _site.Maintenance.VerifyAsync(Stop);
        Assert.All(report.Problems, problem => Assert.StartsWith("What is kept of event", problem, Ordinal));
        Assert.Equal(0, (await _pruning.PlanAsync(LedgerSite.Noon + Day, 5 * Day, Stop)).EventCount);
    }

    [Fact]
    public async Task What_is_served_proves_every_event_and_growth_from_the_minimum_index_on_and_no_growth_before()
    {
        await AppendAsync(old: 600, late: 20);
        await PruneAsync();
        var served = new Served(Files, await _pruning.ReadIndexAsync(Stop));
        var newest = _site.Identity.Open(await _site.Ledger.ReadCheckpointAsync(Stop))!;

        foreach (var index in new long[] { 512, 599, 620 })
        {
            var ranges = MerkleProofs.InclusionRanges(index, newest.Size).Append(new MerkleRange(index, index + 1));
            var hashes = await TileHashes.LoadAsync(served, newest.Size, ranges, Stop);
            var path = MerkleProofs.Inclusion(index, newest.Size, hashes)!;
            var leaf = hashes.Read(new MerkleNode(0, index))!.Value;
            Assert.True(MerkleVerifier.IsIncluded(index, newest.Size, leaf, path, newest.Root));
        }

        Assert.NotNull(await GrowAsync(served, 512, newest.Size));
        Assert.NotNull(await GrowAsync(served, 613, newest.Size));
        Assert.Null(await GrowAsync(served, 511, newest.Size));
        Assert.Null(await GrowAsync(served, 300, newest.Size));
    }

    [Fact]
    public async Task Without_a_policy_and_sooner_than_it_allows_nothing_is_pruned()
    {
        await AppendAsync(old: 300, late: 0);

        var none = await Assert.ThrowsAsync<PruningRefusedException>(
            () => _pruning.PlanAsync(LedgerSite.Noon + Day, TimeSpan.Zero, Stop));
        var recent = await Assert.ThrowsAsync<PruningRefusedException>(
            () => _pruning.PlanAsync(LedgerSite.Noon + Day, 10 * Day, Stop));

        Assert.Equal((PruningProblem.NoPolicy, "TER6003"), (none.Problem, none.Code));
        Assert.Equal((PruningProblem.TooRecent, "TER6003"), (recent.Problem, recent.Code));
        Assert.Contains("2026-11-26T12:00:00Z", recent.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _pruning.ReadIndexAsync(Stop));
    }

    [Fact]
    public async Task What_no_witness_has_seen_stays()
    {
        await AppendAsync(old: 400, late: 0);
        await Files.ReplaceCosignedAsync((await _site.Ledger.ReadCheckpointAsync(Stop))!, Stop);
        await AppendAsync(old: 400, late: 20);

        Assert.Equal(256, (await _pruning.PlanAsync(LedgerSite.Noon + Day, 5 * Day, Stop)).Index);
    }

    [Fact]
    public async Task A_backup_takes_the_minimum_index_along_and_a_restore_never_lowers_it()
    {
        await AppendAsync(old: 600, late: 20);
        await PruneAsync();
        using var folder = new TestFolder();
        var backup = new FolderObjectStore(folder.Path, TimeProvider.System);
        await _site.Maintenance.BackUpAsync(backup, Stop);
        var copied = new LedgerFiles(backup, "test");
        Assert.Equal(await Files.ReadMinimumAsync(Stop), await copied.ReadMinimumAsync(Stop));

        using var other = new TestFolder();
        var empty = new FolderObjectStore(other.Path, TimeProvider.System);
        await new LedgerCopy(_site.Identity).RunAsync(backup, empty, Stop);
        Assert.Equal(await Files.ReadMinimumAsync(Stop), await new LedgerFiles(empty, "test").ReadMinimumAsync(Stop));

        var lower = new MinimumIndex(_site.Identity.Signer.Key.Name, 256).ToText();
        await copied.ReplaceMinimumAsync(SignedNote.Sign(lower, _site.Identity.Signer).ToBytes(), Stop);
        await _site.Maintenance.RestoreAsync(backup, Stop);
        Assert.Equal(512, await _pruning.ReadIndexAsync(Stop));
    }

    [Fact]
    public async Task A_minimum_index_that_the_site_did_not_sign_or_that_lies_behind_the_end_is_found_out()
    {
        await AppendAsync(old: 300, late: 0);
        var far = new MinimumIndex(_site.Identity.Signer.Key.Name, 512).ToText();
        await Files.ReplaceMinimumAsync(SignedNote.Sign(far, _site.Identity.Signer).ToBytes(), Stop);
        Assert.Contains(
            (await _site.Maintenance.VerifyAsync(Stop)).Problems,
            problem => problem.Contains("behind its end", Ordinal));

        await Files.ReplaceMinimumAsync("512"u8.ToArray(), Stop);
        await Assert.ThrowsAsync<LedgerForkedException>(async () => await _pruning.ReadIndexAsync(Stop));
        Assert.Contains(
            (await _site.Maintenance.VerifyAsync(Stop)).Problems,
            problem => problem.Contains("did not sign", Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        await _site.DisposeAsync();
    }

    // Each second event is a receipt, of which only the entry matters here.
    private static LedgerRow Row(int number, DateTimeOffset time)
    {
        var kind = number % 2 == 0 ? LedgerLeaf.ReceiptKind : "test";
        var digest = ContentHash.Of(BitConverter.GetBytes(number));
        return new LedgerRow(kind, time, LedgerLeaf.At(kind, time, digest).ToEntry()) { Subject = digest.Hex };
    }

    private static async Task<IReadOnlyList<MerkleHash>?> GrowAsync(ITileSource served, long oldSize, long size)
    {
        var ranges = MerkleProofs.ConsistencyRanges(oldSize, size);
        var hashes = await TileHashes.LoadAsync(served, size, ranges, Stop);
        return MerkleProofs.Consistency(oldSize, size, hashes);
    }

    private LedgerPruning Open() =>
        new(_site.Metastore, _site.Objects, _site.Ledger, _site.Identity, _events, _time);

    private async Task AppendAsync(int old, int late) => await _site.Ledger.AppendAsync(
        [
            .. Enumerable.Range(0, old).Select(number => Row(number, LedgerSite.Noon)),
            .. Enumerable.Range(old, late).Select(number => Row(number, LedgerSite.Noon + Day)),
        ],
        Stop);

    private async Task PruneAsync() =>
        await _pruning.RunAsync(await _pruning.PlanAsync(LedgerSite.Noon + Day, 5 * Day, Stop), Stop);

    private sealed class Served(LedgerFiles files, long minimum) : ITileSource
    {
        public async ValueTask<byte[]?> ReadAsync(TilePath path, CancellationToken cancellationToken) =>
            path.IsKept(minimum) ? await files.ReadAsync(path, cancellationToken) : null;
    }
}
