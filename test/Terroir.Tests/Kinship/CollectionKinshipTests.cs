using Terroir.Kinship;

namespace Terroir.Tests.Kinship;

/// <summary>What an operator is told of a collection, from real files.</summary>
public sealed class CollectionKinshipTests : IAsyncLifetime
{
    private const string Text = "Le parking du personnel ouvre à six heures. L'accès se fait avec le badge du service. "
        + "Le badge se retire au poste de sécurité, sur présentation de la carte. Une place est réservée à chaque "
        + "astreinte. Les vélos ont un abri à côté de l'entrée nord. La recharge des voitures est gratuite la nuit.";

    private readonly TestSite _site = new();

    public async ValueTask InitializeAsync() => await _site.AddSourceAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Copies_and_near_copies_are_groups_and_others_are_not()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]\n");
        _site.Source.Write("a.md", Text);
        _site.Source.Write("copie/a.txt", Text.ToUpperInvariant());
        _site.Source.Write("repas.md", "Le repas du soir est servi à dix-neuf heures dans la salle commune.");
        await _site.SyncAsync();

        var report = await ExamineAsync();

        var group = Assert.Single(report.Duplicates);
        Assert.True(group.AreSame);
        Assert.Equal(
            "a.md copie/a.txt",
            string.Join(' ', group.Documents.Select(item => item.Document.Path).Order(StringComparer.Ordinal)));
        Assert.Equal((3, 0, 1), (report.DocumentCount, report.UnknownCount, report.SurplusCount));
    }

    [Fact]
    public async Task Versions_are_chains_and_near_copies_with_another_figure_contradict_each_other()
    {
        _site.Source.Write("regles/parking-v1.md", Text);
        _site.Source.Write("regles/parking-v2.md", $"{Text} Les visiteurs paient 3 € par jour.");
        _site.Source.Write("regles/parking-v10.md", $"{Text} Les visiteurs paient 4 € par jour.");
        _site.Source.Write("affiche du parking.md", $"{Text} Les visiteurs paient 5 € par jour.");
        await _site.SyncAsync();

        var report = await ExamineAsync();

        Assert.Equal(
            "regles/parking-v10.md regles/parking-v2.md regles/parking-v1.md",
            string.Join(' ', Assert.Single(report.Versions).Documents.Select(document => document.Path)));
        Assert.Contains(report.Contradictions, item => item.OneText.Contains('€', StringComparison.Ordinal)
            && item.OtherText.Contains('€', StringComparison.Ordinal)
            && (item.One.Path is "affiche du parking.md" || item.Other.Path is "affiche du parking.md"));
        Assert.DoesNotContain(report.Contradictions, item =>
            item.One.Path.StartsWith("regles", StringComparison.Ordinal)
            && item.Other.Path.StartsWith("regles", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Versions_are_also_what_documents_say_that_they_replace_or_are_replaced_by()
    {
        const string Rules = "\n\nLe service de garde est assuré par deux personnes, de jour comme de nuit.";
        _site.Source.Write("a/pr-012.md", "# PR-012 Garde\n\nLa présente procédure est remplacée par PR-015." + Rules);
        _site.Source.Write("b/pr-015.md", "# PR-015 Astreinte" + Rules);
        _site.Source.Write("c/pr-020.md", "# PR-020 Roulement\n\nLa présente procédure remplace PR-015." + Rules);
        _site.Source.Write("d/pr-300.md", "# PR-300 Repas\n\nLe repas du soir est servi à dix-neuf heures.");
        await _site.SyncAsync();

        var report = await ExamineAsync();

        Assert.Equal(
            "c/pr-020.md b/pr-015.md a/pr-012.md",
            string.Join(' ', Assert.Single(report.Versions).Documents.Select(document => document.Path)));
    }

    [Fact]
    public async Task A_document_that_moved_keeps_its_fingerprint()
    {
        _site.Source.Write("a.md", Text);
        await _site.SyncAsync();
        var before = Assert.Single(await _site.DocumentsAsync()).Fingerprint;
        File.Move(Path.Combine(_site.Source.Path, "a.md"), Path.Combine(_site.Source.Path, "b.md"));
        var report = await _site.SyncAsync();

        Assert.Equal(1, report.MovedCount);
        Assert.Equal(before, Assert.Single(await _site.DocumentsAsync()).Fingerprint);
        Assert.NotNull(before);
    }

    [Fact]
    public async Task There_is_nothing_to_say_of_a_collection_that_is_not_there() =>
        Assert.Null(await new CollectionKinship(_site.Catalog).ExamineAsync(
            new CollectionId("absent"),
            TestContext.Current.CancellationToken));

    private async Task<KinshipReport> ExamineAsync() =>
        (await new CollectionKinship(_site.Catalog).ExamineAsync(
            TestSite.Collection,
            TestContext.Current.CancellationToken))!;
}
