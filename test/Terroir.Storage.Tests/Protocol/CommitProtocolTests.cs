using Terroir.Protocol;

namespace Terroir.Storage.Tests.Protocol;

/// <summary>Random histories of several processes on one site: ingestion, replacement, removal, stamps, merges,
/// repacking, garbage collection, backups, readers; crashes and faults at any call of a store, ended leases, a lost and
/// an old metastore; under virtual time. No invariant breaks.</summary>
/// <remarks><c>eng/long.sh</c> plays more of them, with other seeds.</remarks>
public sealed class CommitProtocolTests
{
    private const int HistoryCount = 2_000;
    private const int Seed = 20_261_126;
    private const int ReplayCount = 25;
    private const int SearchCountMax = 1_000;
    private const int ShrinkCountMax = 500;

    /// <summary>What must have happened, or the histories prove nothing.</summary>
    private static readonly string[] Events =
    [
        "backed up", "collection restored", "committed", "fault: AnswerLost", "fault: Damaged", "fault: Dead",
        "fault: Refused", "garbage collected", "killed", "merged", "metastore lost", "metastore replaced",
        "object deleted", "publish: LeaseLost", "read", "renewal refused", "repacked", "stage: LeaseLost",
        "stage: NotStaged", "thawed", "verified", "written anew", "ended by ManifestForkException",
        "ended by CommitConflictException", "ended by LeaseHeldException", "ended by LeaseLostException",
        "ended by StorageFailedException", "ended by BlobCorruptException",
    ];

    [Fact]
    public async Task No_history_breaks_an_invariant()
    {
        var report = await Histories.RunAsync(HistoryCount, Seed, Sabotage.None);

        Assert.True(report.Failure is null, report.Describe());
        Assert.DoesNotContain(Events, what => !report.Counts.ContainsKey(what));
        Assert.True(report.Counts["committed"] > HistoryCount, report.Describe());
    }

    [Fact]
    public async Task A_seed_tells_the_same_history_each_time()
    {
        for (var seed = 0; seed < ReplayCount; seed++)
        {
            Assert.Equal(await Histories.TellAsync(seed), await Histories.TellAsync(seed));
        }
    }

    [Theory]
    [InlineData("I1")]
    [InlineData("I2")]
    [InlineData("I3")]
    [InlineData("I4")]
    [InlineData("I5")]
    [InlineData("I6")]
    [InlineData("I7")]
    [InlineData("I8")]
    public async Task A_store_that_breaks_an_invariant_is_found(string invariant)
    {
        var report = await Histories.RunAsync(SearchCountMax, Seed, () => BrokenStores.Breaking(invariant), 0);

        Assert.Equal(invariant, report.Failure?.Violation.Invariant);
    }

    [Fact]
    public async Task A_failing_history_is_made_short_and_its_choices_replay_it()
    {
        var report = await Histories.RunAsync(SearchCountMax, Seed, Broken, ShrinkCountMax);

        var again = await Histories.PlayAsync(new Choices(report.Failure!.Choices), Broken);

        Assert.Equal(report.Failure.Trace, again!.Trace);
        Assert.Equal("I8", again.Violation.Invariant);
        Assert.InRange(again.Trace.Count, 1, 40);

        static Sabotage Broken() => BrokenStores.Breaking("I8");
    }
}
