using System.Globalization;

namespace Terroir.Readers.Workers;

/// <summary>Control groups for reading processes, on a system that lets this process make some: memory and processes
/// are bounded for a reading process with all the programs that it starts, which limits of a process cannot do.
/// </summary>
/// <remarks>Control groups of version 2, Linux 4.15 (Documentation/admin-guide/cgroup-v2.rst): a group whose children
/// are to be bounded holds no process itself, so that this one moves into a child <see cref="HostName"/> beside the
/// readers. That is done only where no other process stands in the group. Safe to call from several threads at once.
/// </remarks>
internal sealed class ReaderGroups
{
    /// <summary>The group of the process that owns the readers.</summary>
    internal const string HostName = "host";

    /// <summary>How the groups of readers begin.</summary>
    internal const string ReaderPrefix = "reader-";

    /// <summary>Where the system shows the groups.</summary>
    internal const string SystemFolder = "/sys/fs/cgroup";

    private const string OwnGroupFile = "/proc/self/cgroup";
    private const string OwnGroupPrefix = "0::";

    private static readonly Lazy<ReaderGroups> System = new(() => OperatingSystem.IsLinux()
        ? Open(SystemFolder, TryRead(OwnGroupFile), Environment.ProcessId)
        : new ReaderGroups(folder: null, hasProcessor: false, "this system has no control groups"));

    private readonly string? _folder;
    private readonly bool _hasProcessor;

    private ReaderGroups(string? folder, bool hasProcessor, string? refusal)
    {
        _folder = folder;
        _hasProcessor = hasProcessor;
        Refusal = refusal;
    }

    /// <summary>Those of this system; this process moves on the first use.</summary>
    public static ReaderGroups Current => System.Value;

    /// <summary>Why there are none; <see langword="null"/> if there are.</summary>
    public string? Refusal { get; }

    /// <summary>Prepares the group of a process for readers.</summary>
    /// <param name="root">Where the system shows the groups.</param>
    /// <param name="ownGroups">What <c>/proc/self/cgroup</c> says.</param>
    /// <param name="process">The process that owns the readers.</param>
    internal static ReaderGroups Open(string root, string ownGroups, int process)
    {
        var path = ownGroups.Split('\n')
            .FirstOrDefault(line => line.StartsWith(OwnGroupPrefix, StringComparison.Ordinal));
        var own = path is null ? null : Path.Join(root, path[OwnGroupPrefix.Length..].Trim());
        if (own is null || !File.Exists(Path.Combine(own, "cgroup.controllers")))
        {
            return Refuse("control groups of version 2 are not mounted");
        }

        var isInChild = string.Equals(Path.GetFileName(own), HostName, StringComparison.Ordinal);
        var folder = isInChild ? Path.GetDirectoryName(own)! : own;
        var offered = Words(Path.Combine(folder, "cgroup.controllers"));
        if (!offered.Contains("memory") || !offered.Contains("pids"))
        {
            return Refuse($"the group {folder} has no controllers for memory and processes");
        }

        if (!isInChild && Words(Path.Combine(folder, "cgroup.procs"))
                .Except([Text(process)], StringComparer.Ordinal)
                .Any())
        {
            return Refuse($"other processes stand in the group {folder}");
        }

        return Prepare(folder, offered.Contains("cpu"), process, isInChild);
    }

    /// <summary>Makes a group for a reading process that has just started, and puts the process in.</summary>
    /// <param name="process">The process.</param>
    /// <param name="processorsMax">How many processors it may use; 0 is no bound.</param>
    /// <returns>The group, or <see langword="null"/> where there are none.</returns>
    public ReaderGroup? Enter(int process, double processorsMax)
    {
        if (_folder is null)
        {
            return null;
        }

        Sweep(_folder);
        var folder = Path.Combine(_folder, ReaderPrefix + Text(process));
        try
        {
            Directory.CreateDirectory(folder);
            return new ReaderGroup(folder, process, _hasProcessor ? processorsMax : 0);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            Remove(folder);
            return null;
        }
    }

    /// <summary>Whether the system refused to change a group.</summary>
    internal static bool IsRefusal(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Removes a group, if nothing stands in it.</summary>
    internal static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            // Its processes are still ending, or it is gone: the next reader that starts looks again.
        }
    }

    private static ReaderGroups Prepare(string folder, bool hasProcessor, int process, bool isInChild)
    {
        var host = Path.Combine(folder, HostName);
        try
        {
            if (!isInChild)
            {
                Directory.CreateDirectory(host);
                File.WriteAllText(Path.Combine(host, "cgroup.procs"), Text(process));
            }

            File.WriteAllText(
                Path.Combine(folder, "cgroup.subtree_control"),
                hasProcessor ? "+memory +pids +cpu" : "+memory +pids");
            Sweep(folder);
            return new ReaderGroups(folder, hasProcessor, refusal: null);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            if (!isInChild)
            {
                MoveBack(folder, host, process);
            }

            return Refuse($"the group {folder} may not be written to");
        }
    }

    private static void MoveBack(string folder, string host, int process)
    {
        try
        {
            File.WriteAllText(Path.Combine(folder, "cgroup.procs"), Text(process));
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            // It never left, or it stays where it is: nothing depends on it.
        }

        Remove(host);
    }

    // The groups of readers that have ended, also of a host that was killed. Those in use cannot be removed.
    private static void Sweep(string folder)
    {
        foreach (var old in Directory.EnumerateDirectories(folder, ReaderPrefix + "*"))
        {
            Remove(old);
        }
    }

    private static ReaderGroups Refuse(string reason) => new(folder: null, hasProcessor: false, reason);

    private static HashSet<string> Words(string file) =>
        TryRead(file).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    private static string TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            return "";
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
