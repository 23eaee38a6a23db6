using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>Logs what people and the site do, beside answers and generations.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
public sealed class EventLog
{
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
        var happened = new LedgerEvent(kind, _time.GetUtcNow())
        {
            Actor = actor is null ? null : await _people.NameAsync(actor, cancellationToken),
            Subjects = [EventSubject.Of("detail", detail)],
        };
        var row = new LedgerRow(kind, happened.Time, happened.ToLeaf().ToEntry())
        {
            Actor = actor,
            Subject = subject,
            Detail = happened.ToDetail(),
        };
        return await _ledger.AppendAsync([row], cancellationToken);
    }
}
