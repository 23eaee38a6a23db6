using Terroir.Provenance.Events;
using Terroir.Provenance.Receipts;

namespace Terroir.Crash;

/// <summary>Looks at the ledger after a kill: it is one history, it has every generation once, and every receipt that
/// was acknowledged is proven.</summary>
internal sealed class LedgerCheck(CrashSite site, List<string> problems)
{
    public async Task RunAsync(CrashModel model, CancellationToken cancellationToken)
    {
        var logged = model.Logged;
        try
        {
            var state = await site.Metastore.Ledger.ReadStateAsync(cancellationToken);
            if (state.Size < model.SignedSize)
            {
                problems.Add($"A checkpoint of {model.SignedSize} events was told, and there is one of {state.Size}.");
            }

            await site.Ledger.FlushAsync(cancellationToken);
            var report = await site.LedgerMaintenance.VerifyAsync(cancellationToken);
            problems.AddRange(report.Problems.Select(problem => $"ledger: {problem}"));
            await CompareAsync(logged, cancellationToken);
            foreach (var receipt in logged)
            {
                await ProveAsync(receipt, cancellationToken);
            }
        }
        catch (LedgerForkedException exception)
        {
            problems.Add(exception.Message);
        }
    }

    /// <summary>Compares the rows with what was acknowledged and with the heads.</summary>
    public async Task CompareAsync(IReadOnlyCollection<ContentHash> logged, CancellationToken cancellationToken)
    {
        var receipts = await ListAsync(LedgerLeaf.ReceiptKind, cancellationToken);
        if (!logged.Select(receipt => receipt.Hex).ToHashSet(StringComparer.Ordinal).IsSubsetOf(receipts))
        {
            problems.Add("A receipt that was acknowledged is not in the ledger.");
        }

        var generations = await ListAsync(EventKinds.Generation, cancellationToken);
        var heads = await site.Catalog.ListHeadsAsync(cancellationToken);
        if (generations.Count != heads.Sum(head => head.Generation)
            || generations.Distinct(StringComparer.Ordinal).Count() != generations.Count
            || heads.Any(head => head.Generation > 0 && !generations.Contains(head.Manifest.Hex)))
        {
            problems.Add($"The ledger has {generations.Count} generations, and the heads do not fit them.");
        }
    }

    private async Task<List<string>> ListAsync(string kind, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        var query = new LedgerQuery { Kind = kind };
        while (await site.Metastore.Ledger.FindAsync(query, cancellationToken) is { Count: > 0 } rows)
        {
            found.AddRange(rows.Select(placed => placed.Row.Subject!));
            query = query with { FromIndex = rows[^1].Index + 1 };
        }

        return found;
    }

    private async Task ProveAsync(ContentHash receipt, CancellationToken cancellationToken)
    {
        if (await site.Receipts.FindAsync(receipt, cancellationToken) is not { } kept)
        {
            problems.Add("A receipt that was acknowledged is gone.");
            return;
        }

        var report = await ReceiptVerifier.VerifyAsync(
            new ReceiptEvidence
            {
                Bundle = kept.Bundle,
                Proof = kept.Proof,
                Openings = kept.Openings,
                Policy = site.Policy,
            },
            cancellationToken);
        if (!report.IsProven)
        {
            problems.Add($"A receipt is not proven: {report.Failed[0].ToEnglish()}");
        }
    }
}
