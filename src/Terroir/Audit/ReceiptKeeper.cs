using System.Security.Cryptography;
using Terroir.Provenance.Receipts;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>Keeps receipts as objects <c>a/SITE/receipt/DIGEST</c>, and logs them.</summary>
/// <remarks>The object comes first: what is logged can be shown. One that a kill left without its event is no receipt
/// of anything that was answered.</remarks>
internal sealed class ReceiptKeeper(
    IMetastore metastore,
    ConfidentialObjects objects,
    ILedger ledger,
    LedgerIdentity identity,
    PersonKeys people,
    ReceiptSoftware software,
    TimeProvider time) : IReceiptKeeper
{
    private const int RequestIdLength = 32;

    public async Task<ContentHash> KeepAsync(
        string asker,
        Func<ReceiptContext, AnswerFacts> describe,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var draft = ReceiptBuilder.Build(describe(new ReceiptContext(
            identity.Site,
            RandomNumberGenerator.GetHexString(RequestIdLength, lowercase: true),
            now,
            await people.NameAsync(asker, cancellationToken),
            software)));
        var statement = draft.ToStatement();
        var leaf = LedgerLeaf.Of(draft.Receipt, statement);
        var bundle = ReceiptDraft.Sign(statement, identity.SigningKey);
        var kept = new ReceiptFile(asker, bundle.ToBytes(), draft.Openings.ToBytes());
        await objects.PutIfAbsentAsync(ReceiptFile.NameOf(leaf.Digest), asker, kept.ToBytes(), cancellationToken);
        var row = new LedgerRow(leaf.Kind, now, leaf.ToEntry()) { Actor = asker, Subject = leaf.Digest.Hex };
        await ledger.AppendAsync([row], cancellationToken);
        return leaf.Digest;
    }

    public async Task<KeptReceipt?> FindAsync(ContentHash receipt, CancellationToken cancellationToken)
    {
        if (await ReceiptFile.TryReadAsync(objects, receipt, cancellationToken) is not { } kept)
        {
            return null;
        }

        var query = new LedgerQuery { Kind = LedgerLeaf.ReceiptKind, Subject = receipt.Hex };
        var found = await metastore.Ledger.FindAsync(query, cancellationToken);
        return found is [var placed] && await ledger.ProveAsync(placed.Index, cancellationToken) is { } proof
            ? new KeptReceipt(kept.Asker, kept.Bundle, kept.Openings, proof.ToBytes())
            : null;
    }
}
