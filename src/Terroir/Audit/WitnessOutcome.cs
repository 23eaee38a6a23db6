namespace Terroir.Audit;

/// <summary>What came of the last question to a witness.</summary>
public enum WitnessOutcome
{
    /// <summary>It was not asked yet.</summary>
    NotAsked,

    /// <summary>It cosigned.</summary>
    Cosigned,

    /// <summary>It could not be reached.</summary>
    Unreachable,

    /// <summary>It refused, or its cosignature does not hold: its settings or ours are wrong.</summary>
    Refused,

    /// <summary>It cosigned what this site's ledger does not hold any more. The ledger stopped.</summary>
    Contradicts,
}
