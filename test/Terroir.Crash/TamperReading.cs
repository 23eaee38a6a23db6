using System.Globalization;
using System.Text;

namespace Terroir.Crash;

/// <summary>Everything that a site says of itself, as a text that is the same for the same site.</summary>
internal static class TamperReading
{
    /// <summary>Reads the heads, every document with its bytes, every event of the ledger with what is kept of it, and
    /// the receipts with their proofs.</summary>
    public static async Task<string> ReadAsync(CrashSite site, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var head in await site.Catalog.ListHeadsAsync(cancellationToken))
        {
            Add(text, $"{head.Collection} {head.Generation} {head.Manifest} {head.PublishedAt:O}");
            var state = await site.Catalog.ReadStateAsync(head.Collection, 0, cancellationToken);
            foreach (var row in state!.Documents)
            {
                Add(text, $"{row.Segment} {Encoding.UTF8.GetString(row.Document.ToJson())}");
                var original = await site.Catalog.ReadBlobAsync(row.Document.Original, cancellationToken);
                Add(text, $"{ContentHash.Of(original.Span)}");
            }

            foreach (var segment in state.Segments)
            {
                Add(text, $"{segment}");
            }

            foreach (var item in await site.Metastore.Catalog.ListObjectsAsync(head.Collection, cancellationToken))
            {
                Add(text, $"{item}");
            }
        }

        for (var place = 0L; ;)
        {
            var rows = await site.Metastore.Ledger.ReadAsync(place, ILedgerStore.ReadCountMax, cancellationToken);
            foreach (var (index, row) in rows)
            {
                Add(text, $"{index} {row.Kind} {row.Time:O} {Convert.ToHexString(row.Entry.Span)}");
                Add(text, $"{row.Actor} {row.Subject} {row.Detail}");
                if (row.Kind is "receipt")
                {
                    // By its id, as who fetches it does.
                    var kept = await site.Receipts.FindAsync(ContentHash.Parse(row.Subject!), cancellationToken);
                    Add(text, $"{Encoding.UTF8.GetString(kept is null ? [] : kept.Bundle.Span)}");
                }
            }

            if (rows.Count == 0)
            {
                break;
            }

            place = rows[^1].Index + 1;
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
