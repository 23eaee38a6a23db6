using System.Runtime.Versioning;
using Terroir.Access;

namespace Terroir.Tests.Ingestion;

/// <summary>Real files with real owners, modes and access control lists.</summary>
[SupportedOSPlatform("linux")]
public sealed class PosixPermissionsTests : IAsyncLifetime
{
    // Users and groups that every system has, with the same names as here.
    private const uint Daemon = 1;
    private const uint Bin = 2;
    private const uint Nameless = 4_000_123;

    private readonly TestSite _site = new();

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Root);
        await _site.AddSourceAsync("posix", Root + "/");
        PosixFile.SetMode(Root, 0x1ED);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private string Root => Path.Combine(_site.Source.Path, "root");

    [Fact]
    public async Task Everyone_reads_what_others_may_read()
    {
        Write("a.md", mode: "644");

        Assert.Equal(new AccessList(["everyone"], []), await SyncAsync("a.md"));
    }

    [Fact]
    public async Task The_root_must_let_pass_too_also_when_its_path_ends_with_a_slash()
    {
        Write("a.md", mode: "644");
        SetMode(Root, "700");

        Assert.Equal(AccessList.Nobody, await SyncAsync("a.md"));
    }

    [Fact]
    public async Task Owner_and_group_read_what_others_may_not()
    {
        PosixFile.SkipUnlessRoot();
        PosixFile.Give(Write("a.md", mode: "640"), Daemon, Bin);

        Assert.Equal(new AccessList(["user:daemon", "group:bin"], []), await SyncAsync("a.md"));
    }

    [Fact]
    public async Task Who_reads_is_in_the_group_of_the_folder_and_of_the_file()
    {
        PosixFile.SkipUnlessRoot();
        var folder = Directory.CreateDirectory(Path.Combine(Root, "rh")).FullName;
        PosixFile.Give(Write("rh/a.md", mode: "640"), 0, Bin);
        PosixFile.Give(folder, 0, Daemon);
        SetMode(folder, "750");

        var access = await SyncAsync("rh/a.md");

        Assert.Equal(new AccessList(["group:bin&group:daemon"], []), access);
        Assert.Single(await _site.SearchAsync("parking", new Asker("a", ["bin", "daemon"])));
        Assert.Empty(await _site.SearchAsync("parking", new Asker("a", ["bin"])));
    }

    [Fact]
    public async Task An_owner_and_a_group_that_are_refused_do_not_read_as_others()
    {
        PosixFile.SkipUnlessRoot();
        PosixFile.Give(Write("a.md", mode: "004"), Daemon, Bin);

        Assert.Equal(new AccessList(["everyone"], ["user:daemon", "group:bin"]), await SyncAsync("a.md"));
    }

    [Fact]
    public async Task A_list_names_users_and_groups_and_its_mask_holds()
    {
        PosixFile.SkipUnlessRoot();
        var path = Write("a.md", mode: "640");
        PosixFile.Give(path, 0, 0);
        PosixFile.SetAcl(path, new PosixList
        {
            Owner = 6,
            Users = [(Daemon, 4), (Bin, 2)],
            OwningGroup = 0,
            Groups = [(Bin, 6)],
            Mask = 4,
            Other = 0,
        });

        var open = await SyncAsync("a.md");
        PosixFile.SetAcl(path, new PosixList { Owner = 6, Users = [(Daemon, 4)], Groups = [(Bin, 6)], Mask = 2 });
        var masked = await SyncAsync("a.md");

        Assert.Equal(new AccessList(["user:daemon", "group:bin"], ["user:bin"]), open);
        Assert.Equal(AccessList.Nobody, masked);
    }

    [Fact]
    public async Task A_list_on_a_folder_lets_a_user_pass()
    {
        PosixFile.SkipUnlessRoot();
        var folder = Directory.CreateDirectory(Path.Combine(Root, "rh")).FullName;
        Write("rh/a.md", mode: "644");
        SetMode(folder, "700");
        PosixFile.SetAcl(folder, new PosixList { Owner = 7, Users = [(Daemon, 1)], Mask = 1 });

        Assert.Equal(new AccessList(["user:daemon"], []), await SyncAsync("rh/a.md"));
    }

    [Fact]
    public async Task A_number_without_a_name_is_kept_as_a_number()
    {
        PosixFile.SkipUnlessRoot();
        PosixFile.Give(Write("a.md", mode: "440"), Nameless, Nameless);

        Assert.Equal(new AccessList([$"user:#{Nameless}", $"group:#{Nameless}"], []), await SyncAsync("a.md"));
    }

    [Fact]
    public async Task A_changed_mode_is_stamped_without_reading_the_file_again()
    {
        var reader = new CountingReader();
        _site.Reader = reader;
        var path = Write("a.md", mode: "644");
        await SyncAsync("a.md");
        SetMode(path, "600");

        var report = await _site.SyncAsync();

        Assert.Equal((1, 0, 1), (report.StampedCount, report.ChangedCount, report.UnchangedCount));
        Assert.Equal(["a.md"], reader.Names);
        Assert.Empty(await _site.SearchAsync("parking"));
    }

    [Fact]
    public async Task A_folder_that_is_closed_closes_what_is_in_it()
    {
        Write("rh/a.md", mode: "644");
        await SyncAsync("rh/a.md");
        SetMode(Path.Combine(Root, "rh"), "700");

        Assert.Equal(1, (await _site.SyncAsync()).StampedCount);
        Assert.Empty(await _site.SearchAsync("parking"));
    }

    private async Task<AccessList> SyncAsync(string path)
    {
        await _site.SyncAsync();
        return Assert.Single(
            await _site.DocumentsAsync(),
            document => string.Equals(document.Path, path, StringComparison.Ordinal)).Access;
    }

    private string Write(string name, string mode)
    {
        var path = _site.Source.Write(Path.Combine("root", name), "Le parking coûte douze euros.");
        SetMode(Path.GetDirectoryName(path)!, "755");

        SetMode(path, mode);
        return path;
    }

    private static void SetMode(string path, string mode) => PosixFile.SetMode(path, Convert.ToInt32(mode, 8));
}
