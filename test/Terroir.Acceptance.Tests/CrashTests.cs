using Terroir.Crash;

namespace Terroir.Acceptance.Tests;

/// <summary>Kills a writing process again and again (I1, I2, I4 and I7 on real files).</summary>
/// <remarks>The long lane runs the same loop for longer and with other seeds: <c>eng/long/10-kills.sh</c>.</remarks>
public sealed class CrashTests : IDisposable
{
    private const int KillCount = 10;
    private const int Seed = 20261124;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_killed_process_loses_nothing_that_it_acknowledged()
    {
        var report = await CrashLoop.RunAsync(
            _folder.FullName,
            KillCount,
            Seed,
            TestContext.Current.CancellationToken);

        Assert.True(report.Problems.Count == 0, report.Describe());
        Assert.Equal(KillCount, report.RoundCount);
        Assert.True(report.AcknowledgedCount > KillCount, report.Describe());
    }
}
