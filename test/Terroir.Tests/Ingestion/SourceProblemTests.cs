using Terroir.Access;
using Terroir.Sources;

namespace Terroir.Tests.Ingestion;

/// <summary>What a person must mend in a source is told at once, and again by whoever asks for the state.</summary>
public sealed class SourceProblemTests : IAsyncLifetime
{
    private readonly TestSite _site = new();

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        await _site.AddSourceAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_broken_permission_file_is_listed_with_its_line_until_it_is_mended()
    {
        _site.Source.Write("sub/permissions.yaml", "allow: [everyone]\ndeny: [grup:stagiaires]");
        _site.Source.Write("sub/a.md", "Le parking coûte douze euros.");

        var report = await _site.SyncAsync();
        var listed = Assert.Single(await _site.QuarantineAsync());
        var hidden = await _site.SearchAsync("parking");
        await _site.SyncAsync();
        var again = Assert.Single(await _site.QuarantineAsync());
        _site.Source.Write("sub/permissions.yaml", "deny: [group:stagiaires]");
        var mended = await _site.SyncAsync();

        var problem = Assert.Single(report.Problems);
        Assert.Equal(("sub/permissions.yaml", 2, false), (problem.Path, problem.Line, problem.IsWarning));
        Assert.Equal("sub/permissions.yaml", listed.Key.Path);
        Assert.StartsWith(
            "Line 2: ",
            Assert.Single(Assert.Single(listed.Quarantine!.Advice).Values),
            StringComparison.Ordinal);
        Assert.Equal(1, report.QuarantinedCount);
        Assert.Empty(hidden);
        Assert.Equal(2, again.AttemptCount);
        Assert.Equal((1, 0), (mended.StampedCount, mended.QuarantinedCount));
        Assert.Empty(await _site.QuarantineAsync());
        Assert.Single(await _site.SearchAsync("parking"));
    }

    [Fact]
    public async Task A_permission_file_that_breaks_closes_what_was_open()
    {
        _site.Source.Write("a.md", "Le parking coûte douze euros.");
        await _site.SyncAsync();
        _site.Source.Write("permissions.yaml", "allow: [everyone]\ndeny:");

        await _site.SyncAsync();

        Assert.Empty(await _site.SearchAsync("parking"));
    }

    [Fact]
    public async Task Permissions_that_cannot_be_understood_count_for_no_loss()
    {
        for (var number = 0; number < 8; number++)
        {
            _site.Source.Write($"{number}/permissions.yaml", "allow: [");
        }

        _site.Source.Write("a.md", "Le parking.");
        await _site.SyncAsync();
        for (var number = 0; number < 8; number++)
        {
            Directory.Delete(Path.Combine(_site.Source.Path, $"{number}"), recursive: true);
        }

        Assert.Null((await _site.SyncAsync()).HeldReason);
        Assert.Empty(await _site.QuarantineAsync());
    }

    [Fact]
    public async Task A_name_that_the_directory_does_not_know_is_a_warning()
    {
        _site.Directory = SiteDirectory.Parse("groups: [{ id: rh }]\nusers: [{ id: anna }]");
        _site.Source.Write("permissions.yaml", "allow: [group:rh, user:anna]\ndeny:\n  - group:stagiaire");
        _site.Source.Write("a.md", "Le parking.");

        var report = await _site.SyncAsync();

        var problem = Assert.Single(report.Problems);
        Assert.Equal(("permissions.yaml", 3, true), (problem.Path, problem.Line, problem.IsWarning));
        Assert.Contains("group:stagiaire", problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, report.QuarantinedCount);
        Assert.Single(await _site.SearchAsync("parking", new Asker("anna", [])));
    }

    [Fact]
    public async Task What_is_ignored_is_counted_by_rule()
    {
        _site.Source.Write("a.md", "Le parking.");
        _site.Source.Write("~$a.docx", "x");
        _site.Source.Write("b.TMP", "x");
        _site.Source.Write(".git/config", "x");
        _site.Source.Write(".DS_Store", "x");

        var report = await _site.SyncAsync();

        Assert.Equal(new IgnoredFiles(2, 2, 0, 0, 1), report.Ignored);
        Assert.Equal((5, 1), (report.Ignored.Count, report.FileCount));
    }
}
