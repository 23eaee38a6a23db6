using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Terroir.Bench.Inference;

/// <summary>What this process uses.</summary>
internal static partial class ProcessUse
{
    /// <summary>The seconds of the processors so far, all threads.</summary>
    public static double CpuSeconds()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>Begins to look for the most memory anew, and returns what is held now, in bytes.</summary>
    public static async Task<long> ResetPeakAsync(CancellationToken cancellationToken)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _ = Trim(0);
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5", cancellationToken);
        return await ReadAsync("VmRSS", cancellationToken);
    }

    /// <summary>The most memory since, in bytes.</summary>
    public static Task<long> PeakAsync(CancellationToken cancellationToken) => ReadAsync("VmHWM", cancellationToken);

    // What an engine before has freed counts for the next one otherwise.
    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keepBytes);

    private static async Task<long> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var value = await Report.FindAsync("/proc/self/status", name, cancellationToken);
        return 1_024 * long.Parse(value!.Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
