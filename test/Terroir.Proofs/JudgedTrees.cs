using System.Globalization;
using System.Text;
using Terroir.Provenance;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;

namespace Terroir.Proofs;

/// <summary>Writes roots, proofs and checkpoints, and one mutation of each that no verifier may accept.</summary>
internal sealed class JudgedTrees(int prefixes, Random random, TextWriter output)
{
    private const string Origin = "log.example/judged";

    private readonly MerkleTree _tree = new();
    private readonly MerkleHash[] _roots = new MerkleHash[prefixes + 1];
    private readonly NoteSigner _log = NoteSigner.Ed25519(Origin, SiteKey.FromSeed(new byte[SiteKey.Length]));

    /// <summary>For each tree its root, a leaf of it, a beginning of it, and its checkpoint.</summary>
    public void WritePrefixes()
    {
        for (var size = 1; size <= prefixes; size++)
        {
            _tree.Append(Leaf(size - 1));
            _roots[size] = _tree.Root;
            output.WriteLine($"root {Leaf(size - 1)} {_roots[size]} 1");
            WriteInclusion(random.Next(size), size);
            WriteConsistency(1 + random.Next(size), size);
            WriteCheckpoint(size);
        }
    }

    /// <summary>Pairs of trees, and leaves, that are drawn.</summary>
    public void WritePairs(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var size = 1 + random.Next(prefixes);
            WriteInclusion(random.Next(size), size);
            WriteConsistency(1 + random.Next(size), size);
        }
    }

    private static MerkleHash Leaf(int index) =>
        MerkleHash.OfLeaf(Encoding.UTF8.GetBytes(index.ToString(CultureInfo.InvariantCulture)));

    private static string Path(IReadOnlyCollection<MerkleHash> path) => path.Count == 0 ? "-" : string.Join(',', path);

    private void WriteInclusion(int index, int size)
    {
        var path = MerkleProofs.Inclusion(index, size, _tree)!;
        output.WriteLine($"inclusion {index} {size} {Leaf(index)} {_roots[size]} {Path(path)} 1");
        output.WriteLine(random.Next(4) switch
        {
            0 => $"inclusion {index} {size} {Leaf(index)} {Flipped(_roots[size])} {Path(path)} 0",
            1 => $"inclusion {index} {size} {Flipped(Leaf(index))} {_roots[size]} {Path(path)} 0",
            2 when index > 0 => $"inclusion {index - 1} {size} {Leaf(index)} {_roots[size]} {Path(path)} 0",
            _ => $"inclusion {index} {size} {Leaf(index)} {_roots[size]} {Path(Mutated(path))} 0",
        });
    }

    private void WriteConsistency(int old, int size)
    {
        var path = MerkleProofs.Consistency(old, size, _tree)!;
        output.WriteLine($"consistency {old} {size} {_roots[old]} {_roots[size]} {Path(path)} 1");
        output.WriteLine(random.Next(3) switch
        {
            0 => $"consistency {old} {size} {Flipped(_roots[old])} {_roots[size]} {Path(path)} 0",
            1 => $"consistency {old} {size} {_roots[old]} {Flipped(_roots[size])} {Path(path)} 0",
            _ => $"consistency {old} {size} {_roots[old]} {_roots[size]} {Path(Mutated(path))} 0",
        });
    }

    private void WriteCheckpoint(int size)
    {
        var note = SignedNote.Sign(new Checkpoint(Origin, size, _roots[size]).ToText(), _log).ToBytes();
        output.WriteLine($"note {_log.Key} {Convert.ToBase64String(note)} 1");

        // A byte of the text, which the signature covers.
        note[random.Next(Origin.Length)] ^= 1;
        output.WriteLine($"note {_log.Key} {Convert.ToBase64String(note)} 0");
    }

    private List<MerkleHash> Mutated(IReadOnlyList<MerkleHash> path)
    {
        if (path.Count == 0)
        {
            return [_roots[1]];
        }

        var at = random.Next(path.Count);
        return random.Next(3) switch
        {
            0 => [.. path.Take(at), .. path.Skip(at + 1)],
            1 => [.. path.Take(at), path[at], .. path.Skip(at)],
            _ => [.. path.Take(at), Flipped(path[at]), .. path.Skip(at + 1)],
        };
    }

    private MerkleHash Flipped(MerkleHash hash)
    {
        var bytes = hash.ToArray();
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return MerkleHash.FromBytes(bytes);
    }
}
