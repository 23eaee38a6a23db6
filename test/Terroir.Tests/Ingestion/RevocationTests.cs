using System.Text;
using Terroir.Access;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Ingestion.Folder;
using Terroir.Ingestion.Permissions;
using Terroir.Ingestion.Sync;

namespace Terroir.Tests.Ingestion;

/// <summary>What stops answering, or is answered to fewer, does so before anything new is read.</summary>
public sealed class RevocationTests : IAsyncLifetime
{
    private static readonly Asker Director = new("claire", ["direction"]);

    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        await _site.AddSourceAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Deletions_and_revocations_hold_before_the_first_new_file_is_read()
    {
        var gone = _site.Source.Write("gone.md", "Le parking souterrain.");
        _site.Source.Write("closed/a.md", "Le parking fermé.");
        await _site.SyncAsync();
        File.Delete(gone);
        _site.Source.Write("closed/permissions.yaml", "deny: [everyone]");
        _site.Source.Write("new.md", "Le parking neuf.");
        var seen = await WatchAsync("parking", TestSite.Everyone);

        Assert.Empty(seen);
        Assert.Single(await _site.SearchAsync("parking"));
    }

    [Fact]
    public async Task The_former_text_of_a_changed_file_is_closed_before_the_new_one_is_read()
    {
        _site.Source.Write("a.md", "Le parking ancien.");
        await _site.SyncAsync();
        _site.Source.Write("a.md", "Le parking nouveau.");
        _site.Source.Write("permissions.yaml", "allow: ['group:direction']");
        var seen = await WatchAsync("ancien", TestSite.Everyone);

        Assert.Empty(seen);
        Assert.Single(await _site.SearchAsync("nouveau", Director));
    }

    [Fact]
    public async Task The_former_text_of_a_changed_file_is_not_opened_by_the_permissions_of_the_new_one()
    {
        _site.Source.Write("permissions.yaml", "allow: ['group:direction']");
        _site.Source.Write("a.md", "Le parking secret.");
        await _site.SyncAsync();
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        _site.Source.Write("a.md", "Le parking public.");
        var seen = await WatchAsync("secret", TestSite.Everyone);

        Assert.Empty(seen);
        Assert.Single(await _site.SearchAsync("public"));
    }

    [Fact]
    public async Task A_permission_that_is_taken_back_during_a_long_reading_holds_for_what_is_read_after()
    {
        for (var number = 0; number < 400; number++)
        {
            _site.Source.Write($"{number:000}.md", $"Le parking {number}.");
        }

        _site.Reader = new CountingReader
        {
            BeforeReadAsync = name =>
            {
                if (name is "000.md")
                {
                    _site.Source.Write("permissions.yaml", "allow: ['group:direction']");
                }

                return Task.CompletedTask;
            },
        };

        await _site.SyncAsync();

        var last = Assert.Single(
            await _site.DocumentsAsync(),
            document => string.Equals(document.Path, "399.md", StringComparison.Ordinal));
        Assert.Equal(new AccessList(["group:direction"], []), last.Access);
    }

    [Fact]
    public async Task A_moved_file_is_not_read_again_and_takes_the_permissions_of_its_new_place()
    {
        _site.Source.Write("ouvert/a.md", "# Parking\n\nLe parking coûte douze euros.");
        _site.Source.Write("direction/permissions.yaml", "inherit: false\nallow: ['group:direction']\nlabel: secret");
        await _site.SyncAsync();
        var reader = new CountingReader();
        _site.Reader = reader;
        Move("ouvert/a.md", "direction/a.md");

        var report = await _site.SyncAsync();
        var hit = Assert.Single(await _site.SearchAsync("parking", Director));

        Assert.Empty(reader.Names);
        Assert.Equal((1, 0, 0), (report.MovedCount, report.AddedCount, report.RemovedCount));
        Assert.Equal(("direction/a.md", "secret"), (hit.Document.Path, hit.Document.Label));
        Assert.Equal("Parking", hit.Document.Title);
        Assert.Empty(await _site.SearchAsync("parking"));
        Assert.Equal(1, (await _site.SyncAsync()).UnchangedCount);
    }

    [Fact]
    public async Task A_moved_file_keeps_all_that_was_known_of_it()
    {
        _site.Source.Write(
            "a.html",
            "<html lang='fr'><head><title>Parking</title><meta name='author' content='A. Martin'></head><body>"
            + "<h1>Parking</h1><p>Valable du 1er mars 2025 au 31 décembre 2026.</p>"
            + "<p>Le parking coûte douze euros.</p></body></html>");
        await _site.SyncAsync();
        var before = Assert.Single(await _site.DocumentsAsync());
        Move("a.html", "sub/b.html");

        await _site.SyncAsync();

        var after = Assert.Single(await _site.DocumentsAsync());
        Assert.Equal("A. Martin", Assert.Single(after.Authors!));
        Assert.Equal(new DateOnly(2026, 12, 31), after.ValidUntil);
        Assert.NotNull(after.Quality);
        var expected = before with
        {
            Id = after.Id,
            Path = "sub/b.html",
            IngestedAt = after.IngestedAt,
            Original = after.Original,
            Text = after.Text,
            Passages = after.Passages,
        };
        Assert.Equal(Encoding.UTF8.GetString(expected.ToJson()), Encoding.UTF8.GetString(after.ToJson()));
    }

    [Fact]
    public async Task A_moved_archive_takes_its_files_along_also_those_in_quarantine()
    {
        Archive.Write(
            Path.Combine(_site.Source.Path, "a.zip"),
            ("un.txt", "Le parking un."),
            ("deux.txt", "Le parking deux."),
            ("image.xyz", "\u0001\u0002\u0000\u0003"));
        await _site.SyncAsync();
        var reader = new CountingReader();
        _site.Reader = reader;
        Move("a.zip", "sub/b.zip");

        await _site.SyncAsync();

        Assert.Empty(reader.Names);
        Assert.Equal(
            ["sub/b.zip!/deux.txt", "sub/b.zip!/un.txt"],
            (await _site.SearchAsync("parking")).Select(hit => hit.Document.Path).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal("sub/b.zip!/image.xyz", Assert.Single(await _site.QuarantineAsync()).Key.Path);
        foreach (var document in await _site.DocumentsAsync())
        {
            Assert.Equal(
                await _site.Catalog.ReadBlobAsync(document.Text, Stop),
                await _site.Catalog.ReadBlobAsync(document.Original, Stop));
        }
    }

    [Fact]
    public async Task A_file_whose_title_is_its_name_is_read_again_under_its_new_name()
    {
        _site.Source.Write("plan-blanc.txt", "Le parking est fermé.");
        await _site.SyncAsync();
        Move("plan-blanc.txt", "plan-bleu.txt");

        await _site.SyncAsync();

        Assert.Equal("plan bleu", Assert.Single(await _site.SearchAsync("parking")).Document.Title);
    }

    // Somebody who cannot read a file makes one with its size and time, and hopes to be given its text.
    [Fact]
    public async Task A_file_that_only_looks_like_one_that_went_is_read()
    {
        var path = _site.Source.Write("direction/a.md", "Le parking secret.");
        var time = new DateTime(2026, 11, 24, 8, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, time);
        await _site.SyncAsync();
        Move("direction/a.md", "a.md");
        var target = Path.Combine(_site.Source.Path, "a.md");
        await using (var file = File.OpenWrite(target))
        {
            await file.WriteAsync("Le parking public."u8.ToArray(), Stop);
        }

        File.SetLastWriteTimeUtc(target, time);

        await _site.SyncAsync();

        Assert.Empty(await _site.SearchAsync("secret"));
        Assert.Single(await _site.SearchAsync("public"));
    }

    [Fact]
    public async Task An_entry_that_left_its_archive_stops_answering_also_after_a_rebuild()
    {
        var path = Path.Combine(_site.Source.Path, "a.zip");
        Archive.Write(path, ("un.txt", "Le parking un."), ("deux.txt", "La cantine ouvre à midi."));
        await _site.SyncAsync();
        await _site.RebuildAsync();
        Archive.Write(path, ("deux.txt", "La cantine ouvre à midi."));

        var report = await _site.SyncAsync();

        Assert.Equal(1, report.RemovedCount);
        Assert.Empty(await _site.SearchAsync("parking"));
        Assert.Single(await _site.SearchAsync("cantine"));
    }

    [Fact]
    public async Task An_attachment_that_left_its_mail_stops_answering_also_after_a_rebuild()
    {
        _site.Source.Write("a.eml", Mail("Le parking un."));
        await _site.SyncAsync();
        await _site.RebuildAsync();
        _site.Source.Write("a.eml", Mail(attachment: null));

        await _site.SyncAsync();

        Assert.Empty(await _site.SearchAsync("parking"));
        Assert.Single(await _site.SearchAsync("bonjour"));
    }

    [Fact]
    public async Task What_is_in_a_folder_that_cannot_be_looked_into_stays_with_no_more_readers_than_before()
    {
        _site.Source.Write("a.md", "Le parking un.");
        _site.Source.Write("clos/b.md", "Le parking deux.");
        _site.Source.Write("clos/plus/c.zip", "");
        await _site.SyncAsync();
        var source = (await _site.Metastore.Sources.ListSourcesAsync(Stop))[0];
        using var tree = SourceTree.Open(source, new PermissionFiles());
        var state = new SyncState(
            await _site.Metastore.Sources.ListItemsAsync("source", Stop),
            await _site.DocumentsAsync());
        var content = new SourceContent
        {
            Items = [FolderScan.Run(source, tree, Stop).Items[0]],
            Unread = new Dictionary<string, UnreadFolder>(StringComparer.Ordinal)
            {
                ["clos"] = new("clos", Narrow, UnreadableReason.AccessDenied, Remark.Said("Let it be read.")),
            },
        };

        var plan = SyncPlan.Make(source, content, state, new(), TestSite.OpenGate, DateTimeOffset.UnixEpoch);

        Assert.Null(plan.HeldReason);
        Assert.Empty(plan.First.Removed);
        Assert.Empty(plan.First.RemovedItems);
        Assert.Empty(plan.ToRead);
        Assert.Equal("clos/", Assert.Single(plan.First.Items).Key.Path);
        Assert.Equal(["user:narrowed"], Assert.Single(plan.First.Stamped).Access.Allow);
    }

    private static string Mail(string? attachment) =>
        "From: a@b.c\r\nTo: d@e.f\r\nSubject: Bonjour\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nBonjour.\r\n"
        + (attachment is null
            ? ""
            : "--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=un.txt\r\n\r\n"
                + attachment + "\r\n")
        + "--x--\r\n";

    private void Move(string from, string to)
    {
        var target = Path.Combine(_site.Source.Path, to);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(Path.Combine(_site.Source.Path, from), target);
    }

    // Synchronises, and tells what a search finds at the moment when the first file is read.
    private async Task<IReadOnlyList<string>> WatchAsync(string query, Asker asker)
    {
        IReadOnlyList<string>? seen = null;
        _site.Reader = new CountingReader
        {
            BeforeReadAsync = async _ =>
                seen ??= [.. (await _site.SearchAsync(query, asker)).Select(hit => hit.Document.Path)],
        };
        await _site.SyncAsync();
        Assert.NotNull(seen);
        return seen;
    }

    private static AccessList Narrow(AccessList access) => new(["user:narrowed"], []);
}
