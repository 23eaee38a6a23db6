using System.Runtime.Versioning;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Embedded;

[SupportedOSPlatform("linux")]
public sealed class DurableFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();
    private readonly FaultyFileCalls _calls = new();

    private string Target => _folder["site.key"];

    private DurableFileWriter Writer => new(_calls, "file system");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_replaced_file_has_the_new_bytes_and_its_mode()
    {
        DurableFile.Replace(Target, "old"u8, OwnerOnly);
        DurableFile.Replace(Target, "new"u8, OwnerOnly | UnixFileMode.GroupRead);

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Equal(OwnerOnly | UnixFileMode.GroupRead, File.GetUnixFileMode(Target));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_secret_is_readable_by_its_owner_alone_from_the_first_byte()
    {
        var modes = new List<UnixFileMode>();
        _calls.BeforeWrite = path => modes.Add(File.GetUnixFileMode(path));

        Writer.Replace(Target, "secret"u8, OwnerOnly);
        Writer.Replace(Target, "open"u8, OwnerOnly | UnixFileMode.OtherRead);

        Assert.Equal([OwnerOnly, OwnerOnly], modes);
    }

    [Fact]
    public void Two_writers_of_one_file_never_share_an_unfinished_one()
    {
        Writer.Replace(Target, "a"u8, OwnerOnly);
        Writer.Replace(Target, "b"u8, OwnerOnly);

        var created = _calls.Log.Where(entry => entry.Call == FileCall.Create).Select(entry => entry.Path).ToArray();
        Assert.Equal(2, created.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(FileCall.Create)]
    [InlineData(FileCall.Write)]
    [InlineData(FileCall.SetMode)]
    [InlineData(FileCall.Sync)]
    [InlineData(FileCall.Rename)]
    public void A_replacement_that_fails_leaves_the_old_file_alone(FileCall call)
    {
        DurableFile.Replace(Target, "old"u8, OwnerOnly);
        (_calls.Fault, _calls.IsTorn) = ((call, FaultyFileCalls.InputOutputError), true);

        Assert.Throws<StorageFailedException>(() => Writer.Replace(Target, "new"u8, OwnerOnly));

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_replacement_is_not_acknowledged_before_its_folder_is_synced()
    {
        _calls.Fault = (FileCall.SyncFolder, FaultyFileCalls.InputOutputError);

        Assert.Throws<StorageFailedException>(() => Writer.Replace(Target, "new"u8, OwnerOnly));
    }

    [Fact]
    public void Every_folder_on_the_way_is_synced_into_its_parent()
    {
        Writer.EnsureFolder(_folder["a/b/c"]);

        Assert.Equal(
            new[] { Path.GetDirectoryName(_folder.Path)!, _folder.Path, _folder["a"], _folder["a/b"] },
            _calls.Log.Select(entry => entry.Path),
            StringComparer.Ordinal);
        Assert.False(File.GetUnixFileMode(_folder["a/b/c"]).HasFlag(UnixFileMode.OtherRead));
    }

    [Fact]
    public void A_folder_that_cannot_be_created_is_a_clear_error()
    {
        File.WriteAllText(_folder["file"], "");

        var exception = Assert.Throws<StorageFailedException>(() => DurableFile.EnsureFolder(_folder["file/sub"]));

        Assert.Equal("TER5001", exception.Code);
    }

    // Real system calls: nothing can be synced on /dev/null, and the base library would say nothing.
    [Fact]
    public void A_failed_fsync_is_seen()
    {
        using var device = File.OpenHandle("/dev/null", access: FileAccess.Write);

        Assert.NotEqual(0, SystemFileCalls.Instance.Sync(device));
        Assert.NotEqual(0, SystemFileCalls.Instance.SyncFolder(_folder["absent"]));
        Assert.Equal(0, SystemFileCalls.Instance.SyncFolder(_folder.Path));
    }

    [Fact]
    public void A_full_device_is_a_lack_of_room()
    {
        using var device = File.OpenHandle("/dev/full", access: FileAccess.Write);
        var exception = Assert.ThrowsAny<IOException>(() => SystemFileCalls.Instance.Write(device, "a"u8));

        Assert.True(FileFailure.Of("file system", "write", exception).IsTransient);
    }

    // Address 0 of a process cannot be read: the system answers EIO.
    [Fact]
    public void An_input_output_error_is_not_a_lack_of_room()
    {
        using var memory = File.OpenHandle("/proc/self/mem");
        var exception = Assert.ThrowsAny<IOException>(() => RandomAccess.Read(memory, new byte[1], 0));

        Assert.False(FileFailure.Of("file system", "read", exception).IsTransient);
    }
}
