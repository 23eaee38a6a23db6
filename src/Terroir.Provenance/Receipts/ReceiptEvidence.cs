using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;

namespace Terroir.Provenance.Receipts;

/// <summary>What there is to verify a receipt with. Only the bundle and a key or a policy are needed.</summary>
public sealed record ReceiptEvidence
{
    /// <summary>The receipt: a Sigstore bundle.</summary>
    public required ReadOnlyMemory<byte> Bundle { get; init; }

    /// <summary>Public keys of Ed25519, 32 bytes each, trusted to sign receipts. Where there are none, those of the
    /// policy's logs are: a site signs its receipts with the key of its log.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Keys { get; init; } = [];

    /// <summary>Which logs and witnesses one trusts; needed to check a proof or a ledger.</summary>
    public TrustPolicy? Policy { get; init; }

    /// <summary>The proof that the receipt was logged: a file of C2SP tlog-proof.</summary>
    public ReadOnlyMemory<byte>? Proof { get; init; }

    /// <summary>What shows the commitments, as far as one may see: a file of <see cref="ReceiptOpenings"/>.</summary>
    public ReadOnlyMemory<byte>? Openings { get; init; }

    /// <summary>The canonical texts of documents that the receipt should cite.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Documents { get; init; } = [];

    /// <summary>A copy of the ledger.</summary>
    public ILedgerSource? Ledger { get; init; }

    /// <summary>The keys that count: those that were given, else those of the policy's logs.</summary>
    internal IEnumerable<ReadOnlyMemory<byte>> TrustedKeys => Keys.Count > 0
        ? Keys
        : (Policy?.Logs ?? []).Where(key => key.Type == SignatureType.Ed25519).Select(key => key.PublicKey);
}
