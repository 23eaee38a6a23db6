using Terroir.Catalog;
using Terroir.Provenance.Erasures;
using Terroir.Provenance.Receipts;
using Terroir.Retention;

namespace Terroir.Server.Tests.Retention;

/// <summary>Erasures over all stores of a real site.</summary>
public sealed class ErasureTests
{
    private const string Unsealed = "protection:\n  encryption: false\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData(Unsealed)]
    public async Task Nothing_of_25_subjects_is_left_and_bystanders_stay(string settings)
    {
        string[] subjects = [.. Enumerable.Range(0, 25).Select(i => $"sujet{Letters(i)}")];
        string[] others = [.. Enumerable.Range(0, 25).Select(i => $"tiers{Letters(i)}")];
        await using var site = await ErasureSite.CreateAsync(settings, [.. subjects, .. others]);
        ContentHash[] receipts = [await site.AskAsync(subjects[0]), await site.AskAsync(others[0])];
        site.Write(subjects[1], "Il est aussi allergique.");
        await site.SyncAsync();
        await site.ReopenAsync();
        Assert.NotEmpty(site.FilesWith(subjects[0]));

        var outcome = await site.EraseAsync(subjects);

        Assert.NotNull(outcome.Certificate);
        Assert.Empty(outcome.Residue.Found);
        Assert.All(subjects, name => Assert.Empty(site.FilesWith(name)));
        Assert.Equal(
            [.. others.Select(name => $"{name}.md").Order(StringComparer.Ordinal)],
            await site.LivePathsAsync());
        foreach (var receipt in receipts)
        {
            Assert.True((await site.VerifyAsync(receipt)).IsProven);
        }

        var store = await site.Get<ICatalogMaintenance>().VerifyAsync(Stop);
        var ledger = await site.Get<Audit.ILedgerMaintenance>().VerifyAsync(Stop);
        Assert.Empty(store.Problems.Concat(ledger.Problems));
    }

    [Fact]
    public async Task A_source_does_not_bring_it_back_not_changed_and_not_under_another_name()
    {
        await using var site = await ErasureSite.CreateAsync("", "sujetun", "tiersun");
        var text = await File.ReadAllTextAsync(Path.Combine(site.Source, "sujetun.md"), Stop);
        await site.EraseAsync("sujetun");

        site.Write("sujetun", "Une version plus jeune.");
        await File.WriteAllTextAsync(Path.Combine(site.Source, "autre.md"), text, Stop);
        await site.SyncAsync();

        Assert.Equal(["tiersun.md"], await site.LivePathsAsync());
        Assert.Empty(site.FilesWith("sujetun"));
    }

    [Fact]
    public async Task What_is_lifted_comes_back_from_its_source()
    {
        await using var site = await ErasureSite.CreateAsync("", "sujetun", "tiersun");
        var order = await site.OrderAsync("sujetun");
        await site.RunAsync(order);

        Assert.True(await site.Eraser.LiftAsync(order.Documents[0], Stop));
        Assert.False(await site.Eraser.LiftAsync(order.Documents[0], Stop));
        await site.SyncAsync();

        Assert.Equal(["sujetun.md", "tiersun.md"], await site.LivePathsAsync());
    }

    [Theory]
    [InlineData(ErasureStage.Withdraw)]
    [InlineData(ErasureStage.Rewrite)]
    [InlineData(ErasureStage.Delete)]
    [InlineData(ErasureStage.Records)]
    [InlineData(ErasureStage.Keys)]
    [InlineData(ErasureStage.Scrub)]
    public async Task An_erasure_that_died_at_a_stage_is_brought_to_its_end(ErasureStage stage)
    {
        await using var site = await ErasureSite.CreateAsync("", "sujetun", "sujetdeux", "tiersun");
        await site.AskAsync("sujetun");
        await site.ReopenAsync();
        var order = await site.OrderAsync("sujetun", "sujetdeux");
        await Assert.ThrowsAsync<InvalidOperationException>(() => site.RunAsync(order, new Dying(stage)));

        await site.ReopenAsync();
        var pending = Assert.Single(await site.Eraser.ListPendingAsync(Stop));
        var outcome = await site.RunAsync(pending);

        Assert.NotNull(outcome.Certificate);
        Assert.Empty(site.FilesWith("sujetun").Concat(site.FilesWith("sujetdeux")));
        Assert.Equal(["tiersun.md"], await site.LivePathsAsync());
        Assert.Empty(await site.Eraser.ListPendingAsync(Stop));
    }

    [Fact]
    public async Task Tombstones_outlive_the_metastore()
    {
        await using var site = await ErasureSite.CreateAsync("", "sujetun", "tiersun");
        await site.EraseAsync("sujetun");
        var file = site.Site.Folder.MetastoreFile;
        await site.Site.DisposeAsync();
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(file)!, "metastore.db*"))
        {
            File.Delete(path);
        }

        await site.ReopenAsync();
        await site.Get<Audit.ILedgerMaintenance>().RebuildAsync(Stop);
        await site.Get<ICatalogMaintenance>().RebuildAsync(Stop);
        await site.SyncAsync();

        Assert.Equal(["tiersun.md"], await site.LivePathsAsync());
    }

    [Fact]
    public async Task A_held_document_is_not_erased_until_the_hold_is_lifted()
    {
        await using var site = await ErasureSite.CreateAsync("", "sujetun", "tiersun");
        var holds = site.Get<LegalHolds>();
        var hold = await holds.PlaceAsync(ErasureSite.Collection, [], "MOLECULEsujetun", "affaire 12", Stop);

        var refused = await Assert.ThrowsAsync<DocumentHeldException>(() => site.EraseAsync("sujetun"));
        Assert.Contains(hold.Id, refused.Message, StringComparison.Ordinal);
        Assert.Equal(["sujetun.md", "tiersun.md"], await site.LivePathsAsync());

        await holds.LiftAsync(hold.Id, "close", Stop);
        Assert.NotNull((await site.EraseAsync("sujetun")).Certificate);
    }

    [Fact]
    public async Task What_must_be_kept_is_not_erased()
    {
        await using var site = await ErasureSite.CreateAsync(
            "retention:\n  rules:\n    - name: soins\n      keepAtLeast: 20y\n",
            "sujetun");

        var refused = await Assert.ThrowsAsync<DocumentHeldException>(() => site.EraseAsync("sujetun"));

        Assert.Contains("must be kept until", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_certificate_is_proven_offline_and_a_changed_one_is_not()
    {
        await using var site = await ErasureSite.CreateAsync("", "sujetun", "tiersun");
        var outcome = await site.EraseAsync("sujetun");
        var evidence = new ReceiptEvidence
        {
            Bundle = outcome.Certificate!.Bundle,
            Proof = outcome.Certificate.Proof,
            Openings = new ReceiptOpenings { Question = outcome.Asked }.ToBytes(),
            Policy = site.Policy,
        };

        var report = await ErasureVerifier.VerifyAsync(evidence, Stop);
        var text = System.Text.Encoding.UTF8.GetString(outcome.Certificate.Bundle.Span);
        var other = await ErasureVerifier.VerifyAsync(
            evidence with { Openings = new ReceiptOpenings { Question = new Opening(new byte[32], [1]) }.ToBytes() },
            Stop);

        Assert.Empty(report.Failed);
        Assert.True(report.IsProven);
        Assert.Contains(report.Statements, finding => finding.Code is FindingCode.CertificateLogged);
        Assert.Contains(other.Failed, finding => finding.Code is FindingCode.AskedDiffers);
        Assert.DoesNotContain("sujetun", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remains_that_a_store_keeps_are_told_and_there_is_no_certificate()
    {
        await using var site = await ErasureSite.CreateAsync("", "sujetun", "tiersun");
        var stray = Path.Combine(site.Site.Folder.Root, "derived", "stray.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(stray)!);
        await File.WriteAllTextAsync(stray, "xx Le traitement de sujetun comprend la moleculesujetun xx", Stop);

        var outcome = await site.EraseAsync("sujetun");

        Assert.Null(outcome.Certificate);
        Assert.Contains(outcome.Residue.Found, place => place.File.EndsWith("stray.txt", StringComparison.Ordinal));
        File.Delete(stray);

        // As a later command does: this process would first wait for what its own reading keeps.
        await site.ReopenAsync();
        Assert.NotNull((await site.RunAsync(outcome.Order)).Certificate);
    }

    [Fact]
    public async Task A_person_is_found_in_both_orders_and_without_accents_and_their_documents_go()
    {
        await using var site = await ErasureSite.CreateAsync("", "tiersun");
        site.Write("a", "Vu avec Mme Élise Quentalia ce jour.");
        site.Write("b", "Vu avec QUENTALIA Elise ce jour.");
        site.Write("c", "Vu avec Mme Élise Martin ce jour.");
        await site.SyncAsync();
        var person = PersonMention.TryRead("Elise Quentalia")!;

        var plan = await site.Planner.FindAsync(person, null, Stop);
        var outcome = await site.RunAsync(await site.Eraser.OrderAsync(
            new ErasureRequest(
                [.. plan.Documents.Select(item => item.Address)],
                person.Asked,
                ErasureBasis.Request,
                person),
            Stop));

        IReadOnlyList<string> paths =
            [.. plan.Documents.Select(item => item.Version.Path).Order(StringComparer.Ordinal)];
        Assert.Equal(["a.md", "b.md"], paths);
        Assert.NotNull(outcome.Certificate);
        Assert.Empty(site.FilesWith("Quentalia").Concat(site.FilesWith("QUENTALIA")));
        Assert.Equal(["c.md", "tiersun.md"], await site.LivePathsAsync());
    }

    // Words of letters only, so that none is part of another.
    private static string Letters(int number) => $"{(char)('a' + (number / 26))}{(char)('a' + (number % 26))}zqx";

    private sealed class Dying(ErasureStage stage) : IErasable
    {
        public string Store => "dying";

        public ErasureStage Stage => stage;

        public Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The process died.");
    }
}
