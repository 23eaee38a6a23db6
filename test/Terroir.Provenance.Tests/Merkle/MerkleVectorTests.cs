using System.Text.Json;
using Terroir.Provenance.Merkle;

namespace Terroir.Provenance.Tests.Merkle;

/// <summary>The vectors of github.com/transparency-dev/merkle.</summary>
public sealed class MerkleVectorTests
{
    /// <summary>The roots of this one have 12 bytes, which no hash of ours has: we refuse what it accepts.</summary>
    private const string ShortRoots = "sizes-are-equal-one-and-proof-is-empty.json";

    [Theory]
    [InlineData("inclusion", 98)]
    [InlineData("consistency", 98)]
    public void The_vectors_are_judged_as_they_say(string kind, int count)
    {
        var files = Directory.GetFiles(
            Path.Combine(SharedData.Vectors("transparency-merkle"), "testdata", kind),
            "*.json",
            SearchOption.AllDirectories);
        var disagreements = files.Where(file => IsAccepted(kind, file, out var wanted) != wanted);

        Assert.Equal(count, files.Length);
        Assert.Equal(
            kind is "consistency" ? [ShortRoots] : [],
            disagreements.Select(file => Path.GetFileName(file)),
            StringComparer.Ordinal);
    }

    private static bool IsAccepted(string kind, string file, out bool wanted)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var vector = json.RootElement;
        wanted = !vector.GetProperty("wantErr").GetBoolean();
        var proof = vector.GetProperty("proof") is { ValueKind: JsonValueKind.Array } array
            ? array.EnumerateArray().Select(element => Hash(element)).ToList()
            : [];
        if (proof.Contains(null))
        {
            return false;
        }

        var hashes = proof.ConvertAll(hash => hash!.Value);
        return kind is "inclusion"
            ? Hash(vector.GetProperty("leafHash")) is { } leaf && Hash(vector.GetProperty("root")) is { } root
                && MerkleVerifier.IsIncluded(Number(vector, "leafIdx"), Number(vector, "treeSize"), leaf, hashes, root)
            : Hash(vector.GetProperty("root1")) is { } old && Hash(vector.GetProperty("root2")) is { } now
                && MerkleVerifier.IsConsistent(Number(vector, "size1"), Number(vector, "size2"), hashes, old, now);
    }

    // Sizes from 2^63 on become negative ones.
    private static long Number(JsonElement vector, string name) =>
        unchecked((long)vector.GetProperty(name).GetUInt64());

    private static MerkleHash? Hash(JsonElement text) =>
        MerkleHash.TryParse(text.GetString(), out var hash) ? hash : null;
}
