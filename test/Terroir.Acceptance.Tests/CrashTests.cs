using Terroir.Crash;

namespace Terroir.Acceptance.Tests;

/// <summary>Kills a writing process again and again (I1, I2, I4 and I7 on real files).</summary>
/// <remarks><c>eng/crash-loop.sh</c> runs the same loop for longer and with other seeds.</remarks>
public sealed class CrashTests : IDisposable
{
    private const int KillCount = 25;
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
