using System.Text;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Embedded;

/// <summary>Derived files: what is there whole, or nothing.</summary>
public sealed class FolderDerivedStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_read_as_it_was_written()
    {
        var store = Open();

        Assert.True(store.Put("records.a-b_1", stream => stream.Write("one"u8)));

        Assert.Equal("one", Read(store, "records.a-b_1"));
        Assert.Equal("one", Read(Open(), "records.a-b_1"));
        Assert.Equal("records.a-b_1", Assert.Single(store.List("records.")));
        Assert.Empty(store.List("vectors."));
    }

    [Fact]
    public void Whoever_has_a_file_open_keeps_its_bytes()
    {
        var store = Open();
        store.Put("a", stream => stream.Write("one"u8));
        var replaced = store.Open("a")!.Value;

        store.Put("a", stream => stream.Write("two"u8));
        var deleted = store.Open("a")!.Value;
        store.Delete("a");

        Assert.Equal("one", Encoding.UTF8.GetString(replaced.Span));
        Assert.Equal("two", Encoding.UTF8.GetString(deleted.Span));
        Assert.Null(store.Open("a"));
        store.Delete("a");
    }

    [Fact]
    public void A_writing_that_fails_leaves_the_file_as_it_was()
    {
        var store = Open();
        store.Put("a", stream => stream.Write("one"u8));

        Assert.Throws<InvalidOperationException>(() => store.Put("a", stream =>
        {
            stream.Write("two"u8);
            throw new InvalidOperationException();
        }));
        Assert.False(store.Put("a", _ => throw new IOException("no room")));

        Assert.Equal("one", Read(store, "a"));
        Assert.Equal([_folder["derived/a"]], Directory.GetFiles(_folder["derived"]));
    }

    [Fact]
    public void A_folder_that_cannot_be_used_keeps_nothing()
    {
        File.WriteAllText(_folder["derived"], "a file where the folder should be");
        var store = Open();

        Assert.False(store.Put("a", stream => stream.Write("one"u8)));
        Assert.Null(store.Open("a"));
        Assert.Empty(store.List(""));
        store.Delete("a");
    }

    [Fact]
    public void What_a_killed_process_left_is_deleted_after_a_while()
    {
        var store = Open();
        Directory.CreateDirectory(_folder["derived"]);
        File.WriteAllText(_folder["derived/.tmp-old"], "half");
        File.SetLastWriteTimeUtc(_folder["derived/.tmp-old"], DateTime.UnixEpoch);
        File.WriteAllText(_folder["derived/.tmp-new"], "half");

        store.Put("a", stream => stream.Write("one"u8));

        Assert.True(File.Exists(_folder["derived/.tmp-new"]));
        Assert.False(File.Exists(_folder["derived/.tmp-old"]));
        Assert.Equal("a", Assert.Single(store.List("")));
    }

    [Fact]
    public void Only_the_owner_reads_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes");
            return;
        }

        Open().Put("a", stream => stream.Write("one"u8));

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(_folder["derived/a"]) & Others);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(_folder["derived"]) & Others);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../a")]
    [InlineData("a/b")]
    [InlineData(".tmp-1")]
    [InlineData("A")]
    public void A_name_leads_nowhere_else(string name)
    {
        var store = Open();

        Assert.Throws<ArgumentException>(() => store.Open(name));
        Assert.Throws<ArgumentException>(() => store.Put(name, _ => { }));
        Assert.Throws<ArgumentException>(() => store.Delete(name));
    }

    private static string Read(FolderDerivedStore store, string name) =>
        Encoding.UTF8.GetString(store.Open(name)!.Value.Span);

    private FolderDerivedStore Open() => new(_folder["derived"], TimeProvider.System);
}
