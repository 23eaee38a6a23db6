using System.Globalization;

namespace Terroir.Bench.Processes;

/// <summary>How much of the processors a process has used, as Linux counts it. Other programs on the machine change it
/// far less than the time on the clock.</summary>
internal static class ProcessorTime
{
    // The kernel's ticks in a second, for every program; and the fields of /proc/PID/stat after the name, from 0.
    private const double TicksPerSecond = 100;
    private const int ParentField = 1;
    private const int OwnField = 11;
    private const int ChildrenField = 13;

    /// <summary>Reads the time of a process.</summary>
    public static async Task<TimeSpan> ReadAsync(int process, CancellationToken cancellationToken) =>
        Sum(await ReadFieldsAsync($"{process}", cancellationToken), OwnField);

    /// <summary>Reads the time of this process's children that have ended.</summary>
    public static async Task<TimeSpan> ReadOfEndedChildrenAsync(CancellationToken cancellationToken) =>
        Sum(await ReadFieldsAsync("self", cancellationToken), ChildrenField);

    /// <summary>Reads the time of this process and of all its children.</summary>
    public static async Task<TimeSpan> ReadOfFamilyAsync(CancellationToken cancellationToken)
    {
        var own = await ReadFieldsAsync("self", cancellationToken);
        var sum = Sum(own, OwnField) + Sum(own, ChildrenField);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var name = Path.GetFileName(folder);
            if (int.TryParse(name, CultureInfo.InvariantCulture, out _)
                && await ReadFieldsAsync(name, cancellationToken) is { Length: > 0 } other
                && other[ParentField] == Environment.ProcessId)
            {
                sum += Sum(other, OwnField);
            }
        }

        return sum;
    }

    private static TimeSpan Sum(long[] fields, int first) =>
        TimeSpan.FromSeconds((fields[first] + fields[first + 1]) / TicksPerSecond);

    // The fields are numbers but for the state, which comes first. Another process may end while it is looked at.
    private static async Task<long[]> ReadFieldsAsync(string process, CancellationToken cancellationToken)
    {
        try
        {
            var stat = await File.ReadAllTextAsync($"/proc/{process}/stat", cancellationToken);
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return [0, .. fields[1..].Select(ParseOrMax)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    // Some fields are larger than a signed number; none of those is read here.
    private static long ParseOrMax(string field) =>
        long.TryParse(field, CultureInfo.InvariantCulture, out var value) ? value : long.MaxValue;
}
