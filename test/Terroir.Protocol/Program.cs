using System.Diagnostics;
using System.Globalization;

namespace Terroir.Protocol;

/// <summary><c>run COUNT SEED [STEPS]</c> plays histories and prints figures; <c>replay SEED [STEPS]</c> plays one and
/// tells it.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        switch (arguments)
        {
            case ["run", var count, var seed]:
                var report = await Histories.RunAsync(Number(count), Number(seed), Sabotage.None);
                var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                await Console.Out.WriteLineAsync(report.Describe());
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{report.PlayedCount} histories from seed {seed} in {seconds:0} s"));
                return report.Failure is null ? 0 : 1;
            case ["replay", var seed]:
                var failure = await Histories.PlayAsync(new Choices(Number(seed)), Sabotage.None);
                await Console.Out.WriteLineAsync(failure?.Describe() ?? "no violation");
                return failure is null ? 0 : 1;
            default:
                await Console.Error.WriteLineAsync("usage: run COUNT SEED, or replay SEED");
                return 2;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
