using System.Diagnostics;
using System.Text.Json;

namespace Terroir.Acceptance.Tests;

/// <summary>The command as a user runs it: a child process.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_demo_answers_one_asker_and_refuses_the_other()
    {
        var (exit, output, _) = await RunAsync("demo", "--no-serve", "--json", "--data", _folder.FullName);

        using var json = JsonDocument.Parse(output);
        var answers = json.RootElement.GetProperty("answers").EnumerateArray().ToArray();
        Assert.Equal(0, exit);
        Assert.True(json.RootElement.GetProperty("documents").GetInt32() >= 60);
        Assert.Equal([false, true, false], answers.Select(answer => answer.GetProperty("refused").GetBoolean()));
    }

    [Theory]
    [InlineData(2, "no-such-verb")]
    [InlineData(1, "status", "--data", "/nonexistent")]
    [InlineData(3, "extract", "/nonexistent")]
    [InlineData(0, "ask", "--help")]
    public async Task The_exit_code_tells_what_happened(int expected, params string[] arguments) =>
        Assert.Equal(expected, (await RunAsync(arguments)).Exit);

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Terroir.Cli.dll"),
            .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
