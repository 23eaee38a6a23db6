namespace Terroir;

/// <summary>The ledger's tiles, its checkpoint and the metastore do not tell one history. Code <c>TER6002</c>.
/// </summary>
public sealed class LedgerForkedException : TerroirException
{
    /// <summary>Creates the error.</summary>
    /// <param name="fault">What does not fit, as the end of the sentence <c>The ledger ...</c>.</param>
    /// <param name="size">The count of events up to which it was looked at.</param>
    public LedgerForkedException(string fault, long size)
        : base("TER6002", isTransient: false, Describe(fault, size), innerException: null)
    {
        Fault = fault;
        Size = size;
    }

    /// <summary>What does not fit.</summary>
    public string Fault { get; }

    /// <summary>The count of events up to which it was looked at.</summary>
    public long Size { get; }

    private static string Describe(string fault, long size) =>
        $"The ledger {fault} (at {size} events). Nothing more is logged, and nothing that must be logged is done. If "
        + "the metastore was lost, run 'terroir rebuild'. If a folder was put back from an older copy, put both "
        + "'metastore.db' and 'objects' back from the newest backup.";
}
