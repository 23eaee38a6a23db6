using Microsoft.Extensions.Options;
using Terroir.Server.Emergency;
using Terroir.Storage.Embedded;

namespace Terroir.Server.Tests;

public sealed class DirectoryFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");
    private readonly SiteFolder _site;
    private readonly SqliteIdentityStore _store;
    private readonly DirectoryFile _directory;

    public DirectoryFileTests()
    {
        _site = SiteFolder.Create(Path.Combine(_folder.FullName, "site"));
        _store = SqliteIdentityStore.Open(_site.IdentityFile, TimeProvider.System);
        _directory = new DirectoryFile(_site, _store, Options.Create(new EmergencyOptions()), TimeProvider.System);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Who_leaves_a_group_leaves_it_at_once_also_when_time_and_length_stay()
    {
        Write("groups: [{ id: rh, members: [user:anna] }]\nusers: [{ id: anna }]\n");
        var before = _directory.Find("anna")!;
        var time = File.GetLastWriteTimeUtc(_site.DirectoryFile);

        Write("groups: [{ id: rh, members: [user:anne] }]\nusers: [{ id: anna }]\n");
        File.SetLastWriteTimeUtc(_site.DirectoryFile, time);

        Assert.Contains("group:rh", before.Principals);
        Assert.DoesNotContain("group:rh", _directory.Find("anna")!.Principals);
        Assert.Equal(["user:anne"], _directory.Unknown);
    }

    [Fact]
    public void Without_a_directory_nobody_asks()
    {
        File.Delete(_site.DirectoryFile);

        Assert.Null(_directory.Find("anna"));
    }

    [Fact]
    public void A_directory_that_breaks_off_or_is_not_utf_8_is_refused()
    {
        File.WriteAllBytes(_site.DirectoryFile, "users: [{ id: \"ren\u00E9\" }]"u8.ToArray()[..^4]);

        Assert.Throws<DirectoryInvalidException>(() => _directory.Find("anna"));

        File.WriteAllBytes(_site.DirectoryFile, [.. "users: [{ id: ren"u8, 0xE9, .. " }]"u8]);

        Assert.Contains(
            "UTF-8",
            Assert.Throws<DirectoryInvalidException>(() => _directory.Find("anna")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_is_mended_is_read_again()
    {
        Write("users: [");
        Assert.Throws<DirectoryInvalidException>(() => _directory.Find("anna"));

        Write("users: [{ id: anna }]");

        Assert.NotNull(_directory.Find("anna"));
    }

    private void Write(string text) => File.WriteAllText(_site.DirectoryFile, text);
}
