using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Terroir.Bench;

/// <summary>Prints figures as they stand in <c>docs/benchmarks.md</c>: where and when first, then tables.</summary>
internal static class Report
{
    /// <summary>Says what the figures below were measured on.</summary>
    public static async Task WriteMachineAsync(string verb, CancellationToken cancellationToken)
    {
        var processor = await FindAsync("/proc/cpuinfo", "model name", cancellationToken) ?? "unknown processor";
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
        var load = File.Exists("/proc/loadavg")
            ? (await File.ReadAllTextAsync("/proc/loadavg", cancellationToken)).Split(' ')[0]
            : "unknown";
        await WriteLineAsync(
            $"{verb}: {processor}, {Environment.ProcessorCount} cores, {memory} GiB, "
            + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; "
            + $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Commit()}; load before the start {load}");
        await WriteLineAsync("");
    }

    /// <summary>Writes a table.</summary>
    public static async Task WriteTableAsync(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        await WriteLineAsync($"| {string.Join(" | ", columns)} |");
        await WriteLineAsync($"|{string.Concat(columns.Select(_ => "---|"))}");
        foreach (var row in rows)
        {
            await WriteLineAsync($"| {string.Join(" | ", row)} |");
        }

        await WriteLineAsync("");
    }

    public static Task WriteLineAsync(string line) => Console.Out.WriteLineAsync(line);

    public static string Number(double value, string format = "0.00") =>
        value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The value at a share of the sorted values, such as 0.99.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];
    }

    /// <summary>The value of the first line of a file of the system that begins with a name.</summary>
    public static async Task<string?> FindAsync(string file, string name, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var line = (await File.ReadAllLinesAsync(file, cancellationToken))
            .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static string Commit()
    {
        var version = typeof(Report).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion;
        return version.IndexOf('+', StringComparison.Ordinal) is >= 0 and var at ? version[(at + 1)..][..9] : version;
    }
}
