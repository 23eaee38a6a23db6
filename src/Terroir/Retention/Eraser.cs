using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Provenance.Erasures;
using Terroir.Provenance.Receipts;
using Terroir.Retention.Residue;

namespace Terroir.Retention;

/// <summary>Erases documents from every store of a site, looks for remains, and certifies it.</summary>
/// <remarks>The order is durable before the first deletion, and is the tombstone from then on. Every step may be done
/// again: an erasure that a crash stopped goes on where it is called again.</remarks>
public sealed class Eraser
{
    private readonly RetentionJournal _journal;
    private readonly ErasureCollector _collector;
    private readonly IReadOnlyList<IErasable> _stores;
    private readonly ResidueSearch _search;
    private readonly ErasureCertifier _certifier;
    private readonly ConfidentialObjects _objects;
    private readonly KeepingRules _keeping;
    private readonly ICatalog _catalog;

    internal Eraser(
        RetentionJournal journal,
        ErasureCollector collector,
        IEnumerable<IErasable> stores,
        ResidueSearch search,
        ErasureCertifier certifier,
        ConfidentialObjects objects,
        KeepingRules keeping,
        ICatalog catalog)
    {
        _journal = journal;
        _collector = collector;
        _stores = [.. stores.OrderBy(store => store.Stage).ThenBy(store => store.Store, StringComparer.Ordinal)];
        _search = search;
        _certifier = certifier;
        _objects = objects;
        _keeping = keeping;
        _catalog = catalog;
    }

    /// <summary>Lists the erasures that are not complete.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<ErasureOrder>> ListPendingAsync(CancellationToken cancellationToken)
    {
        await _objects.EndReplacementsAsync(cancellationToken);
        return (await _journal.ReadAsync(cancellationToken)).Pending;
    }

    /// <summary>Orders an erasure: when the task ends, the documents cannot come back, and the erasure can be brought
    /// to its end by whoever calls <see cref="RunAsync"/>.</summary>
    /// <param name="request">What to erase.</param>
    /// <param name="cancellationToken">Stops before the order is durable.</param>
    /// <returns>The order.</returns>
    /// <exception cref="DocumentHeldException">One of the documents must be kept; nothing was ordered.</exception>
    public async Task<ErasureOrder> OrderAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await ThrowIfKeptAsync(request.Documents, cancellationToken);
        return await OrderAsync(await _collector.CollectAsync(request, cancellationToken), cancellationToken);
    }

    private async Task<ErasureOrder> OrderAsync(
        (ErasureOrder Order, ErasureWork Work) collected,
        CancellationToken cancellationToken)
    {
        var (order, work) = collected;
        await _journal.SaveWorkAsync(work, cancellationToken);
        await _journal.AppendAsync(new JournalEntry { Time = order.OrderedAt, Order = order }, cancellationToken);
        return order;
    }

    /// <summary>Whether anything was ever erased here.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<bool> HasErasedAsync(CancellationToken cancellationToken) =>
        (await _journal.ReadAsync(cancellationToken)).Orders.Count > 0;

    /// <summary>Lists every document that an erasure was ordered of, also one that may come back: what was made of it
    /// before does not.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlySet<DocumentAddress>> ListErasedAsync(CancellationToken cancellationToken) =>
        (await _journal.ReadAsync(cancellationToken)).Orders.SelectMany(order => order.Documents).ToHashSet();

    /// <summary>Orders again the erasure of documents that were erased before and are live: an older backup brought
    /// them.</summary>
    /// <param name="cancellationToken">Stops before the order is durable.</param>
    /// <returns>The order; <see langword="null"/> if there are none.</returns>
    public async Task<ErasureOrder?> OrderAgainAsync(CancellationToken cancellationToken)
    {
        var state = await _journal.ReadAsync(cancellationToken);
        var live = new List<DocumentAddress>();
        foreach (var address in state.Orders.SelectMany(order => order.Documents).Distinct().Where(state.IsErased))
        {
            if (await _catalog.FindDocumentAsync(address.Collection, address.Document, cancellationToken) is not null)
            {
                live.Add(address);
            }
        }

        return live.Count == 0
            ? null
            : await OrderAsync(
                await _collector.CollectAsync(
                    new ErasureRequest(live, "restored", ErasureBasis.Request),
                    cancellationToken),
                cancellationToken);
    }

    /// <summary>Brings an erasure to its end.</summary>
    /// <param name="order">The order.</param>
    /// <param name="more">Stores that this run visits besides, such as backups at hand.</param>
    /// <param name="outOfReach">What the caller knows to be out of reach: names of <see cref="Reach"/>.</param>
    /// <param name="deliverAsync">Hands the certificate to who asked, and what opens it; the site forgets the latter
    /// afterwards. <see langword="null"/> if nobody waits for it.</param>
    /// <param name="cancellationToken">Stops between two stores; a second run goes on.</param>
    /// <returns>What was done. If remains were found, the erasure is not complete, and there is no certificate.
    /// </returns>
    /// <exception cref="ErasureIncompleteException">A store could not be reached.</exception>
    public async Task<ErasureOutcome> RunAsync(
        ErasureOrder order,
        IReadOnlyList<IErasable> more,
        IReadOnlyList<string> outOfReach,
        Func<ErasureOutcome, CancellationToken, Task>? deliverAsync,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(more);
        await _objects.EndReplacementsAsync(cancellationToken);
        var place = await _certifier.LogOrderAsync(order, cancellationToken);
        var work = await _journal.ReadWorkAsync(order.Id, cancellationToken)
            ?? throw new BlobMissingException($"retention-work/{order.Id}");
        var target = new ErasureTarget(order, work, _journal.SaveWorkAsync);
        var reached = new List<ErasedStore>();
        foreach (var store in _stores.Concat(more).OrderBy(store => store.Stage))
        {
            reached.Add(new ErasedStore(store.Store, await store.EraseAsync(target, cancellationToken)));
        }

        var residue = await SearchAsync(target, cancellationToken);
        if (residue.Found.Count > 0)
        {
            return new ErasureOutcome(order, reached, residue, Certificate: null, target.Work.Asked);
        }

        var certificate = await _certifier.CertifyAsync(order, place, reached, residue, outOfReach, cancellationToken);
        var outcome = new ErasureOutcome(order, reached, residue, certificate, target.Work.Asked);
        if (deliverAsync is not null)
        {
            await deliverAsync(outcome, cancellationToken);
        }

        await _journal.AppendAsync(
            new JournalEntry { Time = _journal.Now(), Completed = order.Id },
            cancellationToken);
        await _journal.DeleteWorkAsync(order.Id, cancellationToken);
        return outcome;
    }

    /// <summary>Lets an erased document come back, from its source. What was erased is not restored.</summary>
    /// <param name="address">The document.</param>
    /// <param name="cancellationToken">Stops before it is lifted.</param>
    /// <returns>Whether it was erased.</returns>
    public async Task<bool> LiftAsync(DocumentAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!(await _journal.ReadAsync(cancellationToken)).IsErased(address))
        {
            return false;
        }

        await _certifier.LogLiftAsync(address, cancellationToken);
        await _journal.AppendAsync(
            new JournalEntry { Time = _journal.Now(), Lifted = [address] },
            cancellationToken);
        return true;
    }

    // A receipt that showed an older version, and did not cite it, is recognised by its words alone. What opens it goes
    // too, and it is searched once more.
    private async Task<ResidueReport> SearchAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        var residue = await _search.RunAsync(target.Work.Probes, cancellationToken);
        if (residue.Receipts.Count == 0)
        {
            return residue;
        }

        await target.SaveAsync(
            target.Work with { Receipts = [.. target.Work.Receipts.Union(residue.Receipts).Order()] },
            cancellationToken);
        foreach (var store in _stores.Where(store => store.Stage is ErasureStage.Records))
        {
            await store.EraseAsync(target, cancellationToken);
        }

        return await _search.RunAsync(target.Work.Probes, cancellationToken);
    }

    private async Task ThrowIfKeptAsync(
        IReadOnlyList<DocumentAddress> documents,
        CancellationToken cancellationToken)
    {
        var kept = await _keeping.ReadAsync(cancellationToken);
        var reasons = new List<string>();
        foreach (var address in documents)
        {
            if (await _catalog.FindDocumentAsync(address.Collection, address.Document, cancellationToken) is { } live
                && await kept.WhyKeptAsync(new LiveDocument(address, live), cancellationToken) is { } reason)
            {
                reasons.Add(reason);
            }
        }

        if (reasons.Count > 0)
        {
            throw new DocumentHeldException(reasons.Count, reasons[0]);
        }
    }
}

/// <summary>What to erase.</summary>
/// <param name="Documents">The documents that are live.</param>
/// <param name="Asked">What was asked for, in words: the name of a document or of a person.</param>
/// <param name="Basis">Why.</param>
/// <param name="Person">The person whom it is about, if it is one.</param>
public sealed record ErasureRequest(
    IReadOnlyList<DocumentAddress> Documents,
    string Asked,
    ErasureBasis Basis,
    PersonMention? Person = null)
{
    /// <summary>Documents that are not live, of which what is left is erased too.</summary>
    public IReadOnlyList<GoneDocument> Gone { get; init; } = [];

    /// <summary>The ids of users of the person, whose accounts, credentials, keys and sessions go.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];
}

/// <summary>What an erasure did.</summary>
/// <param name="Order">The order.</param>
/// <param name="Stores">What was removed or written anew, by store.</param>
/// <param name="Residue">What the search for remains found.</param>
/// <param name="Certificate">The certificate; <see langword="null"/> if remains were found.</param>
/// <param name="Asked">What opens the commitment to what was asked: the site forgets it.</param>
public sealed record ErasureOutcome(
    ErasureOrder Order,
    IReadOnlyList<ErasedStore> Stores,
    ResidueReport Residue,
    CertifiedErasure? Certificate,
    Opening Asked);
