using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Terroir.Ingestion.Folder;
using Terroir.Ingestion.Permissions.Ntfs;
using Terroir.Storage;

namespace Terroir.Tests.Ingestion.Ntfs;

/// <summary>Real extended attributes of real files; only their name is another one than a share's, which nobody but
/// the kernel may set.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class NtfsPermissionsTests : IDisposable
{
    private const string Attribute = "user.terroir_descriptor";

    private readonly TestFolder _folder = new();
    private readonly Dictionary<string, string> _directory = new(StringComparer.Ordinal)
    {
        [Descriptor.Ana] = "user:ana",
        [Descriptor.Finance] = "group:finance",
        [Descriptor.Interns] = "group:stagiaires",
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Who_reads_may_read_the_file_and_pass_each_folder_above_it()
    {
        _folder.Write("rh/a.md", "x");
        _folder.Write("rh/b.md", "x");
        Set("", Ace.Allow(Descriptor.Everyone, Descriptor.ReadAndExecute));
        Set("rh", Ace.Deny(Descriptor.Interns, 0x20), Ace.Allow(Descriptor.Finance, Descriptor.ReadAndExecute));
        Set("rh/a.md", Ace.Allow(Descriptor.Everyone));
        Set("rh/b.md", Ace.Allow(Descriptor.Ana, Descriptor.Full));

        var (access, faults) = Scan();

        Assert.Empty(faults);
        Assert.Equal(new AccessList(["group:finance"], ["group:stagiaires"]), access["rh/a.md"]);
        Assert.Equal(new AccessList(["group:finance&user:ana"], ["group:stagiaires"]), access["rh/b.md"]);
    }

    [Fact]
    public void A_folder_that_may_be_listed_and_not_passed_closes_what_is_in_it()
    {
        _folder.Write("rh/a.md", "x");
        Set("", Ace.Allow(Descriptor.Everyone, Descriptor.ReadAndExecute));
        Set("rh", Ace.Allow(Descriptor.Everyone, Descriptor.Read));
        Set("rh/a.md", Ace.Allow(Descriptor.Everyone));

        Assert.Equal(AccessList.Nobody, Scan().Access["rh/a.md"]);
    }

    [Fact]
    public void What_shows_no_list_or_one_that_is_broken_is_closed_and_reported()
    {
        _folder.Write("a.md", "x");
        _folder.Write("b.md", "x");
        _folder.Write("c.md", "x");
        Set("", Ace.Allow(Descriptor.Everyone, Descriptor.ReadAndExecute));
        Set("b.md", [1, 2, 3]);
        Set("c.md", Ace.Deny(Descriptor.Max), Ace.Allow(Descriptor.Everyone));

        var (access, faults) = Scan();

        Assert.All(access.Values, list => Assert.Equal(AccessList.Nobody, list));
        Assert.Contains("shows no access list", faults["a.md"], StringComparison.Ordinal);
        Assert.Contains("cannot be understood", faults["b.md"], StringComparison.Ordinal);
        Assert.Contains($"'sid: {Descriptor.Max}'", faults["c.md"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_many_entries_is_read_whole()
    {
        _folder.Write("a.md", "x");
        Set("", Ace.Allow(Descriptor.Everyone, Descriptor.ReadAndExecute));
        Ace[] many =
            [.. Enumerable.Range(0, 60).Select(number => Ace.Deny($"S-1-5-21-9-9-9-{number}", Descriptor.Write))];
        Set("a.md", [.. many, Ace.Allow(Descriptor.Finance)]);

        Assert.Equal(["group:finance"], Scan().Access["a.md"].Allow, StringComparer.Ordinal);
    }

    private (Dictionary<string, AccessList> Access, Dictionary<string, string> Faults) Scan()
    {
        var source = new SourceRecord
        {
            Id = "partage",
            Collection = new CollectionId("soins"),
            Kind = "folder",
            Location = _folder.Path,
            Permissions = "ntfs",
        };
        using var tree = SourceTree.Open(
            source,
            new NtfsPermissions(sid => _directory.GetValueOrDefault(sid), "system.cifs_acl", Attribute));
        var content = FolderScan.Run(source, tree, TestContext.Current.CancellationToken);
        return (
            content.Items.ToDictionary(item => item.Path, item => item.Readers.Access, StringComparer.Ordinal),
            content.Faults.ToDictionary(fault => fault.Path, fault => fault.Problem, StringComparer.Ordinal));
    }

    private void Set(string path, params Ace[] entries) => Set(path, Descriptor.Of(Descriptor.Ana, entries));

    private void Set(string path, byte[] value)
    {
        var file = Encoding.UTF8.GetBytes(Path.Combine(_folder.Path, path) + '\0');
        var result = SetAttribute(file, Encoding.UTF8.GetBytes(Attribute + '\0'), value, value.Length, 0);
        Assert.SkipWhen(result != 0, "the file system keeps no extended attributes");
    }

    [LibraryImport("libc", EntryPoint = "setxattr")]
    private static partial int SetAttribute(
        ReadOnlySpan<byte> path,
        ReadOnlySpan<byte> attribute,
        ReadOnlySpan<byte> value,
        nint size,
        int flags);
}
