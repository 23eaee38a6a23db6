using Terroir.Provenance.Json;
using Terroir.Provenance.Receipts;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>Logs kept receipts again whose rows were lost with the metastore before tiles had them.</summary>
/// <remarks>A receipt that a kill left without its row is logged too: it is one of an answer that was composed, and
/// nobody got it.</remarks>
internal sealed class LostReceipts(
    ILedgerStore rows,
    IObjectStore objects,
    ConfidentialObjects confidential,
    LedgerIdentity identity)
{
    /// <summary>Appends a row for each kept receipt that has none, by the time of its answer.</summary>
    /// <returns>How many.</returns>
    public async Task<int> LogAsync(CancellationToken cancellationToken)
    {
        var lost = new List<LedgerRow>();
        await foreach (var info in objects.ListAsync($"a/{identity.Site}/receipt/", null, cancellationToken))
        {
            if (ContentHash.TryParse(info.Key.Value.Split('/')[^1], out var digest)
                && !await IsLoggedAsync(digest, cancellationToken)
                && await ReadAsync(digest, cancellationToken) is { } row)
            {
                lost.Add(row);
            }
        }

        var ordered = lost.OrderBy(row => row.Time).ThenBy(row => row.Subject, StringComparer.Ordinal);
        foreach (var part in ordered.Chunk(ILedgerStore.ReadCountMax))
        {
            await rows.AppendAsync(part, cancellationToken);
        }

        return lost.Count;
    }

    private async Task<bool> IsLoggedAsync(ContentHash digest, CancellationToken cancellationToken)
    {
        var query = new LedgerQuery { Kind = LedgerLeaf.ReceiptKind, Subject = digest.Hex };
        return (await rows.FindAsync(query, cancellationToken)).Count > 0;
    }

    // One that this site did not sign, or whose person's key was destroyed, stays unlogged.
    private async Task<LedgerRow?> ReadAsync(ContentHash digest, CancellationToken cancellationToken)
    {
        try
        {
            if (await ReceiptFile.TryReadAsync(confidential, digest, cancellationToken) is not { } kept)
            {
                return null;
            }

            var evidence = new ReceiptEvidence { Bundle = kept.Bundle, Keys = [identity.SigningKey.PublicKey] };
            var report = await ReceiptVerifier.VerifyAsync(evidence, cancellationToken);
            var statement = SigstoreBundle.Parse(kept.Bundle).DsseEnvelope.Payload;
            return report is { IsProven: true, Receipt: { } receipt }
                && LedgerLeaf.Of(receipt, statement) is var leaf
                && leaf.Digest == digest
                ? new LedgerRow(leaf.Kind, leaf.ToTime(), leaf.ToEntry()) { Actor = kept.Asker, Subject = digest.Hex }
                : null;
        }
        catch (Exception exception) when (exception is ProofFormatException or BlobCorruptException)
        {
            return null;
        }
    }
}
