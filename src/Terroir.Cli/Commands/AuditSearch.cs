using Microsoft.Extensions.DependencyInjection;
using Terroir.Lineage;
using Terroir.Provenance.Receipts;
using Terroir.Server;
using Terroir.Storage;

namespace Terroir.Cli.Commands;

/// <summary>Finds events of the ledger; of a document also the answers that cite it.</summary>
internal static class AuditSearch
{
    /// <summary>Reads every row that fits.</summary>
    /// <param name="site">The site.</param>
    /// <param name="query">Which; a subject that is a document's id stands for its answers too.</param>
    /// <param name="countMax">Where to stop.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The rows by place.</returns>
    public static async Task<IReadOnlyList<PlacedLedgerRow>> FindAsync(
        Site site,
        LedgerQuery query,
        int countMax,
        CancellationToken cancellationToken)
    {
        var ledger = site.Services.GetRequiredService<IMetastore>().Ledger;
        var found = new SortedDictionary<long, PlacedLedgerRow>();
        if (DocumentId.TryParse(query.Subject, out var document)
            && query.Kind is null or LedgerLeaf.ReceiptKind)
        {
            var lineage = site.Services.GetRequiredService<ILineage>();
            foreach (var place in await lineage.FindAnswersAsync(document, cancellationToken))
            {
                foreach (var row in await ledger.ReadAsync(place, 1, cancellationToken))
                {
                    Add(row);
                }
            }
        }

        while (found.Count < countMax
            && await ledger.FindAsync(query, cancellationToken) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                Add(row);
            }

            query = query with { FromIndex = rows[^1].Index + 1 };
        }

        return [.. found.Values.Take(countMax)];

        void Add(PlacedLedgerRow placed)
        {
            var (row, isAsked) = (placed.Row, true);
            isAsked &= query.From is not { } from || row.Time >= from;
            isAsked &= query.To is not { } to || row.Time < to;
            isAsked &= query.Actor is null || string.Equals(row.Actor, query.Actor, StringComparison.Ordinal);
            if (isAsked)
            {
                found[placed.Index] = placed;
            }
        }
    }
}
