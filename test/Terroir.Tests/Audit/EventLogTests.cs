using System.Text;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Provenance.Receipts;
using Terroir.Storage;

namespace Terroir.Tests.Audit;

/// <summary>Events that nobody waits for, and decisions that go with an answer.</summary>
public sealed class EventLogTests : IAsyncDisposable
{
    private readonly LedgerSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private PersonKeys People => new(new ConfidentialObjects(_site.Objects, _site.Identity));

    [Fact]
    public async Task Noted_events_are_logged_together_in_their_order_and_once()
    {
        await using var log = Open();
        await log.NoteSearchAsync("anne");
        await log.NoteAsync(EventKinds.SignedIn, "user:paul", subject: null, "console");
        Assert.Equal(0, (await _site.Metastore.Ledger.ReadStateAsync(Stop)).RowCount);

        Assert.Equal(2, await log.WriteNotedAsync(Stop));
        Assert.Equal(0, await log.WriteNotedAsync(Stop));

        var rows = await _site.Metastore.Ledger.ReadAsync(0, 10, Stop);
        Assert.Equal(["user:anne", "user:paul"], rows.Select(placed => placed.Row.Actor), StringComparer.Ordinal);
        await _site.Ledger.FlushAsync(Stop);
        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Fact]
    public async Task What_was_noted_is_logged_when_the_process_ends()
    {
        await using (var log = Open())
        {
            await log.NoteSearchAsync("anne");
        }

        Assert.Equal(1, (await _site.Metastore.Ledger.ReadStateAsync(Stop)).RowCount);
    }

    [Fact]
    public async Task So_many_as_memory_may_hold_are_written_by_who_notes_the_last()
    {
        await using var log = Open();
        for (var count = 0; count < EventLog.NotedMax; count++)
        {
            await log.NoteSearchAsync("anne");
        }

        Assert.Equal(EventLog.NotedMax, (await _site.Metastore.Ledger.ReadStateAsync(Stop)).RowCount);
    }

    [Fact]
    public async Task A_failure_that_cannot_be_logged_hides_no_other()
    {
        await _site.AppendAsync(0, 3);
        await File.WriteAllTextAsync(Path.Combine(_site.LedgerFolder, "checkpoint"), "none", Stop);
        _site.Reopen();
        await using var log = Open();

        await Assert.ThrowsAsync<LedgerForkedException>(() =>
            log.RecordAsync(EventKinds.AnswerFailed, "user:anne", subject: null, "TER4001", Stop));
        await log.TryRecordAsync(EventKinds.AnswerFailed, "user:anne", subject: null, "TER4001");
    }

    [Theory]
    [InlineData("allow", false, "document-permissions")]
    [InlineData("allow", true, "document-permissions", "local-models")]
    [InlineData("deny", true, "document-permissions")]
    public async Task What_policies_decided_is_an_event_beside_the_receipt(
        string outcome,
        bool isLogged,
        params string[] reasons)
    {
        var keeper = new ReceiptKeeper(
            _site.Metastore,
            new ConfidentialObjects(_site.Objects, _site.Identity),
            _site.Ledger,
            _site.Identity,
            People,
            new ReceiptSoftware("terroir", "1", ContentHash.Of("files"u8)),
            TimeProvider.System);
        var receipt = await keeper.KeepAsync(
            "user:anne",
            context => new AnswerFacts
            {
                Site = context.Site,
                Collection = "",
                Request = context.Request,
                AnsweredAt = context.Time,
                Software = context.Software,
                Question = "Combien ?",
                Answer = "Vingt ans.",
                Actor = context.Actor,
                Shown = [],
                Citations = [],
                Decision = new ReceiptDecision(outcome, ContentHash.Of("policies"u8), reasons),
                Sentences = [new ReceiptSentence(0, 10, "not checked", [])],
            },
            Stop);

        var query = new LedgerQuery { Kind = EventKinds.Decided, Subject = receipt.Hex };
        var rows = await _site.Metastore.Ledger.FindAsync(query, Stop);
        Assert.Equal(isLogged ? 1 : 0, rows.Count);
        Assert.All(rows, placed =>
        {
            var happened = LedgerEvent.Parse(placed.Row.Kind, placed.Row.Time, placed.Row.Detail!);
            Assert.Equal(
                $"{outcome}\n{string.Join('\n', reasons)}",
                Encoding.UTF8.GetString(happened.Subjects[1].Opening!.Content));
        });
        await _site.Ledger.FlushAsync(Stop);
        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private EventLog Open() => new(_site.Ledger, People, TimeProvider.System);
}
