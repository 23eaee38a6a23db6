using Terroir.Documents;
using Terroir.Ingestion.Quality;
using Terroir.Kinship;
using Terroir.Storage;

namespace Terroir.Tests.Ingestion.Quality;

/// <summary>The truth about a folder, told from the real store.</summary>
public sealed class QualityReaderTests : IAsyncLifetime
{
    private const string Text =
        "Le parking du site est ouvert à tous les agents de six heures à vingt heures, et la carte est remise par "
        + "l'accueil sur présentation du contrat de travail. ";

    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        await _site.AddSourceAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Every_file_of_a_folder_is_in_the_account()
    {
        _site.Source.Write("good.md", $"# Parking\n\n{Text}");
        _site.Source.Write("broken.pdf", "%PDF-1.7 nothing else");
        _site.Source.Write("bad.txt", Moved(Text + Text + Text + Text));
        _site.Source.Write(".hidden", "x");
        await _site.SyncAsync();

        var report = await ReadAsync();

        var source = Assert.Single(report.Sources);
        Assert.Equal((3, 2), (source.FoundCount, source.IgnoredCount));
        Assert.Equal((1, 1, 0), (source.DocumentCount, source.HeldCount, source.FormerCount));
        Assert.Equal(1, Assert.Single(source.Unread).Value);
        var collection = Assert.Single(report.Collections);
        Assert.Equal((1, 1, 1), (collection.DocumentCount, collection.HeldCount, collection.UnreadCount));
        Assert.Equal("bad.txt", Assert.Single(report.Held).Path);
    }

    [Fact]
    public async Task The_newest_of_several_copies_is_told_from_the_others()
    {
        Write("old.md", Text, year: 2024);
        Write("new.md", Text, year: 2026);
        Write("other.md", "Le tarif de la cantine est affiché à l'entrée du restaurant.", year: 2026);
        await _site.SyncAsync();

        var report = await ReadAsync();

        Assert.Equal([1, 1, 0, 1, 0, 0], Assert.Single(report.Collections).Axes[(int)QualityAxis.Duplication]);
        Assert.Contains(
            report.Worst.Single(document => document.Path is "old.md").Findings,
            finding => finding.Code is "is-older-copy");
        Assert.Contains(
            report.Worst.Single(document => document.Path is "new.md").Findings,
            finding => finding.Code is "has-copies");
    }

    [Fact]
    public async Task What_readers_say_of_a_document_is_kept_for_every_language()
    {
        _site.Source.Write("a.jsonl", $$"""{"titre": "Parking", "texte": "{{Text}}"}""" + "\nno JSON\n");
        await _site.SyncAsync();

        var document = Assert.Single((await ReadAsync()).Worst);

        Assert.Equal([new Remark(RemarkCode.LinesNotJson, "1")], document.Remarks);
        Assert.Equal(["1 line is not JSON and was left out."], document.Warnings, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Fixes_come_by_their_effect_and_the_worst_document_first()
    {
        _site.Source.Write("a.md", $"# Parking\n\n{Text}");
        _site.Source.Write("b.md", $"# Parking\n\n{Text} Encore.");
        _site.Source.Write("c.txt", Moved(Text + Text + Text + Text));
        await _site.SyncAsync();

        var report = await ReadAsync();

        Assert.Equal("c.txt", report.Worst[0].Path);
        Assert.Equal("implausible-words", report.Worst[0].Findings[0].Code);
        Assert.Equal(
            report.Fixes.Select(fix => fix.Effect).OrderDescending(),
            report.Fixes.Select(fix => fix.Effect));

        // Who may read a held file is known when it is read again.
        Assert.Equal(2, report.Fixes.Single(fix => fix.Code is "open-without-label").DocumentCount);
    }

    [Fact]
    public async Task A_held_file_whose_former_version_answers_is_named_so()
    {
        _site.Source.Write("a.txt", Text);
        await _site.SyncAsync();
        _site.Source.Write("a.txt", Moved(Text + Text + Text + Text));
        await _site.SyncAsync();

        var report = await ReadAsync();

        Assert.True(Assert.Single(report.Held).HasFormer);
        Assert.Equal((1, 1), (report.Sources[0].DocumentCount, report.Sources[0].FormerCount));
    }

    [Fact]
    public async Task A_synchronisation_leaves_the_figures_of_its_day()
    {
        _site.Source.Write("a.md", $"# Parking\n\n{Text}");
        await _site.SyncAsync();
        _site.Source.Write("b.md", $"# Parking\n\n{Text}");
        await _site.SyncAsync();

        var day = Assert.Single(Assert.Single((await ReadAsync()).Collections).Trend);

        Assert.Equal(2, day.Counts.Sum());
        Assert.Equal(4, day.Points[(int)QualityAxis.Readability]);
    }

    [Fact]
    public async Task A_synchronisation_holds_no_lease_while_it_grades_the_collection()
    {
        var watch = new LeaseWatch(_site.Metastore);
        _site.Kinship = watch;
        _site.Source.Write("a.md", $"# Parking\n\n{Text}");

        await _site.SyncAsync();

        Assert.Equal([true], watch.WasFree);
    }

    [Fact]
    public async Task A_report_of_one_source_counts_no_other()
    {
        _site.Source.Write("a.md", Text);
        await _site.SyncAsync();

        Assert.Single((await _site.Quality.ReadAsync("documents", "source", progress: null, Stop)).Sources);
        Assert.Empty((await _site.Quality.ReadAsync(collection: null, "other", progress: null, Stop)).Collections);
        Assert.Empty((await _site.Quality.ReadAsync("other", source: null, progress: null, Stop)).Sources);
    }

    private static string Moved(string text) => string.Concat(text.Select(letter =>
        letter is >= 'a' and <= 'z' ? (char)('a' + ((letter - 'a' + 5) % 26)) : letter));

    private Task<QualityReport> ReadAsync() =>
        _site.Quality.ReadAsync(collection: null, source: null, progress: null, Stop);

    private void Write(string name, string text, int year) => File.SetLastWriteTimeUtc(
        _site.Source.Write(name, text),
        new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    /// <summary>Takes the collection's lease as another process would, whenever the documents are compared.</summary>
    private sealed class LeaseWatch(IMetastore metastore) : IKinship
    {
        public List<bool> WasFree { get; } = [];

        public async Task<KinshipReport?> ExamineAsync(CollectionId collection, CancellationToken cancellationToken)
        {
            var lease = await metastore.Leases.AcquireAsync(
                $"collection/{collection.Value}",
                "another",
                TimeSpan.FromMinutes(1),
                cancellationToken);
            WasFree.Add(lease is not null);
            if (lease is not null)
            {
                await metastore.Leases.ReleaseAsync(lease, cancellationToken);
            }

            return null;
        }
    }
}
