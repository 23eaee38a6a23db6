using System.Text;
using System.Text.Json;
using CsCheck;
using Terroir.Provenance.Json;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;
using Terroir.Provenance.Tests.Notes;

namespace Terroir.Provenance.Tests.Receipts;

public sealed class ReceiptVerifierTests : IDisposable
{
    private static readonly SampleReceipt Sample = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("terroir-test-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_whole_receipt_is_proven_and_says_what_it_shows_and_what_not()
    {
        var report = await VerifyAsync(Sample.Whole with { Ledger = Sample.WriteLedger(_folder) });

        Assert.Empty(report.Failed);
        Assert.True(report.IsProven);
        Assert.Equal(
            "Complete SignatureHolds Witnessed Witnessed Logged Witnessed Witnessed InLedger LedgerGrew QuestionShown "
            + "AnswerShown PromptShown PassagesShown QuoteInDocument",
            Codes(report.Statements));
        Assert.Equal("ModelStated DecisionStated EnergyStated", Codes(report.NotShown));
    }

    [Fact]
    public async Task A_key_alone_proves_the_statement_and_no_more()
    {
        var evidence = new ReceiptEvidence { Bundle = Sample.Bundle, Keys = [SampleReceipt.Key.PublicKey] };
        var report = await VerifyAsync(evidence);

        Assert.True(report.IsProven);
        Assert.Equal("Complete SignatureHolds", Codes(report.Statements));
        Assert.Equal(
            "LogNotGiven QuestionNotGiven AnswerNotGiven QuoteNotGiven ModelStated DecisionStated EnergyStated",
            Codes(report.NotShown));
    }

    [Fact]
    public async Task Once_salts_and_contents_are_erased_all_that_was_proven_of_the_rest_still_is()
    {
        var openings = Sample.Draft.Openings;
        var erased = openings with
        {
            Question = null,
            Answer = null,
            Prompt = null,
            Citations = [new CitationOpening(Version: null, Text: null, Quote: null)],
            Shown = [.. openings.Shown!.Select(shown => shown with { Opening = null })],
        };
        var report = await VerifyAsync(Sample.Whole with { Openings = erased.ToBytes(), Documents = [] });

        Assert.True(report.IsProven);
        Assert.Equal("Complete SignatureHolds Witnessed Witnessed Logged PassagesShown", Codes(report.Statements));
        Assert.DoesNotContain("friction", Encoding.UTF8.GetString(erased.ToBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keys_of_the_policys_logs_sign_receipts_where_no_other_key_is_given() =>
        Assert.True((await VerifyAsync(Sample.Whole with { Keys = [] })).IsProven);

    [Fact]
    public async Task Without_a_key_nothing_is_proven() =>
        Assert.Equal("NoKey", await FailedAsync(new ReceiptEvidence { Bundle = Sample.Bundle }));

    [Fact]
    public async Task Another_key_proves_nothing() =>
        Assert.Equal("NotSigned", await FailedAsync(Sample.Whole with { Keys = [Keys.Site(9).PublicKey] }));

    [Fact]
    public async Task A_proof_of_another_receipt_is_found_out()
    {
        var other = new SampleReceipt(SampleReceipt.Facts with { Request = "other" });

        Assert.Equal("NotLogged", await FailedAsync(Sample.Whole with { Proof = other.Proof }));
    }

    [Fact]
    public async Task A_proof_counts_only_under_a_policy_and_with_its_witnesses()
    {
        var proof = LogProof.Parse(Sample.Proof);
        var text = proof.Checkpoint.Text;
        var alone = SignedNote.Sign(text, Keys.Log, Keys.First);
        var unlogged = SignedNote.Sign(text, Keys.First, Keys.Second);
        var other = SignedNote.Sign("text\n", Keys.Log);

        Assert.Equal("NoPolicy", await FailedAsync(Sample.Whole with { Policy = null }));
        Assert.Equal("QuorumMissed", await FailedAsync(With(proof with { Checkpoint = alone })));
        Assert.Equal("LogUnknown", await FailedAsync(With(proof with { Checkpoint = unlogged })));
        Assert.Equal("NoCheckpoint", await FailedAsync(With(proof with { Checkpoint = other })));
        Assert.Equal("NoProof", await FailedAsync(Sample.Whole with { Proof = "no proof"u8.ToArray() }));
    }

    [Fact]
    public async Task A_witness_that_signed_another_history_refuses_it()
    {
        var proof = LogProof.Parse(Sample.Proof);
        var other = Keys.Second.Sign(new Checkpoint(Keys.Origin, 310, MerkleHash.OfEmptyTree).ToText());
        var mixed = SignedNote.Sign(proof.Checkpoint.Text, Keys.Log, Keys.First).With([other]);

        Assert.Equal("LogSignatureWrong", await FailedAsync(With(proof with { Checkpoint = mixed })));
    }

    [Fact]
    public async Task A_ledger_finds_the_receipt_without_a_proof()
    {
        var report = await VerifyAsync(Sample.Whole with { Proof = null, Ledger = Sample.WriteLedger(_folder) });

        Assert.True(report.IsProven);
        Assert.Contains(report.Statements, finding => finding.Code == FindingCode.InLedger);
    }

    [Fact]
    public async Task A_ledger_that_lacks_the_receipt_or_a_byte_is_found_out()
    {
        var ledger = Sample.WriteLedger(_folder);
        var tile = Path.Combine(_folder, "tile/0/001");
        var bytes = await File.ReadAllBytesAsync(tile, Cancellation);
        var other = new SampleReceipt(SampleReceipt.Facts with { Request = "other" });

        Assert.Equal(
            "NotInLedger",
            await FailedAsync(other.Whole with { Proof = null, Ledger = ledger }));
        bytes[5] ^= 1;
        await File.WriteAllBytesAsync(tile, bytes, Cancellation);
        Assert.Equal("LedgerWrong", await FailedAsync(Sample.Whole with { Ledger = ledger }));
        await File.WriteAllBytesAsync(tile, bytes[1..], Cancellation);
        Assert.Equal("LedgerWrong", await FailedAsync(Sample.Whole with { Ledger = ledger }));
        File.Delete(tile);
        Assert.Equal("LedgerWrong", await FailedAsync(Sample.Whole with { Proof = null, Ledger = ledger }));
        File.Delete(Path.Combine(_folder, "checkpoint"));
        Assert.Equal("LedgerWrong", await FailedAsync(Sample.Whole with { Ledger = ledger }));
    }

    [Fact]
    public async Task Two_histories_of_one_log_are_found_out()
    {
        var other = new SampleReceipt(SampleReceipt.Facts with { Request = "other" });

        Assert.Equal(
            "NotInLedger LedgerForked",
            await FailedAsync(Sample.Whole with { Ledger = other.WriteLedger(_folder) }));
    }

    [Fact]
    public async Task A_pruned_log_proves_all_that_stands_at_or_behind_its_minimum_index()
    {
        var report = await VerifyAsync(Sample.Whole with { Ledger = Prune(256) });

        Assert.Empty(report.Failed);
        Assert.Contains(report.Statements, finding => finding.Code == FindingCode.InLedger);
        Assert.Contains(report.Statements, finding => finding.Code == FindingCode.LedgerGrew);
        report = await VerifyAsync(Sample.Whole with { Proof = null, Ledger = Prune(256) });
        Assert.Contains(report.Statements, finding => finding.Code == FindingCode.InLedger);
    }

    [Fact]
    public async Task What_stands_before_a_minimum_index_is_called_pruned_and_no_fork()
    {
        var ledger = Prune(512);
        var report = await VerifyAsync(Sample.Whole with { Ledger = ledger });

        Assert.True(report.IsProven);
        Assert.Contains(report.Statements, finding => finding.Code == FindingCode.Logged);
        Assert.Equal(
            "PrunedFromLedger GrowthPruned ModelStated DecisionStated EnergyStated",
            Codes(report.NotShown));
        Assert.Equal(["300", "512"], report.NotShown[0].Values, StringComparer.Ordinal);
        Assert.Equal(["310", "512"], report.NotShown[1].Values, StringComparer.Ordinal);
        Assert.Equal("NotInRest", await FailedAsync(Sample.Whole with { Proof = null, Ledger = ledger }));
    }

    [Fact]
    public async Task Tiles_that_are_gone_are_pruned_only_if_the_log_says_so()
    {
        var ledger = Prune(512);
        var text = new MinimumIndex(Keys.Origin, 512).ToText();
        byte[][] others =
        [
            SignedNote.Sign(text, NoteSigner.Ed25519(Keys.Origin, Keys.Site(9))).ToBytes(),
            SignedNote.Sign(new MinimumIndex("log.example/other", 512).ToText(), Keys.Log).ToBytes(),
            Sample.Checkpoint(600).ToBytes(),
            [],
        ];
        var file = Path.Combine(_folder, MinimumIndex.FileName);
        foreach (var other in others)
        {
            await File.WriteAllBytesAsync(file, other, Cancellation);
            Assert.Equal("LedgerWrong", await FailedAsync(Sample.Whole with { Ledger = ledger }));
        }

        File.Delete(file);
        Assert.Equal("LedgerWrong", await FailedAsync(Sample.Whole with { Ledger = ledger }));
    }

    [Fact]
    public async Task A_ledger_older_than_the_proof_is_refused() =>
        Assert.Equal(
            "LedgerWrong",
            await FailedAsync(Sample.Whole with { Ledger = Sample.WriteLedger(_folder, 305) }));

    [Fact]
    public async Task What_was_not_committed_to_is_found_out()
    {
        var openings = Sample.Draft.Openings;
        var other = new Opening(openings.Question!.Salt, "another"u8.ToArray());

        Assert.Equal("QuestionDiffers", await FailedAsync(With(openings with { Question = other })));
        Assert.Equal("AnswerDiffers", await FailedAsync(With(openings with { Answer = other })));
        Assert.Equal("PromptDiffers", await FailedAsync(With(openings with { Prompt = other })));
        Assert.Equal("PassagesDiffer", await FailedAsync(With(openings with { Shown = [openings.Shown![0]] })));
        Assert.Equal(
            "PassagesDiffer",
            await FailedAsync(With(openings with { Shown = [openings.Shown[1], openings.Shown[0]] })));
        Assert.Equal(
            "QuoteDiffers DocumentNotCited",
            await FailedAsync(With(openings with { Citations = [openings.Citations![0] with { Quote = other }] })));
        Assert.Equal("NoOpenings DocumentNotCited", await FailedAsync(With(openings with { Citations = [] })));
        Assert.Equal(
            "NoOpenings DocumentNotCited",
            await FailedAsync(Sample.Whole with { Openings = "{"u8.ToArray() }));
    }

    [Fact]
    public async Task Another_document_is_found_out() =>
        Assert.Equal(
            "DocumentNotCited",
            await FailedAsync(Sample.Whole with { Documents = [SampleReceipt.Bytes("another")] }));

    [Fact]
    public async Task A_site_that_cites_what_its_document_does_not_say_is_found_out()
    {
        var citation = SampleReceipt.Facts.Citations[0];
        var shifted = new SampleReceipt(SampleReceipt.Facts with { Citations = [citation with { Start = 1 }] });
        var beyond = new SampleReceipt(SampleReceipt.Facts with
        {
            Citations = [citation with { Start = 1L << 40 }],
        });

        Assert.Equal("QuoteDiffers", await FailedAsync(shifted.Whole));
        Assert.Equal("QuoteDiffers", await FailedAsync(beyond.Whole));
    }

    [Fact]
    public async Task No_change_of_a_byte_of_the_statement_is_accepted() =>
        await Gen.Select(Gen.Int[0, Sample.Statement.Length - 1], Gen.Byte).SampleAsync(async (at, value) =>
        {
            var changed = Sample.Statement.ToArray();
            changed[at] = value;
            if (changed[at] != Sample.Statement[at])
            {
                var envelope = SigstoreBundle.Parse(Sample.Bundle).DsseEnvelope with { Payload = changed };
                var report = await VerifyAsync(Sample.Whole with { Bundle = SigstoreBundle.Of(envelope).ToBytes() });

                Assert.False(report.IsProven);
                Assert.NotEmpty(report.Failed);
            }
        });

    // What a site could sign by mistake or on purpose: each member of the receipt made wrong, and signed rightly.
    [Theory]
    [InlineData("\"format\":1", "\"format\":2", FindingCode.Inconsistent)]
    [InlineData("\"generation\":12", "\"generation\":0", FindingCode.Inconsistent)]
    [InlineData("\"outcome\":\"allow\"", "\"outcome\":\"maybe\"", FindingCode.Inconsistent)]
    [InlineData("\"verdict\":\"quoted\"", "\"verdict\":\"true\"", FindingCode.Inconsistent)]
    [InlineData("\"citations\":[0]", "\"citations\":[1]", FindingCode.Inconsistent)]
    [InlineData("\"passage\":0", "\"passage\":2", FindingCode.Inconsistent)]
    [InlineData("\"rank\":1", "\"rank\":0", FindingCode.Inconsistent)]
    [InlineData("\"joulesMin\":10", "\"joulesMin\":13", FindingCode.Inconsistent)]
    [InlineData("\"evidence\":\"attributed\"", "\"evidence\":\"felt\"", FindingCode.Inconsistent)]
    [InlineData("\"site\":\"valmont\"", "\"site\":null", FindingCode.Inconsistent)]
    [InlineData("\"shown\":{", "\"shown\":null,\"shows\":{", FindingCode.Inconsistent)]
    [InlineData("\"site\":\"valmont\"", "\"sitf\":\"valmont\"", FindingCode.NoReceipt)]
    [InlineData("answer-receipt/v1", "answer-receipt/v2", FindingCode.NoReceipt)]
    [InlineData("in-toto.io/Statement/v1", "in-toto.io/Statement/v2", FindingCode.NoReceipt)]
    public async Task A_statement_that_does_not_fit_itself_is_refused_whoever_signed_it(
        string member,
        string wrong,
        FindingCode found)
    {
        var statement = Encoding.UTF8.GetString(Sample.Statement).Replace(member, wrong, StringComparison.Ordinal);
        var payload = CanonicalJson.Canonicalize(SampleReceipt.Bytes(statement));
        var envelope = DsseEnvelope.Sign(InTotoStatement.MediaType, payload, SampleReceipt.Key);

        Assert.NotEqual(Sample.Statement, payload);
        Assert.Equal(
            found.ToString(),
            await FailedAsync(Sample.Whole with { Bundle = SigstoreBundle.Of(envelope).ToBytes() }));
    }

    [Fact]
    public async Task Another_answer_than_the_subject_is_refused()
    {
        var statement = InTotoStatement.Parse(Sample.Statement) with { SubjectDigest = ContentHash.Of("other"u8) };
        var envelope = DsseEnvelope.Sign(InTotoStatement.MediaType, statement.ToBytes(), SampleReceipt.Key);

        Assert.Equal(
            "Inconsistent",
            await FailedAsync(Sample.Whole with { Bundle = SigstoreBundle.Of(envelope).ToBytes() }));
    }

    [Fact]
    public void Facts_that_do_not_fit_make_no_receipt() =>
        Assert.Throws<ArgumentException>(() => ReceiptBuilder.Build(SampleReceipt.Facts with
        {
            Sentences = [new ReceiptSentence(0, 1, "quoted", [5])],
        }));

    // Greater ones would be rounded by canonical JSON.
    [Fact]
    public void An_integer_that_a_double_cannot_hold_makes_no_receipt() =>
        Assert.Throws<ArgumentException>(() => ReceiptBuilder.Build(SampleReceipt.Facts with
        {
            Corpus = new ReceiptCorpus((1L << 53) + 1, ContentHash.Of("manifest"u8)),
        }));

    [Fact]
    public void Two_receipts_of_the_same_facts_commit_to_other_values() =>
        Assert.NotEqual(
            ReceiptBuilder.Build(SampleReceipt.Facts).Receipt.Question,
            ReceiptBuilder.Build(SampleReceipt.Facts).Receipt.Question);

    [Fact]
    public void A_receipt_without_a_model_and_without_a_meter_says_so()
    {
        var draft = ReceiptBuilder.Build(SampleReceipt.Facts with { Model = null, Energy = ReceiptEnergy.NotMetered });
        using var statement = JsonDocument.Parse(draft.ToStatement());
        var predicate = statement.RootElement.GetProperty("predicate");

        Assert.False(predicate.TryGetProperty("model", out _));
        Assert.Equal("{\"evidence\":\"not metered\"}", predicate.GetProperty("energy").GetRawText());
    }

    [Fact]
    public void A_receipt_shows_nothing_of_what_was_asked_read_and_answered() =>
        Assert.DoesNotContain("friction", Encoding.UTF8.GetString(Sample.Statement), StringComparison.Ordinal);

    [Fact]
    public void Every_finding_is_said_in_both_languages()
    {
        var findings = Enum.GetValues<FindingCode>()
            .Where(code => code != FindingCode.None)
            .Select(code => new Finding(code, ["1", "2", "3", "4"]))
            .ToList();

        Assert.DoesNotContain(findings, finding => string.Equals(
            finding.ToFrench(),
            finding.ToEnglish(),
            StringComparison.Ordinal));
        Assert.Distinct(findings.Select(finding => finding.ToFrench()), StringComparer.Ordinal);
        Assert.Distinct(findings.Select(finding => finding.ToEnglish()), StringComparer.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ReceiptEvidence With(LogProof proof) => Sample.Whole with { Proof = proof.ToBytes() };

    private static ReceiptEvidence With(ReceiptOpenings openings) =>
        Sample.Whole with { Openings = openings.ToBytes() };

    // As the log serves it: full tiles that end at or below the index are gone.
    private LedgerFolder Prune(long index)
    {
        var ledger = Sample.WriteLedger(_folder);
        foreach (var path in TileSet.Of(600).Where(path => !path.IsKept(index)))
        {
            File.Delete(Path.Combine(_folder, $"{path}"));
        }

        var note = SignedNote.Sign(new MinimumIndex(Keys.Origin, index).ToText(), Keys.Log);
        File.WriteAllBytes(Path.Combine(_folder, MinimumIndex.FileName), note.ToBytes());
        return ledger;
    }

    private static string Codes(IEnumerable<Finding> findings) => string.Join(' ', findings.Select(f => f.Code));

    private static Task<ReceiptReport> VerifyAsync(ReceiptEvidence evidence) =>
        ReceiptVerifier.VerifyAsync(evidence, Cancellation).AsTask();

    private static async Task<string> FailedAsync(ReceiptEvidence evidence)
    {
        var report = await VerifyAsync(evidence);
        Assert.False(report.IsProven);
        return Codes(report.Failed);
    }
}
