using System.Collections.Concurrent;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>Logs what people and the site do, beside answers and generations.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
public sealed class EventLog : IDisposable, IAsyncDisposable
{
    /// <summary>How many events are noted at most before they are written.</summary>
    public const int NotedMax = 1_024;

    private readonly ConcurrentQueue<NotedEvent> _noted = new();
    private readonly List<LedgerRow> _rows = [];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ILedger _ledger;
    private readonly PersonKeys _people;
    private readonly TimeProvider _time;

    internal EventLog(ILedger ledger, PersonKeys people, TimeProvider time) =>
        (_ledger, _people, _time) = (ledger, people, time);

    /// <summary>Logs an event.</summary>
    /// <param name="kind">The kind: one of <see cref="EventKinds"/>.</param>
    /// <param name="actor">The id of the person who did it; <see langword="null"/> for the site or its operator.
    /// </param>
    /// <param name="subject">The id of what it is about; <see langword="null"/> if it is about the whole site.</param>
    /// <param name="detail">What happened, in a few words; the ledger has a commitment to it.</param>
    /// <param name="cancellationToken">Stops the waiting before the event is written.</param>
    /// <returns>The place of the event; when the call returns, it is durable.</returns>
    public async Task<long> RecordAsync(
        string kind,
        string? actor,
        string? subject,
        string detail,
        CancellationToken cancellationToken)
    {
        var row = await WriteAsync(new NotedEvent(kind, _time.GetUtcNow(), actor, subject, detail), cancellationToken);
        return await _ledger.AppendAsync([row], cancellationToken);
    }

    /// <summary>Logs an event without waiting for tiles and checkpoint.</summary>
    /// <param name="kind">The kind: one of <see cref="EventKinds"/>.</param>
    /// <param name="actor">The id of the person who did it, or <see langword="null"/>.</param>
    /// <param name="subject">The id of what it is about, or <see langword="null"/>.</param>
    /// <param name="detail">What happened, in a few words.</param>
    /// <param name="cancellationToken">Stops the waiting before the event is written.</param>
    /// <returns>The place of the event; when the call returns, its row is durable.</returns>
    public async Task<long> RecordRowAsync(
        string kind,
        string? actor,
        string? subject,
        string detail,
        CancellationToken cancellationToken)
    {
        var row = await WriteAsync(new NotedEvent(kind, _time.GetUtcNow(), actor, subject, detail), cancellationToken);
        return await _ledger.RecordAsync([row], cancellationToken);
    }

    /// <summary>Logs what policies decided on a use of a model that is no answer; what they decide on an answer goes
    /// with its receipt.</summary>
    /// <param name="actor">The id of the person for whom it would be used.</param>
    /// <param name="use">What for, and where.</param>
    /// <param name="outcome">What may be done: one of <c>ReceiptRules.Outcomes</c>.</param>
    /// <param name="reasons">The ids of the policies that decided.</param>
    /// <param name="policies">The hash of all policies in force.</param>
    /// <param name="cancellationToken">Stops the waiting before the event is written.</param>
    /// <returns>The place of the event; when the call returns, its row is durable.</returns>
    public async Task<long> RecordDecisionAsync(
        string actor,
        DecidedUse use,
        string outcome,
        IReadOnlyList<string> reasons,
        ContentHash policies,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(use);
        var detail = string.Join('\n', [outcome, .. reasons]);
        var row = await WriteAsync(
            new NotedEvent(EventKinds.Decided, _time.GetUtcNow(), actor, use.Model, detail)
            {
                About =
                [
                    EventSubject.Of("model", $"{use.Purpose}\n{use.Model}\n{use.Endpoint}"),
                    EventSubject.Of("policies", policies.Hex),
                ],
            },
            cancellationToken);
        return await _ledger.RecordAsync([row], cancellationToken);
    }

    /// <summary>Notes that a person searched: neither what for nor what was found.</summary>
    /// <param name="user">The id of the user.</param>
    public Task NoteSearchAsync(string user) => NoteAsync(EventKinds.Searched, $"user:{user}", subject: null, "search");

    /// <summary>Logs that something failed. If that cannot be logged either, the failure itself is what counts.
    /// </summary>
    /// <param name="kind">The kind: one of <see cref="EventKinds"/>.</param>
    /// <param name="actor">The id of the person whose it was; <see langword="null"/> for the site.</param>
    /// <param name="subject">The id of what it is about, or <see langword="null"/>.</param>
    /// <param name="detail">What failed: a code.</param>
    public async Task TryRecordAsync(string kind, string? actor, string? subject, string detail)
    {
        try
        {
            var noted = new NotedEvent(kind, _time.GetUtcNow(), actor, subject, detail);
            await _ledger.RecordAsync([await WriteAsync(noted, CancellationToken.None)], CancellationToken.None);
        }
        catch (TerroirException)
        {
            // The caller throws the failure that this would have told of.
        }
    }

    /// <summary>Notes an event that nobody waits for: it is logged within a second, with others at once. A kill before
    /// that loses it.</summary>
    /// <param name="kind">The kind: one of <see cref="EventKinds"/>.</param>
    /// <param name="actor">The id of the person who did it, or <see langword="null"/>.</param>
    /// <param name="subject">The id of what it is about, or <see langword="null"/>.</param>
    /// <param name="detail">What happened, in a few words.</param>
    /// <returns>A task that has ended, unless so many wait that this one writes them.</returns>
    public Task NoteAsync(string kind, string? actor, string? subject, string detail)
    {
        _noted.Enqueue(new NotedEvent(kind, _time.GetUtcNow(), actor, subject, detail));
        return _noted.Count < NotedMax ? Task.CompletedTask : WriteNotedAsync(CancellationToken.None);
    }

    /// <summary>Logs what was noted. What cannot be logged stays noted, up to twice <see cref="NotedMax"/>
    /// events; then the older go.</summary>
    /// <param name="cancellationToken">Stops before the events are written.</param>
    /// <returns>How many were logged.</returns>
    /// <exception cref="TerroirException">The ledger cannot be written.</exception>
    public async Task<int> WriteNotedAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (_rows.Count < NotedMax && _noted.TryDequeue(out var noted))
            {
                _rows.Add(await WriteAsync(noted, cancellationToken));
            }

            var count = _rows.Count;
            if (count > 0)
            {
                await _ledger.RecordAsync([.. _rows], cancellationToken);
                _rows.Clear();
            }

            return count;
        }
        finally
        {
            DropMost();
            _turn.Release();
        }
    }

    /// <summary>Logs what was noted, if it can be.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await WriteNotedAsync(CancellationToken.None);
        }
        catch (TerroirException)
        {
            // As after a kill.
        }

        Dispose();
    }

    /// <summary>Frees what it holds, without logging what was noted.</summary>
    public void Dispose() => _turn.Dispose();

    // A ledger that has stopped must not fill the memory.
    private void DropMost()
    {
        while (_noted.Count > NotedMax && _noted.TryDequeue(out _))
        {
        }
    }

    private async Task<LedgerRow> WriteAsync(NotedEvent noted, CancellationToken cancellationToken)
    {
        var happened = new LedgerEvent(noted.Kind, noted.Time)
        {
            Actor = noted.Actor is null ? null : await _people.NameAsync(noted.Actor, cancellationToken),
            Subjects = [.. noted.About, EventSubject.Of("detail", noted.Detail)],
        };
        return new LedgerRow(noted.Kind, happened.Time, happened.ToLeaf().ToEntry())
        {
            Actor = noted.Actor,
            Subject = noted.Subject,
            Detail = happened.ToDetail(),
        };
    }

    private sealed record NotedEvent(
        string Kind,
        DateTimeOffset Time,
        string? Actor,
        string? Subject,
        string Detail)
    {
        public IReadOnlyList<EventSubject> About { get; init; } = [];
    }
}
