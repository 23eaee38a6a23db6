using Terroir.Provenance.Merkle;

namespace Terroir.Provenance.Notes;

/// <summary>What a witness knows of a log.</summary>
/// <param name="Keys">The keys that it trusts for the log's origin.</param>
/// <param name="Size">The size of the checkpoint that it cosigned last; 0 for none.</param>
/// <param name="Root">The root of that checkpoint.</param>
public sealed record WitnessedLog(IReadOnlyList<VerifierKey> Keys, long Size, MerkleHash Root);
