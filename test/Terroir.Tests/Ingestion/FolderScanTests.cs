using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using CsCheck;
using Terroir.Documents;
using Terroir.Ingestion.Folder;

namespace Terroir.Tests.Ingestion;

/// <summary>Names and things that people and programs leave in folders.</summary>
[SupportedOSPlatform("linux")]
public sealed class FolderScanTests : IAsyncLifetime
{
    private readonly TestSite _site = new();

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        await _site.AddSourceAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Two_spellings_of_one_name_are_two_documents()
    {
        _site.Source.Write(NormalForm.Of("é.md"), "Le parking un.");
        _site.Source.Write(NormalForm.Of("é.md", NormalizationForm.FormD), "Le parking deux.");
        _site.Source.Write("É.MD", "Le parking trois.");

        await _site.SyncAsync();

        Assert.Equal(3, (await _site.SearchAsync("parking")).Count);
    }

    [Fact]
    public async Task A_name_that_is_no_text_is_read_like_any_other()
    {
        PosixFile.Write(_site.Source.Path, [0xFF, (byte)'!'], content: null);
        PosixFile.Write(_site.Source.Path, [.. "caf"u8, 0xE9, .. ".md"u8], "Le parking un.");
        PosixFile.Write(_site.Source.Path, "ligne\nautre.md"u8, "Le parking deux.");
        PosixFile.Write(_site.Source.Path, [0xFF, (byte)'!', (byte)'/', .. "a.md"u8], "Le parking trois.");

        var report = await _site.SyncAsync();

        Assert.Equal(
            ["%FF%21/a.md", "caf%E9.md", "ligne%0Aautre.md"],
            (await _site.DocumentsAsync()).Select(document => document.Path).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal((3, 0), (report.AddedCount, report.QuarantinedCount));
        Assert.Equal(3, (await _site.SyncAsync()).UnchangedCount);

        // The base library cannot delete these with their folder.
        PosixFile.Delete(_site.Source.Path, [0xFF, (byte)'!', (byte)'/', .. "a.md"u8]);
        PosixFile.Delete(_site.Source.Path, [0xFF, (byte)'!']);
        PosixFile.Delete(_site.Source.Path, [.. "caf"u8, 0xE9, .. ".md"u8]);
    }

    [Fact]
    public async Task A_folder_whose_name_ends_like_an_archive_is_none()
    {
        _site.Source.Write("a.zip!/un.txt", "Le parking un.");
        Archive.Write(Path.Combine(_site.Source.Path, "a.zip"), ("un.txt", "Le parking deux."));

        await _site.SyncAsync();
        Directory.Delete(Path.Combine(_site.Source.Path, "a.zip!"), recursive: true);
        await _site.SyncAsync();

        Assert.Equal("a.zip!/un.txt", Assert.Single(await _site.SearchAsync("parking")).Document.Path);
        Assert.Single(await _site.SearchAsync("deux"));
    }

    [Fact]
    public async Task Links_are_not_followed_and_are_counted()
    {
        using var elsewhere = new TestFolder();
        elsewhere.Write("secret.md", "Le parking secret.");
        _site.Source.Write("a.md", "Le parking.");
        Directory.CreateSymbolicLink(Path.Combine(_site.Source.Path, "dossier"), elsewhere.Path);
        Directory.CreateSymbolicLink(Path.Combine(_site.Source.Path, "boucle"), _site.Source.Path);
        File.CreateSymbolicLink(Path.Combine(_site.Source.Path, "b.md"), Path.Combine(elsewhere.Path, "secret.md"));
        File.CreateSymbolicLink(Path.Combine(_site.Source.Path, "nulle-part.md"), "absent");

        var report = await _site.SyncAsync();

        Assert.Equal((1, 4), (report.FileCount, report.Ignored.LinkCount));
        Assert.Single(await _site.SearchAsync("parking"));
    }

    [Fact]
    public async Task A_source_may_be_named_by_a_link()
    {
        _site.Source.Write("a.md", "Le parking.");
        using var elsewhere = new TestFolder();
        var link = Path.Combine(elsewhere.Path, "source");
        Directory.CreateSymbolicLink(link, _site.Source.Path);
        await _site.AddSourceAsync(location: link);

        Assert.Equal(1, (await _site.SyncAsync()).AddedCount);
    }

    [Fact]
    public async Task Pipes_and_sockets_are_never_opened()
    {
        PosixFile.MakePipe(Path.Combine(_site.Source.Path, "tuyau.md"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_site.Source.Path, "prise.md")));

        var report = await _site.SyncAsync();

        Assert.Equal((0, 2), (report.FileCount, report.Ignored.SpecialCount));
    }

    [Fact]
    public async Task What_becomes_a_pipe_or_a_link_after_the_scan_is_not_read()
    {
        var path = _site.Source.Write("a.md", "Le parking.");
        var source = (await _site.Metastore.Sources.ListSourcesAsync(TestContext.Current.CancellationToken))[0];
        using var tree = SourceTree.Open(source, new Terroir.Ingestion.Permissions.PermissionFiles());
        File.Delete(path);
        PosixFile.MakePipe(path);

        Assert.Null(tree.OpenFile("a.md"));

        File.Delete(path);
        File.CreateSymbolicLink(path, "/etc/hostname");

        Assert.Null(tree.OpenFile("a.md"));
        Assert.Null(tree.OpenFile("absent/a.md"));
    }

    [Fact]
    public async Task A_file_with_two_names_is_two_documents()
    {
        var path = _site.Source.Write("a.md", "Le parking.");
        PosixFile.Link(path, Path.Combine(_site.Source.Path, "b.md"));

        Assert.Equal(2, (await _site.SyncAsync()).AddedCount);
    }

    [Fact]
    public async Task A_folder_that_stands_too_deep_is_reported_and_the_rest_is_read()
    {
        _site.Source.Write("a.md", "Le parking.");
        _site.Source.Write(string.Concat(Enumerable.Repeat("d/", FolderScan.DepthMax)) + "b.md", "Le parking.");
        _site.Source.Write(string.Concat(Enumerable.Repeat("d/", FolderScan.DepthMax + 1)) + "c.md", "Le parking.");

        var report = await _site.SyncAsync();

        var problem = Assert.Single(report.Problems);
        Assert.Equal(string.Concat(Enumerable.Repeat("d/", FolderScan.DepthMax + 1)), problem.Path);
        Assert.Equal((2, 1), (report.AddedCount, report.QuarantinedCount));
        Assert.Equal(
            UnreadableReason.TooLarge,
            Assert.Single(await _site.QuarantineAsync()).Quarantine!.Reason);
    }

    // The law of the account: a file is a document, or in quarantine, or ignored by a rule, and never two of them.
    [Fact]
    public async Task Every_file_is_accounted_for_once()
    {
        string[] names =
        [
            "a.md", "a.MD", "b.tmp", ".cache", "~$c.docx", "vide.txt", "zwsp.txt", "image.png", "e!", "100%41.md",
            "é.md", "lien", "tuyau",
        ];
        var trees = Gen.Select(Gen.Int[0, 3], Gen.Int[0, names.Length - 1]).Array[1, 12]
            .Array[4].Generate(new PCG(7, 7), null, out _);
        foreach (var (tree, round) in trees.Select((tree, round) => (tree, round)))
        {
            foreach (var (depth, index) in tree)
            {
                Plant(string.Concat(Enumerable.Repeat("d!/", depth)) + names[index]);
            }

            var report = await _site.SyncAsync();

            string[] documents = [.. (await _site.DocumentsAsync()).Select(document => document.Path)];
            string[] quarantine = [.. (await _site.QuarantineAsync()).Select(item => item.Key.Path)];
            var (found, ignored) = Walk(_site.Source.Path, "");
            Assert.Empty(documents.Intersect(quarantine, StringComparer.Ordinal));
            Assert.Equal(
                found.Order(StringComparer.Ordinal),
                documents.Union(quarantine, StringComparer.Ordinal).Order(StringComparer.Ordinal),
                StringComparer.Ordinal);
            Assert.Equal((round, ignored), (round, report.Ignored.Count));
            Assert.Equal(found.Count, report.FileCount);
        }
    }

    private void Plant(string name)
    {
        var path = Path.Combine(_site.Source.Path, name);
        if (Path.Exists(path) || new FileInfo(path).LinkTarget is not null)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        switch (Path.GetFileName(name))
        {
            case "lien":
                File.CreateSymbolicLink(path, "absent");
                break;
            case "tuyau":
                PosixFile.MakePipe(path);
                break;
            case "vide.txt":
                _site.Source.Write(name, "");
                break;
            case "zwsp.txt":
                _site.Source.Write(name, "\u200B\u2060");
                break;
            case "image.png":
                File.WriteAllBytes(path, [0x89, .. "PNG\r\n\u001A\n"u8, 0, 0, 0]);
                break;
            default:
                _site.Source.Write(name, $"Le parking de {name}.");
                break;
        }
    }

    // The rules of the documentation, told by the base library.
    private static (List<string> Found, int IgnoredCount) Walk(string folder, string prefix)
    {
        var (found, ignoredCount) = (new List<string>(), 0);
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            var name = entry.Name.Replace("%41", "%2541", StringComparison.Ordinal);
            if (entry.Name.StartsWith('.') || entry.LinkTarget is not null
                || entry.Name.StartsWith("~$", StringComparison.Ordinal) || entry.Name is "permissions.yaml" or "tuyau"
                || (entry is FileInfo && entry.Name.EndsWith(".tmp", StringComparison.Ordinal)))
            {
                ignoredCount++;
            }
            else if (entry is DirectoryInfo)
            {
                var encoded = name.EndsWith('!') ? name[..^1] + "%21" : name;
                var inner = Walk(entry.FullName, $"{prefix}{encoded}/");
                found.AddRange(inner.Found);
                ignoredCount += inner.IgnoredCount;
            }
            else
            {
                found.Add(prefix + name);
            }
        }

        return (found, ignoredCount);
    }
}
