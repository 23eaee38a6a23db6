using System.Security.Cryptography;
using Terroir.Provenance.Events;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>Keeps receipts as objects <c>a/SITE/receipt/DIGEST</c>, and logs them.</summary>
/// <remarks>The object comes first: what is logged can be shown. Three flushes stay for an answer: of the object, of
/// its name, and of the row. The object alone is enough to log the receipt again when the metastore is lost with a row
/// that no tile has yet (<see cref="LostReceipts"/>), so tiles and checkpoint follow for many answers at
/// once.</remarks>
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
        await ledger.RecordAsync([row, .. Decide(draft.Receipt, asker, leaf.Digest, now)], cancellationToken);
        return leaf.Digest;
    }

    // That the permissions allow is in every receipt; what policies decide of a model is an event of its own, in the
    // same transaction.
    private static IEnumerable<LedgerRow> Decide(
        AnswerReceipt receipt,
        string asker,
        ContentHash id,
        DateTimeOffset now)
    {
        var decision = receipt.Decision;
        if (decision.Outcome is "allow" && decision.Reasons.Count <= 1)
        {
            return [];
        }

        var detail = $"{decision.Outcome}\n{string.Join('\n', decision.Reasons)}";
        var happened = new LedgerEvent(EventKinds.Decided, now)
        {
            Actor = receipt.Actor,
            Subjects = [EventSubject.Of("receipt", id.Hex), EventSubject.Of("detail", detail)],
        };
        return
        [
            new LedgerRow(EventKinds.Decided, now, happened.ToLeaf().ToEntry())
            {
                Actor = asker,
                Subject = id.Hex,
                Detail = happened.ToDetail(),
            },
        ];
    }

    public async Task<KeptReceipt?> FindAsync(ContentHash receipt, CancellationToken cancellationToken)
    {
        if (await ReceiptFile.TryReadAsync(objects, receipt, cancellationToken) is not { } kept)
        {
            return null;
        }

        var query = new LedgerQuery { Kind = LedgerLeaf.ReceiptKind, Subject = receipt.Hex };
        var found = await metastore.Ledger.FindAsync(query, cancellationToken);
        return found is [var placed] && await ProveAsync(placed.Index, cancellationToken) is { } proof
            ? new KeptReceipt(kept.Asker, kept.Bundle, kept.Openings, proof.ToBytes())
            : null;
    }

    // Who asks for the proof at once does not wait for the next second.
    private async Task<LogProof?> ProveAsync(long index, CancellationToken cancellationToken)
    {
        if (await ledger.ProveAsync(index, cancellationToken) is { } proof)
        {
            return proof;
        }

        await ledger.FlushAsync(cancellationToken);
        return await ledger.ProveAsync(index, cancellationToken);
    }
}
