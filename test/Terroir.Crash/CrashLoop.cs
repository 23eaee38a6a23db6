using System.Diagnostics;
using System.Globalization;

namespace Terroir.Crash;

/// <summary>Starts the child, kills it at a drawn line of its progress and checks the store, many times.</summary>
internal static class CrashLoop
{
    /// <summary>A store is used for so many kills; then the next begins empty, since its manifests only grow.</summary>
    private const int RoundsOfStore = 25;

    /// <summary>A kill comes after at most so many lines.</summary>
    private const int LineCountMax = 250;

    /// <summary>A child that prints nothing for so long hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<CrashReport> RunAsync(
        string folder,
        int rounds,
        int seed,
        CancellationToken cancellationToken)
    {
        var report = new CrashReport(seed);
        var model = new CrashModel();
        for (var round = 0; round < rounds; round++)
        {
            if (round % RoundsOfStore == 0)
            {
                model = new CrashModel();
            }

            var store = Path.Combine(folder, $"store-{round / RoundsOfStore}");
            Directory.CreateDirectory(store);
            var random = new Random(unchecked(seed * 7919 + round));
            var killAfter = random.Next(1, LineCountMax);
            var acknowledgedBefore = model.AcknowledgedCount;
            var fault = await KillAsync(
                ["child", store, Text(round % RoundsOfStore), Text(random.Next())],
                killAfter,
                model,
                cancellationToken);
            var problems = new CrashCheck(store, round % RoundsOfStore, model);
            report.Add(
                round,
                model.AcknowledgedCount - acknowledgedBefore,
                fault is null ? await problems.RunAsync(cancellationToken) : [fault]);
            if ((round + 1) % RoundsOfStore == 0 && report.Problems.Count == 0)
            {
                Directory.Delete(store, recursive: true);
            }
        }

        return report;
    }

    private static async Task<string?> KillAsync(
        string[] arguments,
        int killAfter,
        CrashModel model,
        CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var start = new ProcessStartInfo("dotnet", [typeof(CrashLoop).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            var count = 0;
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                model.Read(line);
                if (++count == killAfter)
                {
                    process.Kill();
                }
            }

            await process.WaitForExitAsync(patience.Token);
            return count < killAfter ? $"The child ended by itself: {await error}" : null;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
