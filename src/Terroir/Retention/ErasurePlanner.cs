using Terroir.Catalog;
using Terroir.Storage;

namespace Terroir.Retention;

/// <summary>Finds what an erasure would erase. It changes nothing.</summary>
public sealed class ErasurePlanner
{
    private readonly ICatalog _catalog;
    private readonly IMetastore _metastore;
    private readonly KeepingRules _keeping;

    internal ErasurePlanner(ICatalog catalog, IMetastore metastore, KeepingRules keeping) =>
        (_catalog, _metastore, _keeping) = (catalog, metastore, keeping);

    /// <summary>Finds documents by name, what is inside of them, and exact copies of them.</summary>
    /// <param name="names">Ids, or addresses as <c>SOURCE:PATH</c>.</param>
    /// <param name="collection">The collection; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The plan; both lists empty if all that has such a name was erased before.</returns>
    public async Task<ErasurePlan> FindAsync(
        IReadOnlyList<string> names,
        CollectionId? collection,
        CancellationToken cancellationToken)
    {
        var named = names.ToHashSet(StringComparer.Ordinal);
        var live = await ReadAsync(collection, cancellationToken);
        var chosen = live.Where(item => IsNamed(item.Version, named)).ToList();
        var contents = chosen.Select(item => (item.Address.Collection, item.Version.Version)).ToHashSet();
        var copies = live.Except(chosen)
            .Where(item => contents.Contains((item.Address.Collection, item.Version.Version)))
            .ToList();
        var gone = await FindGoneAsync(names, collection, chosen, cancellationToken);
        return await JudgeAsync(
            [.. chosen.Select(item => (item, IsCopy: false)), .. copies.Select(item => (item, IsCopy: true))],
            gone,
            new Dictionary<DocumentAddress, int>(),
            cancellationToken);
    }

    /// <summary>Finds the documents that name a person.</summary>
    /// <param name="person">The person.</param>
    /// <param name="collection">The collection; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The plan.</returns>
    public async Task<ErasurePlan> FindAsync(
        PersonMention person,
        CollectionId? collection,
        CancellationToken cancellationToken)
    {
        var counts = new Dictionary<DocumentAddress, int>();
        var chosen = new List<(LiveDocument, bool)>();
        foreach (var item in await ReadAsync(collection, cancellationToken))
        {
            var text = await _catalog.ReadBlobAsync(item.Version.Text, cancellationToken);
            var count = person.CountIn(System.Text.Encoding.UTF8.GetString(text.Span))
                + person.CountIn($"{item.Version.Title}\n{item.Version.Path}");
            if (count > 0)
            {
                counts[item.Address] = count;
                chosen.Add((item, false));
            }
        }

        return await JudgeAsync(chosen, [], counts, cancellationToken);
    }

    /// <summary>Reads the live documents.</summary>
    internal async Task<IReadOnlyList<LiveDocument>> ReadAsync(
        CollectionId? collection,
        CancellationToken cancellationToken)
    {
        var live = new List<LiveDocument>();
        foreach (var head in await _catalog.ListHeadsAsync(cancellationToken))
        {
            if (collection is null || head.Collection == collection)
            {
                var state = await _catalog.ReadStateAsync(head.Collection, 0, cancellationToken);
                live.AddRange((state?.Documents ?? []).Select(row => new LiveDocument(
                    new DocumentAddress(head.Collection, row.Document.Id),
                    row.Document)));
            }
        }

        return live;
    }

    // A name that nothing ever had is a slip, and not erased.
    private async Task<IReadOnlyList<GoneDocument>> FindGoneAsync(
        IReadOnlyList<string> names,
        CollectionId? collection,
        IReadOnlyList<LiveDocument> live,
        CancellationToken cancellationToken)
    {
        var state = await _keeping.ReadStateAsync(cancellationToken);
        var gone = new List<GoneDocument>();
        foreach (var head in await _catalog.ListHeadsAsync(cancellationToken))
        {
            foreach (var name in collection is null || head.Collection == collection ? names : [])
            {
                var item = DocumentId.TryParse(name, out var id)
                    ? new GoneDocument(new DocumentAddress(head.Collection, id), "", "")
                    : new GoneDocument(
                        new DocumentAddress(head.Collection, DocumentId.For(head.Collection, name)),
                        name.Split(':')[0],
                        name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..]);
                if (!live.Any(document => document.Address == item.Address)
                    && !state.IsErased(item.Address)
                    && await IsKnownAsync(item, cancellationToken))
                {
                    gone.Add(item);
                }
            }
        }

        return gone;
    }

    private async Task<bool> IsKnownAsync(GoneDocument item, CancellationToken cancellationToken)
    {
        var query = new LedgerQuery { Subject = item.Address.Document.Value };
        return (await _metastore.Ledger.FindAsync(query, cancellationToken)).Count > 0
            || (item.Source.Length > 0
                && await _metastore.Sources.FindSourceAsync(item.Source, cancellationToken) is { } source
                && source.Collection == item.Address.Collection
                && (await _metastore.Sources.FindItemsAsync(
                    new SourceItemKey(item.Source, item.Path),
                    cancellationToken)).Count > 0);
    }

    private static bool IsNamed(DocumentVersion version, HashSet<string> names)
    {
        var address = $"{version.Source}:{version.Path}";
        return names.Contains(version.Id.Value)
            || names.Any(name => string.Equals(address, name, StringComparison.Ordinal)
                || address.StartsWith($"{name}!/", StringComparison.Ordinal));
    }

    private async Task<ErasurePlan> JudgeAsync(
        IReadOnlyList<(LiveDocument Item, bool IsCopy)> chosen,
        IReadOnlyList<GoneDocument> gone,
        Dictionary<DocumentAddress, int> mentions,
        CancellationToken cancellationToken)
    {
        var kept = await _keeping.ReadAsync(cancellationToken);
        var documents = new List<PlannedDocument>();
        foreach (var (item, isCopy) in chosen
            .OrderBy(pair => pair.Item.Address.Collection.Value, StringComparer.Ordinal)
            .ThenBy(pair => pair.Item.Address.Document))
        {
            documents.Add(new PlannedDocument(
                item.Address,
                item.Version,
                await kept.WhyKeptAsync(item, cancellationToken),
                mentions.GetValueOrDefault(item.Address),
                isCopy));
        }

        return new ErasurePlan(documents, gone);
    }
}

/// <summary>A live document and where it is.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Version">The version that is live.</param>
internal sealed record LiveDocument(DocumentAddress Address, DocumentVersion Version);
