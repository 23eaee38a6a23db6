using Terroir.Catalog;

namespace Terroir.Retention;

/// <summary>What the journal says as a whole.</summary>
public sealed class RetentionState
{
    private readonly Dictionary<string, LegalHold> _holds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ErasureOrder> _orders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _completed = new(StringComparer.Ordinal);
    private readonly HashSet<(CollectionId Collection, DocumentId Document)> _documents = [];
    private readonly HashSet<string> _contents = new(StringComparer.Ordinal);

    /// <summary>The legal holds that stand, by when they were placed.</summary>
    public IReadOnlyList<LegalHold> Holds =>
        [.. _holds.Values.OrderBy(hold => hold.PlacedAt).ThenBy(hold => hold.Id, StringComparer.Ordinal)];

    /// <summary>All erasures that were ordered, by time.</summary>
    public IReadOnlyList<ErasureOrder> Orders =>
        [.. _orders.Values.OrderBy(order => order.OrderedAt).ThenBy(order => order.Id, StringComparer.Ordinal)];

    /// <summary>The erasures that are not complete.</summary>
    public IReadOnlyList<ErasureOrder> Pending => [.. Orders.Where(order => !_completed.Contains(order.Id))];

    /// <summary>Whether a document was erased, and may not come back.</summary>
    /// <param name="address">The document.</param>
    public bool IsErased(DocumentAddress address) => _documents.Contains((address.Collection, address.Document));

    /// <summary>The tombstones.</summary>
    internal ErasedDocuments ToErased(ReadOnlyMemory<byte> key) =>
        _documents.Count == 0 ? ErasedDocuments.None : new(_documents, _contents, key);

    /// <summary>Takes an entry into account; entries come by time.</summary>
    internal void Apply(JournalEntry entry)
    {
        if (entry.Order is { } order)
        {
            _orders[order.Id] = order;
            _documents.UnionWith(order.Documents.Select(item => (item.Collection, item.Document)));
            _contents.UnionWith(order.Contents);
        }

        if (entry.Completed is { } completed)
        {
            _completed.Add(completed);
        }

        foreach (var lifted in entry.Lifted ?? [])
        {
            Lift(lifted);
        }

        if (entry.Hold is { } hold)
        {
            _holds[hold.Id] = hold;
        }

        if (entry.HoldLifted is { } gone)
        {
            _holds.Remove(gone);
        }
    }

    // The contents of an order may come back with any document of it: tags do not say whose they are.
    private void Lift(DocumentAddress address)
    {
        _documents.Remove((address.Collection, address.Document));
        foreach (var order in _orders.Values.Where(order => order.Documents.Contains(address)))
        {
            _contents.ExceptWith(order.Contents);
        }
    }
}
