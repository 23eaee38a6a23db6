using System.Runtime.InteropServices;

namespace Terroir.Bench.Vectors;

/// <summary>How long this thread has used a processor, in seconds; Linux only.</summary>
internal static partial class ThreadTime
{
    private const int ThreadCpuTimeClock = 3;

    public static unsafe double Now()
    {
        var time = stackalloc long[2];
        if (Read(ThreadCpuTimeClock, time) != 0)
        {
            throw new PlatformNotSupportedException("The clock of a thread's processor time cannot be read.");
        }

        return time[0] + (time[1] * 1e-9);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Read(int clock, long* time);
}
