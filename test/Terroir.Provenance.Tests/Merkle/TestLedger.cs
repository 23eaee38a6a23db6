using System.Globalization;
using System.Text;
using Terroir.Provenance.Merkle;

namespace Terroir.Provenance.Tests.Merkle;

/// <summary>A tree with its tiles, in memory.</summary>
internal sealed class TestLedger : ITileSource
{
    public Dictionary<TilePath, byte[]> Tiles { get; } = [];

    public MerkleTree Tree { get; } = new();

    public MerkleHash Root { get; private set; } = MerkleHash.OfEmptyTree;

    public static byte[] Entry(long index) =>
        Encoding.UTF8.GetBytes("entry " + index.ToString(CultureInfo.InvariantCulture));

    public static TestLedger Of(int size)
    {
        var ledger = new TestLedger();
        ledger.Append(size);
        return ledger;
    }

    public static MerkleTree TreeOf(int size) => MerkleTree.Of(Enumerable.Range(0, size).Select(i => Entry(i)));

    public void Append(int count)
    {
        var size = Tree.Size;
        var leaves = Enumerable.Range(0, count).Select(i => MerkleHash.OfLeaf(Entry(size + i))).ToList();
        var growth = TileBuilder.Append(Tree, size, leaves);
        leaves.ForEach(Tree.Append);
        Root = growth.Root;
        foreach (var (path, bytes) in growth.Tiles)
        {
            Tiles[path] = bytes;
        }
    }

    public ValueTask<byte[]?> ReadAsync(TilePath path, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Tiles.GetValueOrDefault(path));
}
