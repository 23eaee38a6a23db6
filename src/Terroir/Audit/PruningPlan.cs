namespace Terroir.Audit;

/// <summary>What a pruning of the ledger would do.</summary>
/// <param name="CurrentIndex">The least index of an event that is published now.</param>
/// <param name="Index">The least index that would be: a multiple of 256, not less than the current one.</param>
/// <param name="Size">How many events the ledger has.</param>
/// <param name="ReceiptCount">How many receipts would no longer be found in what is published. The site keeps their
/// entries, and goes on to give their proofs.</param>
public sealed record PruningPlan(long CurrentIndex, long Index, long Size, long ReceiptCount)
{
    /// <summary>How many events would go out of sight.</summary>
    public long EventCount => Index - CurrentIndex;
}
