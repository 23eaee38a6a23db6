using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;

namespace Terroir.Audit;

/// <summary>Proofs of inclusion under one checkpoint.</summary>
/// <param name="Checkpoint">The checkpoint with its signatures.</param>
/// <param name="Paths">A path for each event, at most 63 hashes.</param>
public sealed record LogProofs(SignedNote Checkpoint, IReadOnlyList<IReadOnlyList<MerkleHash>> Paths);
