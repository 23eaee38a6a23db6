namespace Terroir.Provenance.Notes;

/// <summary>Whom one trusts: logs, witnesses, and how many of these must have seen a checkpoint (C2SP tlog-policy).
/// </summary>
/// <remarks>Safe to share between threads.</remarks>
public sealed class TrustPolicy
{
    /// <summary>The greatest length of a policy file in bytes.</summary>
    public const int LengthMax = 512 * 1024;

    /// <summary>How many logs, witnesses and groups there may be, each.</summary>
    public const int CountMax = 64;

    private readonly IReadOnlyList<PolicyMember> _members;
    private readonly PolicyMember? _quorum;

    internal TrustPolicy(IReadOnlyList<VerifierKey> logs, IReadOnlyList<PolicyMember> members, PolicyMember? quorum)
    {
        Logs = logs;
        _members = members;
        _quorum = quorum;
    }

    /// <summary>The keys of the logs.</summary>
    public IReadOnlyList<VerifierKey> Logs { get; }

    /// <summary>The keys of the witnesses.</summary>
    public IEnumerable<VerifierKey> Witnesses => _members.Select(member => member.Key).OfType<VerifierKey>();

    /// <summary>Whether a witness is needed at all; not with <c>quorum none</c>.</summary>
    public bool NeedsWitnesses => _quorum is not null;

    /// <summary>Trusts one log, and asks for no witness.</summary>
    /// <param name="log">The log's key.</param>
    public static TrustPolicy OfLog(VerifierKey log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return new TrustPolicy([log], [], quorum: null);
    }

    /// <summary>Reads a policy file.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <exception cref="ProofFormatException">It is no policy; the fault names the line.</exception>
    public static TrustPolicy Parse(ReadOnlySpan<byte> bytes) => PolicyParser.Parse(bytes);

    /// <summary>Judges a checkpoint.</summary>
    /// <param name="note">The signed checkpoint.</param>
    /// <returns>What it says and who signed it; only <see cref="PolicyVerdict.IsTrusted"/> makes it count.</returns>
    public PolicyVerdict Check(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        Checkpoint checkpoint;
        try
        {
            checkpoint = Checkpoint.Parse(note.Text);
        }
        catch (ProofFormatException)
        {
            return new PolicyVerdict(PolicyOutcome.NoCheckpoint, Checkpoint: null, Log: null, Witnesses: []);
        }

        var logs = note.Verify(Logs.Where(key => string.Equals(
            key.Name,
            checkpoint.Origin,
            StringComparison.Ordinal)));
        var witnesses = note.Verify(Witnesses);
        if (logs is null || witnesses is null)
        {
            return new PolicyVerdict(PolicyOutcome.SignatureWrong, checkpoint, Log: null, Witnesses: []);
        }

        var log = logs.Count > 0 ? logs[0].Key : null;
        var outcome = log is null ? PolicyOutcome.LogUnknown
            : _quorum is null || _quorum.IsReached(witnesses) ? PolicyOutcome.Trusted
            : PolicyOutcome.QuorumMissed;
        return new PolicyVerdict(outcome, checkpoint, log, witnesses);
    }
}
