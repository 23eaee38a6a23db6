using System.Globalization;
using System.Runtime.InteropServices;

namespace Terroir.Readers.Workers;

/// <summary>The process group of a reading process: it and all that it starts, which cannot leave it (the filter of
/// system calls refuses <c>setpgid</c> and <c>setsid</c>), so that one signal ends them, also a program that forks as
/// fast as it can. Linux only; elsewhere it does nothing.</summary>
internal static partial class ProcessGroup
{
    private const int KillSignal = 9;
    private const int Own = 0;

    /// <summary>Makes this process the leader of a group of its own.</summary>
    public static void Lead()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetGroup(Own, Own);
        }
    }

    /// <summary>Whether another process stands in the group that this process leads: a program that was given up, or
    /// something that a program left behind.</summary>
    public static bool HasOthers()
    {
        if (!IsLeader)
        {
            return false;
        }

        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return Directory.EnumerateDirectories("/proc")
            .Select(folder => Path.GetFileName(folder))
            .Where(name => char.IsAsciiDigit(name[0]) && !string.Equals(name, own, StringComparison.Ordinal))
            .Any(name => IsAliveIn(name, own));
    }

    /// <summary>Ends the group that this process leads, with this process.</summary>
    public static void EndOwn()
    {
        if (IsLeader)
        {
            _ = Kill(Own, KillSignal);
        }
    }

    /// <summary>Ends what stands in the group of a process that runs, or that ended this moment: its number is not
    /// given to another process while a member of its group lives.</summary>
    public static void End(int leader)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Kill(-leader, KillSignal);
        }
    }

    // A process that does not lead a group stands in that of its host.
    private static bool IsLeader => OperatingSystem.IsLinux() && GetGroup() == Environment.ProcessId;

    // proc(5): the number, the name in brackets, the state, the parent, the group.
    private static bool IsAliveIn(string process, string group)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process}/stat");
            var fields = line[(line.LastIndexOf(')') + 1)..].Split(' ', 5, StringSplitOptions.RemoveEmptyEntries);
            return fields is [not ("Z" or "X"), _, var own, ..] && string.Equals(own, group, StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "setpgid", SetLastError = true)]
    private static partial int SetGroup(int process, int group);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    private static partial int GetGroup();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
