using System.Globalization;
using System.Text;
using Terroir.Provenance.Extracts;
using Terroir.Provenance.Receipts;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>Makes signed extracts of the ledger, which verify without the site.</summary>
public sealed class LedgerExtracts
{
    private readonly ILedgerStore _rows;
    private readonly ILedger _ledger;
    private readonly LedgerIdentity _identity;
    private readonly TimeProvider _time;

    internal LedgerExtracts(IMetastore metastore, ILedger ledger, LedgerIdentity identity, TimeProvider time) =>
        (_rows, _ledger, _identity, _time) = (metastore.Ledger, ledger, identity, time);

    /// <summary>Makes an extract of rows that were found.</summary>
    /// <param name="rows">The rows, by place; at most <see cref="LedgerExtract.EntriesMax"/>.</param>
    /// <param name="query">What was asked for, in words.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The file. It is as confidential as what the rows name.</returns>
    /// <exception cref="LedgerForkedException">The ledger is not one history any more.</exception>
    public async Task<byte[]> MakeAsync(
        IReadOnlyList<PlacedLedgerRow> rows,
        string query,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Count, LedgerExtract.EntriesMax, nameof(rows));
        await _ledger.FlushAsync(cancellationToken);
        var proven = await _ledger.ProveAsync([.. rows.Select(placed => placed.Index)], cancellationToken)
            ?? throw new StorageFailedException("ledger", "prove what a flush counted", isTransient: true);
        var extract = new LedgerExtract
        {
            Site = _identity.Site,
            MadeAt = _time.GetUtcNow().UtcDateTime.ToString(ReceiptRules.TimeFormat, CultureInfo.InvariantCulture),
            Query = query,
            Checkpoint = Encoding.UTF8.GetString(proven.Checkpoint.ToBytes()),
            Entries = [.. rows.Zip(proven.Paths, (placed, path) => new ExtractEntry(
                placed.Index,
                Encoding.UTF8.GetString(placed.Row.Entry.Span),
                [.. path.Select(hash => $"{hash}")])
            {
                Actor = placed.Row.Actor,
                Subject = placed.Row.Subject,
                Detail = placed.Row.Detail,
            })],
        };
        return extract.Sign(_identity.SigningKey);
    }

    /// <summary>Reads every row that fits, up to the bound of an extract.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The rows by place, one more than <see cref="LedgerExtract.EntriesMax"/> at most.</returns>
    public async Task<IReadOnlyList<PlacedLedgerRow>> FindAsync(
        LedgerQuery query,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var found = new List<PlacedLedgerRow>();
        while (found.Count <= LedgerExtract.EntriesMax
            && await _rows.FindAsync(query, cancellationToken) is { Count: > 0 } rows)
        {
            found.AddRange(rows.Take(LedgerExtract.EntriesMax + 1 - found.Count));
            query = query with { FromIndex = rows[^1].Index + 1 };
        }

        return found;
    }
}
