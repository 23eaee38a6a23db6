using Terroir.Audit;
using Terroir.Protection;
using Terroir.Provenance.Receipts;

namespace Terroir.Retention.Stores;

/// <summary>Erases what opens receipts of answers that were made of the documents: question, answer and passages. The
/// receipts stay, and are proven as before.</summary>
internal sealed class ReceiptOpeningsStore(
    KeptReceipts receipts,
    ConfidentialObjects objects,
    IKeyRing? keys = null) : IErasable
{
    public string Store => "receipts";

    public ErasureStage Stage => ErasureStage.Records;

    public async Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        await objects.EndReplacementsAsync(cancellationToken);
        var found = await FindAsync(receipts, target.Work, cancellationToken);
        await target.SaveAsync(found, cancellationToken);
        var count = 0;
        foreach (var receipt in target.Work.Receipts)
        {
            count += await receipts.EraseOpeningsAsync(receipt, cancellationToken) ? 1 : 0;
        }

        // Backups have these receipts as they were, under the keys of those who asked.
        if (keys is not null && target.Work.Askers.Count > 0)
        {
            var newest = keys.Rotate(ConfidentialObjects.Keys);
            await receipts.SealAnewAsync(
                target.Work.Askers.ToHashSet(StringComparer.Ordinal),
                cancellationToken);
            keys.Destroy(
                ConfidentialObjects.Keys,
                [.. target.Work.Askers.Select(person => DocumentKeys.LeafOf(
                    DocumentId.For(ConfidentialObjects.Keys, person)))],
                before: newest);
        }

        return count;
    }

    /// <summary>Adds the receipts that quote the documents, and who got them, to the work.</summary>
    internal static async Task<ErasureWork> FindAsync(
        KeptReceipts receipts,
        ErasureWork work,
        CancellationToken cancellationToken)
    {
        var versions = work.Documents.SelectMany(document => document.Versions)
            .Select(version => version.Hex)
            .ToHashSet(StringComparer.Ordinal);
        var passages = work.Documents.SelectMany(document => document.Passages).ToHashSet();
        var names = new Residue.ResidueScan(work.Names);
        var found = work.Receipts.ToHashSet();
        var askers = work.Askers.ToHashSet(StringComparer.Ordinal);
        await foreach (var (receipt, asker, openings) in receipts.ReadAsync(cancellationToken))
        {
            if (found.Contains(receipt) || Quotes(openings) || Names(openings))
            {
                found.Add(receipt);
                askers.Add(asker);
            }
        }

        return work with
        {
            Receipts = [.. found.Order()],
            Askers = [.. askers.Order(StringComparer.Ordinal)],
        };

        bool Quotes(ReceiptOpenings openings) =>
            (openings.Citations ?? []).Any(citation => citation.Version is { } version
                && versions.Contains(Convert.ToHexStringLower(version.Content)))
            || (openings.Shown ?? []).Any(shown => shown.Opening is { } opening
                && passages.Contains(ContentHash.Of(opening.Content)));

        bool Names(ReceiptOpenings openings)
        {
            var isNamed = false;
            foreach (var part in new[] { openings.Question, openings.Answer, openings.Prompt })
            {
                names.Run(part?.Content ?? [], (_, _, _) => isNamed = true);
            }

            return isNamed;
        }
    }
}
