using System.Runtime.InteropServices;

namespace Terroir.Readers.Workers;

/// <summary>Takes from this process what reading a file does not need. On a system that is not Linux it takes
/// nothing, and says so.</summary>
internal static partial class WorkerSandbox
{
    // Numbers of asm-generic/resource.h, the same on x86-64 and ARM64.
    private const int ProcessorTime = 0;
    private const int FileSize = 1;
    private const int Data = 2;
    private const int CoreSize = 4;
    private const int OpenFiles = 7;

    private const int OwnProcess = 0;
    private const int Niceness = 5;

    // A busy processor gives nine tenths to a process that reads, one to one that recognises (sched(7): 335 to 36).
    private const int NicenessOfRecognition = 15;

    // The processor time is counted over all threads, the wall clock once; garbage is collected beside the parser.
    private const int ProcessorTimeFactor = 2;

    private static readonly ulong Unlimited = ulong.MaxValue;

    /// <summary>Enters the sandbox for good; programs that are started stand in it too.</summary>
    /// <param name="startsPrograms">Whether the process may start programs.</param>
    public static WorkerIsolation Enter(bool startsPrograms)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new WorkerIsolation(HasLimits: false, HasFilter: false);
        }

        PreferThisProcessWhenMemoryIsShort();
        ProcessGroup.Lead();
        _ = SetPriority(OwnProcess, OwnProcess, startsPrograms ? NicenessOfRecognition : Niceness);
        var hasLimits = Limit(FileSize, 0)
            & Limit(CoreSize, 0)
            & Limit(OpenFiles, ReadWorkerLimits.FileCountMax)
            & Limit(Data, ReadWorkerLimits.DataMaxBytes);
        return new WorkerIsolation(hasLimits, SystemCallFilter.Install(startsPrograms));
    }

    /// <summary>Lets the process use the processor for one more file; then the system ends it.</summary>
    public static void AllowTime(TimeSpan duration)
    {
        if (OperatingSystem.IsLinux())
        {
            var used = Environment.CpuUsage.TotalTime;
            _ = Limit(ProcessorTime, (long)Math.Ceiling((used + (duration * ProcessorTimeFactor)).TotalSeconds), true);
        }
    }

    // When the machine runs out of memory the system should end a reader, not the host.
    private static void PreferThisProcessWhenMemoryIsShort()
    {
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "900");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A preference, no protection.
        }
    }

    private static bool Limit(int resource, long value, bool isSoft = false)
    {
        var limit = new ResourceLimit((ulong)value, isSoft ? Unlimited : (ulong)value);
        return SetLimit(resource, in limit) == 0;
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, int who, int niceness);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ResourceLimit(ulong Soft, ulong Hard);
}
