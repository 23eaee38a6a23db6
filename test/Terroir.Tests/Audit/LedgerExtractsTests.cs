using System.Text;
using Terroir.Audit;
using Terroir.Provenance;
using Terroir.Provenance.Events;
using Terroir.Provenance.Extracts;
using Terroir.Provenance.Json;
using Terroir.Provenance.Receipts;
using Terroir.Storage;

namespace Terroir.Tests.Audit;

/// <summary>Extracts of a real ledger, as somebody else verifies them.</summary>
public sealed class LedgerExtractsTests : IAsyncDisposable
{
    private readonly LedgerSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private LedgerExtracts Extracts => new(_site.Metastore, _site.Ledger, _site.Identity, TimeProvider.System);

    [Fact]
    public async Task An_extract_is_proven_with_nothing_but_the_policy()
    {
        var report = await VerifyAsync(await MakeAsync(new LedgerQuery()));

        Assert.True(report.IsProven, Failures(report));
        Assert.Equal(
            [
                FindingCode.ExtractRead, FindingCode.ExtractSigned, FindingCode.EntriesLogged,
                FindingCode.EntriesWhole, FindingCode.EventsShown,
            ],
            report.Statements.Select(finding => finding.Code));
        Assert.Equal(
            [FindingCode.WitnessesNotAsked, FindingCode.ActorsStated],
            report.NotShown.Select(finding => finding.Code));
    }

    [Fact]
    public async Task Some_of_the_entries_are_said_to_be_only_some()
    {
        var report = await VerifyAsync(await MakeAsync(new LedgerQuery { Actor = "user:anne" }));

        Assert.True(report.IsProven, Failures(report));
        Assert.Contains(report.NotShown, finding => finding.Code == FindingCode.EntriesSelected);
        Assert.DoesNotContain(report.Statements, finding => finding.Code == FindingCode.EntriesWhole);
    }

    [Fact]
    public async Task An_extract_without_entries_shows_that_and_no_more()
    {
        var report = await VerifyAsync(await MakeAsync(new LedgerQuery { Actor = "user:nobody" }));

        Assert.True(report.IsProven, Failures(report));
        Assert.Contains(report.NotShown, finding => finding.Code == FindingCode.EntriesSelected);
    }

    [Fact]
    public async Task What_was_erased_is_missed_and_everything_else_stays_proven()
    {
        var extract = Read(await MakeAsync(new LedgerQuery()));
        var erased = extract with
        {
            Entries = [extract.Entries[0] with { Actor = null, Detail = null }, .. extract.Entries.Skip(1)],
        };

        var report = await VerifyAsync(erased.Sign(_site.Identity.SigningKey));

        Assert.True(report.IsProven, Failures(report));
        Assert.Contains(report.NotShown, finding => finding.Code == FindingCode.EventsClosed);
    }

    [Fact]
    public async Task Another_key_or_no_policy_proves_nothing()
    {
        var bytes = await MakeAsync(new LedgerQuery());
        using var other = SiteKey.FromSeed(Enumerable.Repeat((byte)7, 32).ToArray());

        var signed = ExtractVerifier.Verify(new ReceiptEvidence
        {
            Bundle = bytes,
            Keys = [other.PublicKey],
            Policy = _site.Policy,
        });
        var bare = ExtractVerifier.Verify(new ReceiptEvidence { Bundle = bytes });

        Assert.Equal([FindingCode.ExtractNotSigned], signed.Failed.Select(finding => finding.Code));
        Assert.Equal([FindingCode.NoKey, FindingCode.NoPolicy], bare.Failed.Select(finding => finding.Code));
    }

    // The site itself signs each of these: the log contradicts it.
    [Theory]
    [InlineData("index", FindingCode.EntryNotLogged)]
    [InlineData("entry", FindingCode.EntryNotLogged)]
    [InlineData("path", FindingCode.EntryNotLogged)]
    [InlineData("no hash", FindingCode.EntryNotLogged)]
    [InlineData("detail", FindingCode.EventDiffers)]
    [InlineData("no detail", FindingCode.EventDiffers)]
    [InlineData("opening", FindingCode.EventDiffers)]
    public async Task A_site_that_changes_an_entry_and_signs_again_is_contradicted_by_its_log(
        string change,
        FindingCode found)
    {
        var extract = Read(await MakeAsync(new LedgerQuery()));
        var last = extract.Entries[^1];
        var first = extract.Entries[0];
        var changed = change switch
        {
            "index" => last with { Index = last.Index + 1 },
            "entry" => last with { Entry = first.Entry },
            "path" => last with { Path = first.Path },
            "no hash" => last with { Path = ["none"] },
            "detail" => last with { Detail = first.Detail },
            "no detail" => last with { Detail = "{}" },
            _ => last with { Detail = Reopen(last.Detail!) },
        };

        var report = await VerifyAsync(
            (extract with { Entries = [.. extract.Entries.SkipLast(1), changed] }).Sign(_site.Identity.SigningKey));

        Assert.Contains(report.Failed, finding => finding.Code == found);
    }

    [Fact]
    public async Task Every_changed_byte_of_the_file_is_found_or_is_not_of_what_was_signed()
    {
        var bytes = await MakeAsync(new LedgerQuery());
        var payload = DsseEnvelope.Parse(bytes).Payload;
        var random = new Random(20_261_126);

        for (var i = 0; i < 300; i++)
        {
            var changed = bytes.ToArray();
            changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);

            // The id of the key beside the signature is a hint, and signed by nobody.
            Assert.True(
                !(await VerifyAsync(changed)).IsProven
                || DsseEnvelope.Parse(changed).Payload.AsSpan().SequenceEqual(payload));
        }
    }

    [Fact]
    public async Task Neither_a_receipt_nor_text_is_taken_for_an_extract()
    {
        Assert.True(LedgerExtract.IsOne(await MakeAsync(new LedgerQuery())));
        Assert.False(LedgerExtract.IsOne("{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"}"u8));
        Assert.False(LedgerExtract.IsOne("hello"u8));
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private async Task<byte[]> MakeAsync(LedgerQuery query)
    {
        var people = new PersonKeys(new ConfidentialObjects(_site.Objects, _site.Identity));
        var log = new EventLog(_site.Ledger, people, TimeProvider.System);
        await log.RecordAsync(EventKinds.DocumentOpened, "user:anne", "contract", "the contract", Stop);
        await log.RecordAsync(EventKinds.Administered, actor: null, subject: null, "gc", Stop);
        await log.RecordAsync(EventKinds.DocumentOpened, "user:anne", "invoice", "the invoice", Stop);
        var rows = await Extracts.FindAsync(query, Stop);
        return await Extracts.MakeAsync(rows, "what the test asked for", Stop);
    }

    private ValueTask<ReceiptReport> VerifyAsync(byte[] bytes) => ValueTask.FromResult(
        ExtractVerifier.Verify(new ReceiptEvidence { Bundle = bytes, Policy = _site.Policy }));

    private static LedgerExtract Read(byte[] bytes) => LedgerExtract.Read(DsseEnvelope.Parse(bytes));

    private static string Reopen(string detail)
    {
        var content = Convert.ToBase64String(Encoding.UTF8.GetBytes("the invoice"));
        Assert.Contains(content, detail, StringComparison.Ordinal);
        return detail.Replace(
            content,
            Convert.ToBase64String(Encoding.UTF8.GetBytes("another one")),
            StringComparison.Ordinal);
    }

    private static string Failures(ReceiptReport report) =>
        string.Join('\n', report.Failed.Select(finding => finding.ToEnglish()));
}
