using System.Globalization;

namespace Terroir.Bench.Processes;

/// <summary>The most memory (VmHWM) that the child of this process and the children of that child held, in MB.
/// </summary>
/// <param name="Host">Of the child.</param>
/// <param name="Reader">Of that one of its children that held most.</param>
internal sealed record PeakMemory(double Host, double Reader)
{
    // The kernel keeps the peak; it is lost only for what a process takes between the last look and its end.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Looks at the processes again and again while something runs.</summary>
    public static async Task<(T Result, PeakMemory Peak)> MeasureAsync<T>(
        Func<Task<T>> runAsync,
        CancellationToken cancellationToken)
    {
        var peak = new PeakMemory(0, 0);
        var running = runAsync();
        using var timer = new PeriodicTimer(Interval);
        while (!running.IsCompleted)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            peak = Max(peak, await LookAsync(cancellationToken));
        }

        return (await running, peak);
    }

    private static PeakMemory Max(PeakMemory left, PeakMemory right) =>
        new(Math.Max(left.Host, right.Host), Math.Max(left.Reader, right.Reader));

    private static async Task<PeakMemory> LookAsync(CancellationToken cancellationToken)
    {
        var processes = new List<(int Id, int Parent, double Peak)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && await ReadAsync(id, cancellationToken) is { } found)
            {
                processes.Add(found);
            }
        }

        var children = processes.Where(process => process.Parent == Environment.ProcessId).ToArray();
        var readers = processes.Where(process => Array.Exists(children, child => child.Id == process.Parent));
        return new PeakMemory(
            children.Select(process => process.Peak).DefaultIfEmpty().Max(),
            readers.Select(process => process.Peak).DefaultIfEmpty().Max());
    }

    private static async Task<(int Id, int Parent, double Peak)?> ReadAsync(
        int process,
        CancellationToken cancellationToken)
    {
        try
        {
            var status = await File.ReadAllTextAsync($"/proc/{process}/status", cancellationToken);
            return (process, (int)Find(status, "PPid:"), Find(status, "VmHWM:") / 1024);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    private static double Find(string status, string name)
    {
        var start = status.IndexOf(name, StringComparison.Ordinal);
        return start < 0
            ? 0
            : double.Parse(
                status[(start + name.Length)..].TrimStart().Split(' ', '\n')[0],
                CultureInfo.InvariantCulture);
    }
}
