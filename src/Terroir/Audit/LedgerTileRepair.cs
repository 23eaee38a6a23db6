using Terroir.Provenance.Merkle;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>Writes missing tiles and bundles again from the rows.</summary>
internal sealed class LedgerTileRepair(ILedgerStore rows, LedgerFiles files)
{
    /// <summary>Writes them.</summary>
    /// <param name="size">How many events the tiles hold.</param>
    /// <param name="cancellationToken">Stops between two tiles.</param>
    /// <returns>The root of the rows.</returns>
    /// <exception cref="LedgerForkedException">A tile that is there has other bytes.</exception>
    public async Task<MerkleHash> RunAsync(long size, CancellationToken cancellationToken)
    {
        var tree = new MerkleTree();
        for (var start = 0L; start < size; start += TilePath.FullWidth)
        {
            var width = (int)Math.Min(TilePath.FullWidth, size - start);
            var batch = await rows.ReadAsync(start, width, cancellationToken);
            var entries = batch.Select(placed => placed.Row.Entry.ToArray()).ToArray();
            foreach (var entry in entries)
            {
                tree.Append(MerkleHash.OfLeaf(entry));
            }

            var path = new TilePath(null, start / TilePath.FullWidth, width);
            await files.PutAsync(path, EntryBundle.Write(entries), size, cancellationToken);
        }

        foreach (var path in TileSet.Of(size))
        {
            await files.PutAsync(path, Bytes(path, tree), size, cancellationToken);
        }

        return tree.Root;
    }

    /// <summary>The bytes of a tile of a tree.</summary>
    internal static byte[] Bytes(TilePath path, MerkleTree tree)
    {
        var bytes = new byte[path.Width * MerkleHash.Length];
        for (var i = 0; i < path.Width; i++)
        {
            var node = new MerkleNode(path.Level!.Value * TilePath.Height, (path.Index * TilePath.FullWidth) + i);
            tree.Read(node)!.Value.CopyTo(bytes.AsSpan(i * MerkleHash.Length));
        }

        return bytes;
    }
}
