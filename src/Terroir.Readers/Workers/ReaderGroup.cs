using System.Globalization;

namespace Terroir.Readers.Workers;

/// <summary>The control group of one reading process and of all that it starts.</summary>
internal sealed class ReaderGroup : IDisposable
{
    // The period in which the share of the processors is counted, in microseconds.
    private const int PeriodMicroseconds = 100_000;

    private readonly string _folder;

    /// <summary>Bounds a group that was just made, and puts a process in.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public ReaderGroup(string folder, int process, double processorsMax)
    {
        _folder = folder;
        Write("memory.max", ReadWorkerLimits.GroupMemoryMaxBytes);
        Write("pids.max", ReadWorkerLimits.GroupProcessCountMax);

        // A program without its reader is of no use to anybody.
        Write("memory.oom.group", 1);
        if (processorsMax > 0)
        {
            Write("cpu.max", $"{(long)(processorsMax * PeriodMicroseconds)} {PeriodMicroseconds}");
        }

        WriteIfThere("memory.swap.max", 0);
        Write("cgroup.procs", process);
    }

    /// <summary>Whether the system has ended processes of the group because they took more than its memory.</summary>
    public bool RanOutOfMemory
    {
        get
        {
            try
            {
                return File.ReadLines(Path.Combine(_folder, "memory.events"))
                    .Any(line => line.StartsWith("oom_kill ", StringComparison.Ordinal) && line is not "oom_kill 0");
            }
            catch (Exception exception) when (ReaderGroups.IsRefusal(exception))
            {
                return false;
            }
        }
    }

    /// <summary>Ends whatever stands in the group.</summary>
    public void Dispose()
    {
        try
        {
            WriteIfThere("cgroup.kill", 1);
        }
        catch (Exception exception) when (ReaderGroups.IsRefusal(exception))
        {
            // Its process is ended in any case.
        }

        ReaderGroups.Remove(_folder);
    }

    // A kernel without swap or before 5.14 has no such file.
    private void WriteIfThere(string file, long value)
    {
        if (File.Exists(Path.Combine(_folder, file)))
        {
            Write(file, value);
        }
    }

    private void Write(string file, long value) => Write(file, value.ToString(CultureInfo.InvariantCulture));

    private void Write(string file, string value) => File.WriteAllText(Path.Combine(_folder, file), value);
}
