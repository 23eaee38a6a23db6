using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Receipts;

namespace Terroir.Tests.Audit;

/// <summary>Single random changes of a site's ledger and receipts: each is found, or undone, or was of no meaning.
/// </summary>
public sealed class TamperingTests : IAsyncDisposable
{
    private const int ChangeCount = 150;
    private const int Seed = 20261126;

    private readonly LedgerSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_file_is_found_or_written_again()
    {
        await FillAsync();
        var random = new Random(Seed);
        var files = Files();
        for (var change = 0; change < ChangeCount; change++)
        {
            var file = files[random.Next(files.Length)];
            var bytes = await File.ReadAllBytesAsync(file, Stop);
            var what = await ChangeAsync(file, bytes, random);

            var report = await _site.Maintenance.VerifyAsync(Stop);
            var now = File.Exists(file) ? await File.ReadAllBytesAsync(file, Stop) : [];
            var isUndone = now.AsSpan().SequenceEqual(bytes);
            Assert.True(
                report.Problems.Count > 0 || isUndone || (now.Length == 0 && IsReplaced(file, report.Size)),
                $"{what} of {file} was not found");

            await File.WriteAllBytesAsync(file, bytes, Stop);
        }

        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Theory]
    [InlineData("delete from ledger_row where place = 4")]
    [InlineData("update ledger_row set kind = 'receipt' where place = 4")]
    [InlineData("update ledger_row set time = time + 1000 where place = 4")]
    [InlineData("update ledger_row set entry = (select entry from ledger_row where place = 5) where place = 4")]
    [InlineData("update ledger_row set actor = 'user:paul' where place = 4")]
    [InlineData("update ledger_row set actor = 'user:paul' where kind = 'receipt'")]
    [InlineData("update ledger_row set subject = 'x' where kind = 'receipt'")]
    [InlineData("update ledger_row set detail = replace(detail, 'c2F5', 'c2F6') where place = 4")]
    [InlineData("update ledger_row set detail = replace(detail, '\"opening\"', '\"opinion\"') where place = 4")]
    [InlineData("update ledger_state set size = size - 1")]
    [InlineData("update ledger_state set checkpoint = null")]
    public async Task A_changed_row_is_found(string change)
    {
        await FillAsync();
        await using (var connection = new SqliteConnection($"Data Source={_site.Data.Path}/metastore.db;Pooling=False"))
        {
            await connection.OpenAsync(Stop);
            await using var command = connection.CreateCommand();
            command.CommandText = change;
            Assert.NotEqual(0, await command.ExecuteNonQueryAsync(Stop));
        }

        Assert.NotEmpty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Fact]
    public async Task A_changed_receipt_is_not_proven_or_says_the_same()
    {
        var receipt = (await FillAsync())[^1];
        var kept = (await Keeper().FindAsync(receipt, Stop))!;
        var statement = Payload(kept.Bundle.Span)!;
        var random = new Random(Seed);
        var refused = 0;
        for (var change = 0; change < 4 * ChangeCount; change++)
        {
            var (bundle, proof) = (kept.Bundle.ToArray(), kept.Proof.ToArray());
            var changed = random.Next(2) == 0 ? bundle : proof;
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));

            var report = await VerifyAsync(kept with { Bundle = bundle, Proof = proof });

            refused += report.IsProven ? 0 : 1;
            Assert.True(
                !report.IsProven || statement.AsSpan().SequenceEqual(Payload(bundle)),
                string.Create(CultureInfo.InvariantCulture, $"change {change}"));
        }

        Assert.True(refused > 3 * ChangeCount, string.Create(CultureInfo.InvariantCulture, $"{refused} refused"));
        Assert.True((await VerifyAsync(kept)).IsProven);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private static async Task<string> ChangeAsync(string file, byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        byte[] changed = [.. bytes];
        switch (random.Next(4))
        {
            case 0:
                File.Delete(file);
                return "deletion";
            case 1:
                await File.WriteAllBytesAsync(file, bytes[..at], Stop);
                return "cut";
            case 2:
                await File.WriteAllBytesAsync(file, [.. bytes[..at], 7, .. bytes[at..]], Stop);
                return "insertion";
            default:
                changed[at] ^= (byte)(1 << random.Next(8));
                await File.WriteAllBytesAsync(file, changed, Stop);
                return "flip";
        }
    }

    private static byte[]? Payload(ReadOnlySpan<byte> bundle)
    {
        try
        {
            return Provenance.Json.SigstoreBundle.Parse(bundle).DsseEnvelope.Payload;
        }
        catch (ProofFormatException)
        {
            return null;
        }
    }

    // A partial tile that a later checkpoint does not need may go: the specification says so.
    private bool IsReplaced(string file, long size) =>
        TilePath.TryParse(Path.GetRelativePath(_site.LedgerFolder, file), out var path)
        && path.IsPartial
        && !TileSet.Of(size).Contains(path with { Level = path.Level ?? 0 });

    private string[] Files() =>
    [
        .. Directory.GetFiles(_site.LedgerFolder, "*", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Combine(_site.ObjectsFolder, "a"), "*", SearchOption.AllDirectories)
                .Where(file => file.Contains("receipt", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];

    // Enough for full tiles, and of every form of event.
    private async Task<IReadOnlyList<ContentHash>> FillAsync()
    {
        await _site.AppendAsync(0, 4);
        var people = new PersonKeys(new ConfidentialObjects(_site.Objects, _site.Identity));
        var log = new EventLog(_site.Ledger, people, TimeProvider.System);
        await log.RecordAsync(EventKinds.DocumentOpened, "user:anne", "d1", "says what", Stop);
        await _site.Ledger.AppendAsync([.. Enumerable.Range(5, 270).Select(LedgerSite.Row)], Stop);
        var receipts = new List<ContentHash>();
        for (var i = 0; i < 3; i++)
        {
            receipts.Add(await Keeper().KeepAsync("user:anne", Describe, Stop));
        }

        await _site.Ledger.FlushAsync(Stop);
        return receipts;
    }

    private ReceiptKeeper Keeper() => new(
        _site.Metastore,
        new ConfidentialObjects(_site.Objects, _site.Identity),
        _site.Ledger,
        _site.Identity,
        new PersonKeys(new ConfidentialObjects(_site.Objects, _site.Identity)),
        new ReceiptSoftware("terroir", "1", ContentHash.Of("files"u8)),
        TimeProvider.System);

    private static AnswerFacts Describe(ReceiptContext context) => new()
    {
        Site = context.Site,
        Collection = "",
        Request = context.Request,
        AnsweredAt = context.Time,
        Software = context.Software,
        Question = "Combien ?",
        Answer = "Vingt ans.",
        Actor = context.Actor,
        Shown = [Encoding.UTF8.GetBytes("Le dossier est conservé vingt ans.")],
        Citations = [],
        Decision = new ReceiptDecision("allow", ContentHash.Of("none"u8), []),
        Sentences = [new ReceiptSentence(0, 10, "not checked", [])],
    };

    private async Task<ReceiptReport> VerifyAsync(KeptReceipt kept) => await ReceiptVerifier.VerifyAsync(
        new ReceiptEvidence
        {
            Bundle = kept.Bundle,
            Proof = kept.Proof,
            Openings = kept.Openings,
            Policy = _site.Policy,
        },
        Stop);
}
