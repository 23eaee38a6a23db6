using System.Diagnostics;
using System.Globalization;

namespace Terroir.Extraction;

/// <summary>Question: how fast is a PDF read on one core, beside poppler's pdftotext on the same files?</summary>
internal static class SpeedScore
{
    private const int Rounds = 3;

    private static readonly string[] Folders =
        ["docs/icdar2013-tables", "docs/pypdf-text", "docs/markitdown-pdf", "office-public/pdf"];

    public static async Task RunAsync(string data, TextWriter output)
    {
        var files = Folders
            .SelectMany(folder => Directory.GetFiles(
                Path.Combine(data, folder), "*.pdf", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .ToArray();
        await output.WriteLineAsync("\n| files | ours, s | pdftotext, s | ratio | slowest file of ours |");
        await output.WriteLineAsync("|---|---|---|---|---|");
        await OursAsync(files);
        var ours = double.MaxValue;
        var theirs = double.MaxValue;
        var slowest = ("", 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            var (total, worst) = await OursAsync(files);
            if (total < ours)
            {
                (ours, slowest) = (total, worst);
            }

            theirs = Math.Min(theirs, await TheirsAsync(files));
        }

        await output.WriteLineAsync(
            $"| {files.Length} | {ours:0.00} | {theirs:0.00} | {theirs / ours:0.00} | "
            + $"{slowest.Item1} {slowest.Item2:0.00} s |");
    }

    private static async Task<(double Total, (string Name, double Seconds) Slowest)> OursAsync(string[] files)
    {
        var process = Process.GetCurrentProcess();
        var begin = process.TotalProcessorTime;
        var slowest = ("", 0.0);
        foreach (var file in files)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            _ = await Files.TextAsync(file);
            process.Refresh();
            var seconds = (process.TotalProcessorTime - before).TotalSeconds;
            if (seconds > slowest.Item2)
            {
                slowest = (Path.GetFileName(file), seconds);
            }
        }

        process.Refresh();
        return ((process.TotalProcessorTime - begin).TotalSeconds, slowest);
    }

    // A process for each file, as pdftotext is used; its processor time alone counts.
    private static async Task<double> TheirsAsync(string[] files)
    {
        var begin = await ChildSecondsAsync();
        foreach (var file in files)
        {
            _ = await PopplerAsync(file);
        }

        return await ChildSecondsAsync() - begin;
    }

    /// <summary>What pdftotext makes of a file.</summary>
    public static async Task<string> PopplerAsync(string file)
    {
        using var process = Process.Start(new ProcessStartInfo("pdftotext", [file, "-"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await errors;
        await process.WaitForExitAsync();
        return text;
    }

    // The system counts the time of children that have ended; fields 16 and 17 are ticks of 10 ms.
    private static async Task<double> ChildSecondsAsync()
    {
        var fields = (await File.ReadAllTextAsync("/proc/self/stat")).Split(')')[^1].Split(' ');
        return (long.Parse(fields[14], CultureInfo.InvariantCulture)
            + long.Parse(fields[15], CultureInfo.InvariantCulture)) / 100.0;
    }
}
