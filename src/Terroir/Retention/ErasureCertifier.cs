using System.Globalization;
using Terroir.Audit;
using Terroir.Protection;
using Terroir.Provenance.Erasures;
using Terroir.Provenance.Events;
using Terroir.Provenance.Receipts;
using Terroir.Retention.Residue;
using Terroir.Storage;

namespace Terroir.Retention;

/// <summary>Logs erasures, and signs, logs and keeps their certificates.</summary>
internal sealed class ErasureCertifier(
    ILedger ledger,
    IMetastore metastore,
    ConfidentialObjects objects,
    LedgerIdentity identity,
    EventLog events,
    TimeProvider time,
    IKeyRing? keys = null)
{
    private const string Prefix = "erasure/";

    // Certificates show no content; they are kept where receipts are, under a name of the site.
    private const string Owner = "site:retention";

    /// <summary>Logs the order, once.</summary>
    /// <returns>Its place.</returns>
    public async Task<long> LogOrderAsync(ErasureOrder order, CancellationToken cancellationToken)
    {
        var query = new LedgerQuery { Kind = EventKinds.ErasureOrdered, Subject = order.Id };
        return await metastore.Ledger.FindAsync(query, cancellationToken) is [var placed, ..]
            ? placed.Index
            : await events.RecordAsync(
                EventKinds.ErasureOrdered,
                actor: null,
                order.Id,
                $"{order.Documents.Count} documents, {order.Basis}",
                cancellationToken);
    }

    /// <summary>Makes the certificate durable, and logs it.</summary>
    public async Task<CertifiedErasure> CertifyAsync(
        ErasureOrder order,
        long place,
        IReadOnlyList<ErasedStore> stores,
        ResidueReport residue,
        IReadOnlyList<string> outOfReach,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var certificate = new ErasureCertificate
        {
            Site = identity.Site,
            Erasure = order.Id,
            Basis = order.Basis is ErasureBasis.Retention ? "retention" : "request",
            Asked = order.Asked,
            OrderedAt = Time(order.OrderedAt),
            CompletedAt = Time(now),
            OrderedAtPlace = place,
            Documents = [.. order.Documents.Select(item => $"{item.Collection}/{item.Document}")],
            Stores = stores,
            Residue = new ErasureResidue(residue.FileCount, residue.SizeBytes, residue.ProbeCount, Found: 0),
            OutOfReach = outOfReach,
        };
        var statement = certificate.ToStatement();
        var bundle = ErasureCertificate.Sign(statement, identity.SigningKey);
        var leaf = LedgerLeaf.At(ErasureCertificate.LeafKind, now, ContentHash.Of(statement));
        await objects.PutIfAbsentAsync($"{Prefix}{leaf.Digest.Hex}", Owner, bundle, cancellationToken);
        var index = await ledger.AppendAsync(
            [new LedgerRow(leaf.Kind, now, leaf.ToEntry()) { Subject = order.Id }],
            cancellationToken);
        var proof = await ledger.ProveAsync(index, cancellationToken)
            ?? throw new StorageFailedException("ledger", "prove what was appended", isTransient: true);
        return new CertifiedErasure(certificate, bundle, proof.ToBytes());
    }

    /// <summary>Logs that a document may come back, and gives its collection a key under which it can be sealed.
    /// </summary>
    public async Task LogLiftAsync(DocumentAddress address, CancellationToken cancellationToken)
    {
        await events.RecordAsync(
            EventKinds.ErasureLifted,
            actor: null,
            address.Document.Value,
            $"{address.Collection}\n{address.Document}",
            cancellationToken);

        // The document's key is gone from all keys that there are.
        if (keys?.List().Any(key => key.Collection == address.Collection) == true)
        {
            keys.Rotate(address.Collection);
        }
    }

    private static string Time(DateTimeOffset value) =>
        value.UtcDateTime.ToString(ReceiptRules.TimeFormat, CultureInfo.InvariantCulture);
}

/// <summary>A certificate as files.</summary>
/// <param name="Certificate">What it states.</param>
/// <param name="Bundle">The certificate: a Sigstore bundle.</param>
/// <param name="Proof">The proof that it is logged: a file of C2SP tlog-proof.</param>
public sealed record CertifiedErasure(
    ErasureCertificate Certificate,
    ReadOnlyMemory<byte> Bundle,
    ReadOnlyMemory<byte> Proof);
