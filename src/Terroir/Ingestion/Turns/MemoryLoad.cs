using System.Buffers;
using System.Globalization;

namespace Terroir.Ingestion.Turns;

/// <summary>The memory of the machine as Linux tells it; elsewhere it is never short.</summary>
/// <remarks><c>/proc/pressure/memory</c> (PSI, Linux 4.20) is the share of the last ten seconds in which programs
/// waited for memory; <c>/proc/meminfo</c> says what could be given without swapping.</remarks>
internal sealed class MemoryLoad : IMachineLoad
{
    /// <summary>The machine is short when programs waited for memory for more of the time, in percent.</summary>
    internal const double WaitingPercentMax = 10;

    /// <summary>The machine is short when a smaller share of its memory is available.</summary>
    internal const double AvailableShareMin = 0.08;

    private static readonly SearchValues<char> NumberSigns = SearchValues.Create("0123456789.");

    private readonly string _processFolder;

    /// <summary>Reads the files of the system.</summary>
    /// <param name="processFolder">Where they are.</param>
    public MemoryLoad(string processFolder = "/proc") => _processFolder = processFolder;

    public bool IsShort() =>
        IsWaiting(Read("pressure/memory")) || IsScarce(Read("meminfo"));

    // some avg10=0.00 avg60=0.00 avg300=0.00 total=0
    private static bool IsWaiting(string pressure) =>
        Find(pressure, "some avg10=") is { } percent && percent > WaitingPercentMax;

    private static bool IsScarce(string memory) =>
        Find(memory, "MemTotal:") is { } total
        && Find(memory, "MemAvailable:") is { } available
        && available < total * AvailableShareMin;

    private static double? Find(string text, string name)
    {
        var start = text.IndexOf(name, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var rest = text.AsSpan(start + name.Length).TrimStart();
        var end = rest.IndexOfAnyExcept(NumberSigns);
        return double.TryParse(
            end < 0 ? rest : rest[..end],
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var value)
            ? value
            : null;
    }

    private string Read(string name)
    {
        try
        {
#pragma warning disable MA0045 // It is made in memory by the kernel, and read under a lock.
            return File.ReadAllText(Path.Combine(_processFolder, name));
#pragma warning restore MA0045
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another system, or a kernel without it: nothing is known, so nothing is short.
            return "";
        }
    }
}
