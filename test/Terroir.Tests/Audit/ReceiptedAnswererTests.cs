using System.Text;
using System.Text.Json;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Audit;
using Terroir.Energy;
using Terroir.Provenance;
using Terroir.Provenance.Json;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;

namespace Terroir.Tests.Audit;

/// <summary>Answers of the real engine, and their receipts as somebody else verifies them.</summary>
public sealed class ReceiptedAnswererTests : IAsyncDisposable
{
    private const string Question = "Combien de temps le dossier est-il conservé ?";

    private readonly TestSite _site = new();
    private readonly LedgerIdentity _identity = new("test", SiteKey.FromSeed(new byte[32]));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Asker Anne { get; } = new("anne", []);

    [Fact]
    public async Task An_answer_comes_with_a_receipt_that_proves_its_words_and_their_place()
    {
        await FillAsync();

        var answer = await Answerer().AskAsync(new AskRequest { Question = Question, Asker = Anne }, Stop);
        var kept = (await Keeper().FindAsync(answer.Receipt, Stop))!;
        var text = await _site.Catalog.ReadBlobAsync((await _site.DocumentsAsync())[0].Text, Stop);
        var report = await VerifyAsync(kept, text);

        Assert.False(answer.IsRefused);
        Assert.Equal("user:anne", kept.Asker);
        Assert.True(report.IsProven, string.Join('\n', report.Failed.Select(finding => finding.ToEnglish())));
        Assert.Contains(report.Statements, finding => finding.Code == FindingCode.Logged);
        Assert.Contains(report.Statements, finding => finding.Code == FindingCode.AnswerShown);
        Assert.Contains(report.Statements, finding => finding.Code == FindingCode.QuoteInDocument);
        Assert.Equal(answer.Text, Encoding.UTF8.GetString(ReceiptOpenings.Parse(kept.Openings.Span).Answer!.Content));
    }

    [Fact]
    public async Task A_receipt_states_the_generation_the_sentences_and_why_it_was_allowed()
    {
        await FillAsync();

        var answer = await Answerer().AskAsync(new AskRequest { Question = Question, Asker = Anne }, Stop);
        var predicate = await ReadAsync(answer);

        var head = Assert.Single(answer.Generations);
        var corpus = predicate.GetProperty("corpus");
        Assert.Equal(head.Generation, corpus.GetProperty("generation").GetInt64());
        Assert.Equal(head.Manifest.Hex, corpus.GetProperty("manifest").GetString());
        Assert.Equal("not metered", predicate.GetProperty("energy").GetProperty("evidence").GetString());
        Assert.Equal("allow", predicate.GetProperty("decision").GetProperty("outcome").GetString());
        var sentence = predicate.GetProperty("sentences")[0];
        Assert.Equal("quoted", sentence.GetProperty("verdict").GetString());
        var bytes = Encoding.UTF8.GetBytes(answer.Text);
        var start = sentence.GetProperty("start").GetInt32();
        Assert.Equal(
            answer.Citations[0].Quote,
            Encoding.UTF8.GetString(bytes.AsSpan(start, sentence.GetProperty("length").GetInt32())));
    }

    [Fact]
    public async Task A_receipt_states_what_models_took_between_bounds_and_how_that_is_known()
    {
        await FillAsync();
        var metered = new MeteredAnswerer(_site.Answerer, new ModelledEnergy(60_000, 227_500));

        var answer = await new ReceiptedAnswerer(metered, Keeper())
            .AskAsync(new AskRequest { Question = Question, Asker = Anne }, Stop);
        var report = await VerifyAsync((await Keeper().FindAsync(answer.Receipt, Stop))!);

        Assert.Equal(
            """
            {"evidence":"modelled","joules":143.75,"joulesMax":227.5,"joulesMin":60,"method":"declared power"}
            """,
            (await ReadAsync(answer)).GetProperty("energy").GetRawText());
        Assert.Empty(report.Failed);
        Assert.Contains(report.NotShown, finding => finding.Code == FindingCode.EnergyStated);
    }

    [Fact]
    public async Task A_receipt_shows_no_word_of_what_it_is_about()
    {
        await FillAsync();

        var answer = await Answerer().AskAsync(new AskRequest { Question = Question, Asker = Anne }, Stop);
        var kept = (await Keeper().FindAsync(answer.Receipt, Stop))!;
        var bundle = JsonSerializer.Deserialize<JsonElement>(kept.Bundle.Span);
        var payload = bundle.GetProperty("dsseEnvelope").GetProperty("payload").GetBytesFromBase64();
        var statement = Encoding.UTF8.GetString(payload);

        Assert.All(
            (string[])["dossier", "vingt", "anne", "conserv", answer.Citations[0].Version.Hex],
            word => Assert.DoesNotContain(word, statement, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_refusal_has_a_receipt_too()
    {
        await _site.AddSourceAsync();

        var answer = await Answerer().AskAsync(new AskRequest { Question = Question, Asker = Anne }, Stop);
        var report = await VerifyAsync((await Keeper().FindAsync(answer.Receipt, Stop))!);
        var predicate = await ReadAsync(answer);

        Assert.True(answer.IsRefused);
        Assert.True(report.IsProven);
        Assert.Equal(0, predicate.GetProperty("shown").GetProperty("count").GetInt32());
        Assert.False(predicate.TryGetProperty("corpus", out _));
    }

    [Fact]
    public async Task What_nobody_may_show_an_asker_changes_nothing_in_the_receipt_but_what_is_random()
    {
        await FillAsync();
        var without = await AnonymousAsync();
        _site.Source.Write("secret.md", "# Secret\n\nLe dossier secret est conservé trois cents ans.");
        _site.Source.Write(
            "permissions.yaml",
            "allow: [everyone]\nfiles:\n  'secret.md': { inherit: false, allow: ['user:paul'] }");
        await _site.SyncAsync();

        Assert.Equal(without, await AnonymousAsync());
    }

    [Fact]
    public async Task A_person_has_one_pseudonym_and_another_has_another()
    {
        await FillAsync();

        var actors = new List<string>();
        foreach (var asker in (Asker[])[Anne, Anne, new("paul", [])])
        {
            var answer = await Answerer().AskAsync(new AskRequest { Question = Question, Asker = asker }, Stop);
            actors.Add((await ReadAsync(answer)).GetProperty("actor").GetString()!);
        }

        Assert.Equal(actors[0], actors[1], StringComparer.Ordinal);
        Assert.NotEqual(actors[0], actors[2], StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_streamed_answer_ends_with_its_receipt()
    {
        await FillAsync();

        AnswerEvent? last = null;
        await foreach (var step in Answerer().StreamAsync(new AskRequest { Question = Question, Asker = Anne }, Stop))
        {
            last = step;
        }

        var answer = Assert.IsType<AnswerDone>(last).Answer;
        Assert.NotNull(await Keeper().FindAsync(answer.Receipt, Stop));
    }

    [Fact]
    public async Task A_lost_metastore_comes_back_with_receipts_and_who_asked()
    {
        await FillAsync();
        var answer = await Answerer().AskAsync(new AskRequest { Question = Question, Asker = Anne }, Stop);

        await _site.LoseMetastoreAsync();
        await new LedgerMaintenance(_site.Metastore, _site.Objects, _identity).RebuildAsync(Stop);
        await _site.Maintenance.RebuildAsync(Stop);

        var query = new Storage.LedgerQuery { Actor = "user:anne" };
        var row = Assert.Single(await _site.Metastore.Ledger.FindAsync(query, Stop)).Row;
        Assert.Equal(answer.Receipt.Hex, row.Subject);
        Assert.True((await VerifyAsync((await Keeper().FindAsync(answer.Receipt, Stop))!)).IsProven);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_logged_is_not_given()
    {
        await FillAsync();
        var first = await Answerer().AskAsync(new AskRequest { Question = Question, Asker = Anne }, Stop);
        Assert.NotNull(await Keeper().FindAsync(first.Receipt, Stop));
        await File.WriteAllTextAsync(
            Path.Combine(_site.Data.Path, "objects", "l", "test", "checkpoint"),
            "terroir.example/test\n9\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— a AAAA\n",
            Stop);

        await Assert.ThrowsAsync<LedgerForkedException>(() =>
            Answerer().AskAsync(new AskRequest { Question = Question, Asker = Anne }, Stop));
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _identity.SigningKey.Dispose();
    }

    private async Task FillAsync()
    {
        await _site.AddSourceAsync();
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        _site.Source.Write("dossier.md", "# Archives\n\nLe dossier est conservé pendant vingt ans.");
        await _site.SyncAsync();
    }

    private ReceiptKeeper Keeper() => new(
        _site.Metastore,
        new ConfidentialObjects(_site.Objects, _identity),
        new SiteLedger(_site.Metastore, _site.Objects, _identity),
        _identity,
        new PersonKeys(new ConfidentialObjects(_site.Objects, _identity)),
        new ReceiptSoftware("terroir", "1", ContentHash.Of("files"u8)),
        TimeProvider.System);

    private ReceiptedAnswerer Answerer() => new(_site.Answerer, Keeper());

    private async Task<ReceiptReport> VerifyAsync(KeptReceipt kept, params ReadOnlyMemory<byte>[] documents) =>
        await ReceiptVerifier.VerifyAsync(
            new ReceiptEvidence
            {
                Bundle = kept.Bundle,
                Proof = kept.Proof,
                Openings = kept.Openings,
                Documents = documents,
                Policy = TrustPolicy.Parse(Encoding.UTF8.GetBytes($"log {_identity.Signer.Key}\nquorum none\n")),
            },
            Stop);

    private async Task<JsonElement> ReadAsync(Answer answer)
    {
        var kept = (await Keeper().FindAsync(answer.Receipt, Stop))!;
        var statement = SigstoreBundle.Parse(kept.Bundle.Span).DsseEnvelope.Payload;
        return JsonSerializer.Deserialize<JsonElement>(statement).GetProperty("predicate");
    }

    private sealed class MeteredAnswerer(IAnswerer inner, ModelledEnergy energy) : IAnswerer
    {
        public string Provider => inner.Provider;

        public async Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken)
        {
            var answer = await inner.AskAsync(request, cancellationToken);
            return answer with { Evidence = answer.Evidence! with { Energy = energy } };
        }

        public IAsyncEnumerable<AnswerEvent> StreamAsync(AskRequest request, CancellationToken cancellationToken) =>
            inner.StreamAsync(request, cancellationToken);
    }

    // Without what is random by design or tells that the collection changed: DESIGN, principle 4.
    private async Task<string> AnonymousAsync()
    {
        var answer = await Answerer().AskAsync(new AskRequest { Question = Question, Asker = Anne }, Stop);
        var kept = (await Keeper().FindAsync(answer.Receipt, Stop))!;
        var openings = ReceiptOpenings.Parse(kept.Openings.Span);
        var predicate = await ReadAsync(answer);
        var shown = openings.Shown!.Select(item => Encoding.UTF8.GetString(item.Opening!.Content));
        var cited = predicate.GetProperty("citations").EnumerateArray()
            .Select(item => $"{item.GetProperty("passage")} {item.GetProperty("start")} {item.GetProperty("rank")}");
        return string.Join('\n', [answer.Text, .. shown, .. cited, $"{predicate.GetProperty("sentences")}"]);
    }
}
