namespace Terroir;

/// <summary>Why the ledger is not pruned.</summary>
public enum PruningProblem
{
    /// <summary>No policy says how long events must stay published.</summary>
    NoPolicy,

    /// <summary>The policy asks for events to stay published for longer.</summary>
    TooRecent,
}
