namespace Terroir.Provenance.Notes;

/// <summary>What a policy says of a checkpoint.</summary>
public enum PolicyOutcome
{
    /// <summary>The text that was signed is no checkpoint.</summary>
    NoCheckpoint = 0,

    /// <summary>No log of the policy, with the checkpoint's origin as its name, signed it.</summary>
    LogUnknown,

    /// <summary>A signature that claims to be of a trusted key does not hold.</summary>
    SignatureWrong,

    /// <summary>The log signed it, but not enough witnesses did.</summary>
    QuorumMissed,

    /// <summary>It counts.</summary>
    Trusted,
}
