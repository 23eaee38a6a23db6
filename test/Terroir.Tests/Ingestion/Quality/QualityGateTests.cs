using Terroir.Access;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Ingestion.Quality;
using Terroir.Storage;

namespace Terroir.Tests.Ingestion.Quality;

/// <summary>What the gate does to a folder: through the real synchroniser, store and search.</summary>
public sealed class QualityGateTests : IAsyncLifetime
{
    private const string Good =
        "Le parking du site est ouvert à tous les agents de six heures à vingt heures. La carte est remise par "
        + "l'accueil sur présentation du contrat, et elle reste valable pour toute la durée de celui-ci. Les visiteurs "
        + "stationnent devant le bâtiment principal, où une borne leur délivre un ticket pour la journée. Le tarif est "
        + "de douze euros, payé à la sortie par carte bancaire ou en espèces auprès du gardien de permanence.";

    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Garbage { get; } = string.Concat(Good.Select((letter, index) =>
        char.IsLetter(letter) && index % 2 == 0 ? "xqjzwkvh"[index / 2 % 8] : letter));

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        await _site.AddSourceAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Garbage_is_held_before_it_is_indexed_and_good_text_is_not()
    {
        _site.Source.Write("good.md", Good);
        _site.Source.Write("scan.md", Garbage);

        var report = await _site.SyncAsync();

        Assert.Equal((1, 1, 1), (report.AddedCount, report.QuarantinedCount, report.HeldCount));
        Assert.Equal("good.md", Assert.Single(await _site.DocumentsAsync()).Path);
        var held = Assert.Single(await _site.QuarantineAsync());
        Assert.Equal(UnreadableReason.HeldForQuality, held.Quarantine!.Reason);
        Assert.Equal(QualityGrade.E, held.Quality!.GradeOf(QualityAxis.Readability));
        Assert.Equal(QualityVerdict.Hold, held.Quality.Verdict);
    }

    [Fact]
    public async Task A_document_whose_own_validity_is_over_is_not_fresh()
    {
        _site.Source.Write("note.md", "# Parking\n\nValable jusqu'au 31 décembre 2019.\n\n" + Good);
        await _site.SyncAsync();

        var document = Assert.Single(await _site.DocumentsAsync());

        Assert.Equal(new DateOnly(2019, 12, 31), document.ValidUntil);
        Assert.Equal(QualityGrade.E, document.Quality!.GradeOf(QualityAxis.Freshness));
    }

    [Fact]
    public async Task A_live_document_keeps_its_grades_and_their_evidence()
    {
        _site.Source.Write("good.md", "# Parking\n\n" + Good);
        await _site.SyncAsync();

        var quality = Assert.Single(await _site.DocumentsAsync()).Quality!;

        Assert.Equal(QualityGrade.A, quality.GradeOf(QualityAxis.Readability));
        Assert.Null(quality.GradeOf(QualityAxis.Duplication));
        Assert.Equal(QualityVerdict.Index, quality.Verdict);
        Assert.Equal(1, quality.Evidence["headings"]);
        Assert.InRange(quality.Evidence["function-words"], 0.2, 0.6);
    }

    [Fact]
    public async Task A_held_file_is_read_once_and_again_when_it_changes()
    {
        _site.Source.Write("scan.md", Garbage);
        await _site.SyncAsync();

        var second = await _site.SyncAsync();
        _site.Source.Write("scan.md", Good);
        var third = await _site.SyncAsync();

        Assert.Equal((1, 0), (second.UnchangedCount, second.QuarantinedCount));
        Assert.Equal(1, third.AddedCount);
        Assert.Empty(await _site.QuarantineAsync());
    }

    [Fact]
    public async Task A_released_file_is_indexed_and_stays_so_until_it_changes()
    {
        _site.Source.Write("scan.md", Garbage);
        await _site.SyncAsync();
        await ReleaseAsync();

        Assert.Equal(1, (await _site.SyncAsync()).AddedCount);
        Assert.Equal(QualityVerdict.Released, Assert.Single(await _site.DocumentsAsync()).Quality!.Verdict);
        Assert.Equal(1, (await _site.SyncAsync()).UnchangedCount);

        _site.Source.Write("scan.md", Garbage + " Xqzj.");

        Assert.Equal(1, (await _site.SyncAsync()).HeldCount);
    }

    [Fact]
    public async Task A_release_survives_a_move_and_the_loss_of_the_metastore()
    {
        var path = _site.Source.Write("scan.md", Garbage);
        await _site.SyncAsync();
        await ReleaseAsync();
        await _site.SyncAsync();
        File.Move(path, Path.Combine(_site.Source.Path, "moved.md"));
        await _site.SyncAsync(new SyncOptions { AcceptLoss = true });
        Assert.Equal("moved.md", Assert.Single(await _site.DocumentsAsync()).Path);

        await _site.RebuildAsync();
        var report = await _site.SyncAsync();

        Assert.Equal(0, report.HeldCount);
        Assert.Equal("moved.md", Assert.Single(await _site.DocumentsAsync()).Path);
    }

    [Fact]
    public async Task A_file_that_turned_to_garbage_keeps_its_former_text_and_is_listed()
    {
        _site.Source.Write("a.md", Good);
        await _site.SyncAsync();
        _site.Source.Write("a.md", Garbage);

        var report = await _site.SyncAsync();

        Assert.Equal((0, 1, 0), (report.ChangedCount, report.HeldCount, report.RemovedCount));
        Assert.Single(await _site.SearchAsync("douze euros"));
        var held = Assert.Single(await _site.QuarantineAsync());
        Assert.Equal(Assert.Single(await _site.DocumentsAsync()).Id, Assert.Single(held.Documents));
        Assert.Equal(1, (await _site.SyncAsync()).UnchangedCount);
        Assert.Single(await _site.SearchAsync("douze euros"));
    }

    [Fact]
    public async Task The_former_text_of_a_held_file_is_not_opened_to_the_readers_of_the_new_one()
    {
        _site.Source.Write("permissions.yaml", "allow: [group:rh]");
        _site.Source.Write("a.md", Good);
        await _site.SyncAsync();
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        _site.Source.Write("a.md", Garbage);
        await _site.SyncAsync();
        await _site.SyncAsync();

        Assert.Empty(await _site.SearchAsync("douze euros"));
        Assert.Single(await _site.SearchAsync("douze euros", new Asker("ines", ["rh"])));
    }

    [Fact]
    public async Task A_file_that_is_deleted_takes_its_former_text_along()
    {
        var path = _site.Source.Write("a.md", Good);
        _site.Source.Write("b.md", Good);
        await _site.SyncAsync();
        _site.Source.Write("a.md", Garbage);
        await _site.SyncAsync();
        File.Delete(path);

        await _site.SyncAsync(new SyncOptions { AcceptLoss = true });

        Assert.Equal("b.md", Assert.Single(await _site.DocumentsAsync()).Path);
        Assert.Empty(await _site.QuarantineAsync());
    }

    [Fact]
    public async Task A_rule_that_changed_judges_held_and_live_documents_anew()
    {
        _site.Source.Write("plain.txt", Good);
        await _site.SyncAsync();
        _site.Rules = Holding(QualityAxis.Metadata, QualityGrade.C);

        var strict = await _site.SyncAsync();

        Assert.Equal((1, 1), (strict.HeldCount, strict.RemovedCount));
        Assert.Empty(await _site.DocumentsAsync());
        Assert.Equal(1, (await _site.SyncAsync()).UnchangedCount);

        _site.Rules = QualityRules.None;

        Assert.Equal(1, (await _site.SyncAsync()).AddedCount);
        Assert.Empty(await _site.QuarantineAsync());
    }

    [Fact]
    public async Task A_label_that_comes_later_lets_a_document_through()
    {
        _site.Source.Write("a.md", Good);
        _site.Rules = Holding(QualityAxis.Sensitivity, QualityGrade.C);
        Assert.Equal(1, (await _site.SyncAsync()).HeldCount);

        _site.Source.Write("permissions.yaml", "allow: [everyone]\nlabel: public");

        Assert.Equal(1, (await _site.SyncAsync()).AddedCount);
    }

    [Fact]
    public async Task Copies_are_never_held_back_since_each_has_its_own_readers()
    {
        _site.Source.Write("a.md", Good);
        _site.Source.Write("b.md", Good);
        _site.Rules = Holding(QualityAxis.Duplication, QualityGrade.B);

        Assert.Equal(2, (await _site.SyncAsync()).AddedCount);
    }

    [Fact]
    public async Task A_retry_grades_what_was_indexed_before_there_were_grades()
    {
        _site.Source.Write("a.md", Good);
        await _site.SyncAsync();
        await ForgetGradesAsync();
        Assert.Null(Assert.Single(await _site.DocumentsAsync()).Quality);
        await _site.SyncAsync();
        Assert.Null(Assert.Single(await _site.DocumentsAsync()).Quality);

        await _site.SyncAsync(new SyncOptions { RetryQuarantined = true });

        Assert.NotNull(Assert.Single(await _site.DocumentsAsync()).Quality);
    }

    private static QualityRules Holding(QualityAxis axis, QualityGrade grade) => new(
        QualityRule.Default with
        {
            Axes = new Dictionary<QualityAxis, QualityBounds> { [axis] = new(Warn: null, grade) },
        },
        new Dictionary<CollectionId, QualityRule>());

    // As a version wrote it that knew no grades.
    private async Task ForgetGradesAsync()
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={Path.Combine(_site.Data.Path, "metastore.db")};Pooling=False");
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "update document set record = cast(json_remove(cast(record as text), '$.quality') as blob)";
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Stop));
    }

    private async Task ReleaseAsync()
    {
        var held = Assert.Single(await _site.QuarantineAsync());
        await _site.Metastore.Quality.SaveReleaseAsync(
            new QualityRelease("source", held.Content, held.Key.Path, DateTimeOffset.UnixEpoch),
            Stop);
    }
}
