namespace Terroir.Readers.Workers;

/// <summary>The bounds of reading processes. Each is far above what an honest file needs.</summary>
internal static class ReadWorkerLimits
{
    /// <summary>The managed memory of one process; a file that needs more is refused.</summary>
    public const long HeapMaxBytes = 768L << 20;

    /// <summary>All private memory of one process, native included; beyond it the system refuses more.</summary>
    public const long DataMaxBytes = 1_536L << 20;

    /// <summary>All memory of one process and of the programs that it starts, where it has a control group.</summary>
    public const long GroupMemoryMaxBytes = 1_536L << 20;

    /// <summary>The processes and threads of one process and of the programs that it starts, where it has a control
    /// group.</summary>
    public const int GroupProcessCountMax = 128;

    /// <summary>The open files of one process.</summary>
    public const long FileCountMax = 256;

    /// <summary>What a process may answer to one file: its text and the files inside it.</summary>
    public const long AnswerMaxBytes = 768L << 20;

    /// <summary>The messages to one file: one for each page that is recognised, and a few besides.</summary>
    public const int MessageCountMax = 1_000;

    /// <summary>A process is replaced after so many files: whatever a parser keeps for itself goes with it.</summary>
    public const int FilesOfProcess = 1_000;

    /// <summary>How long a process may take to start on a loaded machine.</summary>
    public static readonly TimeSpan StartDuration = TimeSpan.FromMinutes(1);

    /// <summary>How much longer than the process itself the pool waits before it kills it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
}
