using Terroir.Provenance.Merkle;

namespace Terroir.Provenance.Notes;

/// <summary>Hashes in base64, one a line, as proofs have them in files and messages.</summary>
internal static class HashLines
{
    public static IReadOnlyList<MerkleHash> Parse(ReadOnlySpan<string> lines, string kind)
    {
        if (lines.Length > MerkleVerifier.ProofLengthMax)
        {
            throw new ProofFormatException(kind, $"it has more than {MerkleVerifier.ProofLengthMax} hashes");
        }

        var hashes = new List<MerkleHash>(lines.Length);
        foreach (var line in lines)
        {
            hashes.Add(MerkleHash.TryParse(line, out var hash)
                ? hash
                : throw new ProofFormatException(kind, "a line of it is no hash in base64"));
        }

        return hashes;
    }

    public static string Format(IEnumerable<MerkleHash> hashes) =>
        string.Concat(hashes.Select(hash => hash.ToString() + '\n'));
}
