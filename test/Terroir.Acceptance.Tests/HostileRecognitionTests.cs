using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Terroir.Documents;

namespace Terroir.Acceptance.Tests;

/// <summary>A recognition program that a picture has taken over, in real processes.</summary>
[SupportedOSPlatform("linux")]
public sealed class HostileRecognitionTests : IDisposable
{
    private readonly HostileProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task A_program_that_sleeps_is_given_up_and_does_not_outlive_its_file()
    {
        await _program.RequireAsync();

        var outcome = await _program.ReadAsync($"exec {_program.Sleep}", seconds: 1);

        AssertFailed(outcome);
        await _program.AssertNothingIsLeftAsync();
        Assert.Equal(HostileProgram.Done, await _program.SayAsync("true"));
    }

    [Fact]
    public async Task A_program_that_spins_ends_at_the_limit_of_its_processor_time()
    {
        await _program.RequireAsync();

        AssertFailed(await _program.ReadAsync("while true; do true; done", seconds: 1));
        Assert.Equal(HostileProgram.Done, await _program.SayAsync("true"));
    }

    [Fact]
    public async Task A_program_that_never_stops_answering_costs_its_page_only()
    {
        await _program.RequireAsync();

        AssertFailed(await _program.ReadAsync("exec yes"));
        Assert.Equal(HostileProgram.Done, await _program.SayAsync("true"));
    }

    [Theory]
    [InlineData(">&- 2>&- <&-")]
    [InlineData("")]
    public async Task What_a_program_leaves_behind_ends_with_its_file(string pipes)
    {
        await _program.RequireAsync();

        var outcome = await _program.ReadAsync(
            $"for i in $(seq 20); do ({_program.Sleep} {pipes} &); done; setsid {_program.Sleep}; "
            + $"say {HostileProgram.Done}",
            seconds: 5);

        Assert.Equal(pipes.Length > 0, outcome is Extracted);
        await _program.AssertNothingIsLeftAsync();
        Assert.Equal(HostileProgram.Done, await _program.SayAsync("true"));
    }

    [Fact]
    public async Task A_program_cannot_open_a_connection()
    {
        await _program.RequireAsync();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;

        Assert.Equal(HostileProgram.Refused, await _program.SayAsync($"(echo > /dev/tcp/127.0.0.1/{port})"));
        Assert.False(server.Pending());
    }

    [Theory]
    [InlineData("echo taken > {0}")]
    [InlineData("echo taken >> {0}")]
    [InlineData("echo taken > {0}.new")]
    [InlineData("rm -f {0}")]
    [InlineData("mv {0} {0}.taken")]
    [InlineData("mkdir {0}.folder")]
    [InlineData("chmod 777 {0}")]
    public async Task A_program_cannot_change_a_file(string order)
    {
        await _program.RequireAsync();
        await File.WriteAllTextAsync(_program.Kept, "kept", TestContext.Current.CancellationToken);
        var mode = File.GetUnixFileMode(_program.Kept);

        var said = await _program.SayAsync(
            $"({string.Format(CultureInfo.InvariantCulture, order, _program.Kept)})");

        Assert.Equal(HostileProgram.Refused, said);
        Assert.Equal("kept", await File.ReadAllTextAsync(_program.Kept, TestContext.Current.CancellationToken));
        Assert.Equal(mode, File.GetUnixFileMode(_program.Kept));
        Assert.Equal(
            ["kept.txt", "tesseract"],
            Directory.GetFileSystemEntries(Path.GetDirectoryName(_program.Kept)!)
                .Select(entry => Path.GetFileName(entry))
                .Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("kill -9 {0}")]
    [InlineData("kill -9 -- -{0}")]
    [InlineData("kill -9 -1")]
    [InlineData("prlimit --pid {0} --nofile=1:1")]
    public async Task A_program_cannot_reach_another_process(string order)
    {
        await _program.RequireAsync();
        using var victim = Process.Start("sleep", "86400");

        var said = await _program.SayAsync(
            $"({string.Format(CultureInfo.InvariantCulture, order, victim.Id)})");

        Assert.Equal(HostileProgram.Refused, said);
        Assert.False(victim.HasExited);
        victim.Kill();
    }

    private static void AssertFailed(ReadOutcome outcome)
    {
        var refusal = Assert.IsType<Unreadable>(outcome);
        Assert.Equal((UnreadableReason.NeedsRecognition, "recognition"), (refusal.Reason, refusal.Reader));
        Assert.Equal([new Remark(RemarkCode.RecognitionFailed, "1", "1")], refusal.Advice);
    }
}
