using System.Diagnostics;
using System.Globalization;
using Terroir.Readers.Workers;

namespace Terroir.Tests.Readers.Workers;

/// <summary>What is asked of the system, in a folder that looks like its control groups; and the system's own groups,
/// where it lets this process make some.</summary>
public sealed class ReaderGroupsTests : IDisposable
{
    private const int Host = 4711;
    private const string Own = "0::/system.slice/terroir.service\n";

    private readonly TestFolder _root = new();

    private string Service => Path.Combine(_root.Path, "system.slice", "terroir.service");

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_process_alone_in_a_group_that_was_delegated_moves_into_a_child_and_hands_the_controllers_on()
    {
        Delegate("cpu memory pids", Host);

        var groups = ReaderGroups.Open(_root.Path, Own, Host);

        Assert.Null(groups.Refusal);
        Assert.Equal("4711", Read("host/cgroup.procs"));
        Assert.Equal("+memory +pids +cpu", Read("cgroup.subtree_control"));
    }

    [Fact]
    public void A_reader_gets_a_group_with_bounds_of_its_own()
    {
        Delegate("cpu memory pids", Host);

        using var group = ReaderGroups.Open(_root.Path, Own, Host).Enter(815, processorsMax: 0.5);

        Assert.NotNull(group);
        Assert.Equal($"{1_536L << 20}", Read("reader-815/memory.max"));
        Assert.Equal("128", Read("reader-815/pids.max"));
        Assert.Equal("1", Read("reader-815/memory.oom.group"));
        Assert.Equal("50000 100000", Read("reader-815/cpu.max"));
        Assert.Equal("815", Read("reader-815/cgroup.procs"));
    }

    [Fact]
    public void A_process_that_stands_in_its_child_already_stays_there()
    {
        Delegate("memory pids");
        Write("host/cgroup.controllers", "");

        var groups = ReaderGroups.Open(_root.Path, "0::/system.slice/terroir.service/host\n", Host);
        using var group = groups.Enter(815, processorsMax: 0.5);

        Assert.Null(groups.Refusal);
        Assert.Equal("+memory +pids", Read("cgroup.subtree_control"));
        Assert.False(File.Exists(Path.Combine(Service, "host", "cgroup.procs")));
        Assert.False(File.Exists(Path.Combine(Service, "reader-815", "cpu.max")));
    }

    [Theory]
    [InlineData("", "", "version 2 are not mounted")]
    [InlineData("4:memory:/x\n", "memory pids", "version 2 are not mounted")]
    [InlineData(Own, "cpu", "no controllers for memory")]
    public void Where_there_is_nothing_to_make_groups_with_the_reason_is_told(
        string own,
        string controllers,
        string reason)
    {
        if (controllers.Length > 0)
        {
            Delegate(controllers, Host);
        }

        var groups = ReaderGroups.Open(_root.Path, own, Host);

        Assert.Contains(reason, groups.Refusal, StringComparison.Ordinal);
        Assert.Null(groups.Enter(815, processorsMax: 0));
        Assert.False(Directory.Exists(Path.Combine(Service, "host")));
    }

    [Fact]
    public void A_group_that_others_stand_in_is_left_alone()
    {
        Delegate("memory pids", Host, 1);

        var groups = ReaderGroups.Open(_root.Path, Own, Host);

        Assert.Contains("other processes", groups.Refusal, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Service, "host")));
    }

    [Fact]
    public void Where_the_system_refuses_to_hand_controllers_on_the_process_moves_back()
    {
        Delegate("memory pids", Host);
        Directory.CreateDirectory(Path.Combine(Service, "cgroup.subtree_control"));

        var groups = ReaderGroups.Open(_root.Path, Own, Host);

        Assert.Contains("may not be written", groups.Refusal, StringComparison.Ordinal);
        Assert.Equal("4711", Read("cgroup.procs"));
    }

    [Fact]
    public void A_program_that_takes_more_memory_than_its_group_has_is_told_from_one_that_crashed()
    {
        Delegate("memory pids", Host);
        using var group = ReaderGroups.Open(_root.Path, Own, Host).Enter(815, processorsMax: 0)!;

        Write("reader-815/memory.events", "max 12\noom 1\noom_kill 0\n");
        var before = group.RanOutOfMemory;
        Write("reader-815/memory.events", "max 12\noom 1\noom_kill 2\n");

        Assert.False(before);
        Assert.True(group.RanOutOfMemory);
    }

    [Fact]
    public void The_system_itself_holds_a_process_to_its_group()
    {
        var groups = ReaderGroups.Current;
        Assert.SkipUnless(groups.Refusal is null, $"no groups can be made here: {groups.Refusal}");
        using var process = Process.Start(new ProcessStartInfo("sleep", ["60"]) { UseShellExecute = false })!;

        using (var group = groups.Enter(process.Id, processorsMax: 0))
        {
            Assert.NotNull(group);
            Assert.Contains(
                $"/reader-{process.Id.ToString(CultureInfo.InvariantCulture)}",
                File.ReadAllText($"/proc/{process.Id}/cgroup"),
                StringComparison.Ordinal);
        }

        process.Kill();
        process.WaitForExit();
        Assert.NotEqual(0, process.ExitCode);
    }

    private void Delegate(string controllers, params int[] processes)
    {
        Write("cgroup.controllers", controllers + "\n");
        Write("cgroup.procs", string.Concat(processes.Select(process => $"{process}\n")));
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(Service, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(Service, file));
}
