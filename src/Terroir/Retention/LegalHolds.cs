using Terroir.Audit;
using Terroir.Provenance.Events;

namespace Terroir.Retention;

/// <summary>Places and lifts legal holds. What a hold covers is not erased, by no request and by no rule.</summary>
public sealed class LegalHolds
{
    private readonly RetentionJournal _journal;
    private readonly EventLog _events;

    internal LegalHolds(RetentionJournal journal, EventLog events) => (_journal, _events) = (journal, events);

    /// <summary>Lists the holds that stand, by when they were placed.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<LegalHold>> ListAsync(CancellationToken cancellationToken) =>
        (await _journal.ReadAsync(cancellationToken)).Holds;

    /// <summary>Places a hold. It is in force when the task ends; an erasure that was ordered before goes on.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="documents">Only these documents of it; empty for all, or all with the words.</param>
    /// <param name="words">Only documents with all of these words, those that come later as well.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Stops before it is in force.</param>
    /// <returns>The hold.</returns>
    public async Task<LegalHold> PlaceAsync(
        CollectionId collection,
        IReadOnlyList<DocumentId> documents,
        string? words,
        string reason,
        CancellationToken cancellationToken)
    {
        var hold = new LegalHold
        {
            Id = RetentionJournal.NewId(12),
            PlacedAt = _journal.Now(),
            Reason = reason,
            Collection = collection,
            Documents = documents,
            Words = words,
        };
        await _events.RecordAsync(
            EventKinds.HoldPlaced,
            actor: null,
            hold.Id,
            $"{collection}\n{reason}",
            cancellationToken);
        await _journal.AppendAsync(new JournalEntry { Time = hold.PlacedAt, Hold = hold }, cancellationToken);
        return hold;
    }

    /// <summary>Lifts a hold.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Stops before it is lifted.</param>
    /// <returns>Whether it stood.</returns>
    public async Task<bool> LiftAsync(string id, string reason, CancellationToken cancellationToken)
    {
        var state = await _journal.ReadAsync(cancellationToken);
        if (!state.Holds.Any(hold => string.Equals(hold.Id, id, StringComparison.Ordinal)))
        {
            return false;
        }

        await _events.RecordAsync(EventKinds.HoldLifted, actor: null, id, reason, cancellationToken);
        await _journal.AppendAsync(
            new JournalEntry { Time = _journal.Now(), HoldLifted = id },
            cancellationToken);
        return true;
    }
}
