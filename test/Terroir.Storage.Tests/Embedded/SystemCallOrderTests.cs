using Terroir.Crash;

namespace Terroir.Storage.Tests.Embedded;

/// <summary>What a process tells the system when it commits a change, in which order: the bytes are on the disk before
/// they have a name, the names before the metastore's commit, and that before the acknowledgement (I1).</summary>
/// <remarks>Whether the disk keeps what it was told to sync cannot be seen here: nobody cuts the power.</remarks>
public sealed class SystemCallOrderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_acknowledged_change_was_synced_step_by_step()
    {
        var site = Directory.CreateDirectory(_folder["site"]).FullName;
        var (calls, reason) = await SystemCalls.TraceAsync(
            _folder["strace.log"],
            ["dotnet", typeof(CrashLoop).Assembly.Location, "commit", site],
            Stop);
        Assert.SkipWhen(calls is null, reason);

        var order = new CommitOrder(calls!, site);

        Assert.True(order.Contents.Length >= 3, "a pack, a segment and records");
        var manifest = Assert.Single(order.Manifests);
        var commit = order.LastSyncOf("metastore.db-wal", before: manifest);
        foreach (var content in order.Contents)
        {
            AssertDurable(order, content, commit);
        }

        AssertDurable(order, manifest, order.Acknowledgement);
        Assert.True(commit.End < manifest.Start, "the manifest is put after the commit");
    }

    // write < fsync(file) < link < fsync(folder) < what comes next; a new folder is synced into its parent as well.
    private static void AssertDurable(CommitOrder order, SystemCall link, SystemCall next)
    {
        var (scratch, final) = CommitOrder.PathsOf(link);
        var folder = Path.GetDirectoryName(final)!;
        var written = order.Last($"write of {scratch}", call => call.IsWriteOf(scratch));
        var synced = order.Last($"fsync of {scratch}", call => call.IsSyncOf(scratch));
        var named = order.First($"fsync of {folder}", call => call.IsSyncOf(folder) && call.Start > link.End);
        Assert.True(written.End < synced.Start, $"{scratch} is synced after its last byte");
        Assert.True(synced.End < link.Start, $"{final} has its name after its bytes are synced");
        Assert.True(named.End < next.Start, $"{folder} is synced before what follows");
        foreach (var made in order.All(call => call.Name is "mkdir" or "mkdirat"
            && folder.StartsWith(CommitOrder.PathsOf(call).First, StringComparison.Ordinal)))
        {
            var parent = Path.GetDirectoryName(CommitOrder.PathsOf(made).First)!;
            var kept = order.First($"fsync of {parent}", call => call.IsSyncOf(parent) && call.Start > made.End);
            Assert.True(kept.End < next.Start, $"{parent} is synced before what follows");
        }
    }

    private sealed class CommitOrder(IReadOnlyList<SystemCall> calls, string site)
    {
        public SystemCall[] Contents => Links("/objects/b/");

        public SystemCall[] Manifests => Links("/objects/m/");

        public SystemCall Acknowledgement => First("write of the acknowledgement", call =>
            call.Name is "write" && call.Arguments.Contains("\"ack ", StringComparison.Ordinal));

        public static (string First, string Last) PathsOf(SystemCall call)
        {
            string[] paths = [.. call.Arguments.Split('"').Where((_, place) => place % 2 == 1)];
            return (paths[0], paths[^1]);
        }

        public SystemCall First(string what, Func<SystemCall, bool> isWanted) =>
            calls.FirstOrDefault(isWanted) ?? throw new InvalidOperationException($"There is no {what}.");

        public SystemCall Last(string what, Func<SystemCall, bool> isWanted) =>
            calls.LastOrDefault(isWanted) ?? throw new InvalidOperationException($"There is no {what}.");

        public IEnumerable<SystemCall> All(Func<SystemCall, bool> isWanted) => calls.Where(isWanted);

        public SystemCall LastSyncOf(string name, SystemCall before) =>
            Last($"fsync of {name}", call => call.IsSyncOf(Path.Combine(site, name)) && call.End < before.Start);

        private SystemCall[] Links(string place) =>
        [
            .. calls.Where(call => call.Name is "link" or "linkat"
                && PathsOf(call).Last.StartsWith(site + place, StringComparison.Ordinal)),
        ];
    }
}
