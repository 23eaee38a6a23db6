namespace Terroir.Provenance.Merkle;

/// <summary>Which tiles a tree of some size consists of.</summary>
public static class TileSet
{
    /// <summary>Lists the tiles of a tree, without its bundles of entries: full ones, then the partial one, level by
    /// level.</summary>
    /// <param name="size">How many leaves the tree has.</param>
    public static IEnumerable<TilePath> Of(long size) => Grown(0, size);

    /// <summary>Lists the tiles that a tree of one size has and its smaller self had not.</summary>
    /// <param name="oldSize">How many leaves it had.</param>
    /// <param name="size">How many it has; not fewer.</param>
    public static IEnumerable<TilePath> Grown(long oldSize, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, oldSize);
        for (var level = 0; level <= TilePath.LevelMax; level++)
        {
            var oldCount = oldSize >> (TilePath.Height * level);
            var count = size >> (TilePath.Height * level);
            if (count == oldCount)
            {
                continue;
            }

            for (var index = oldCount / TilePath.FullWidth; index < count / TilePath.FullWidth; index++)
            {
                yield return new TilePath(level, index, TilePath.FullWidth);
            }

            if (count % TilePath.FullWidth != 0)
            {
                yield return new TilePath(level, count / TilePath.FullWidth, (int)(count % TilePath.FullWidth));
            }
        }
    }

    /// <summary>Tells the tile that holds what the hash of a node is computed from, in a tree of some size.</summary>
    /// <param name="node">The node.</param>
    /// <param name="size">How many leaves the tree has; the node is complete in it.</param>
    public static TilePath Holding(MerkleNode node, long size)
    {
        var level = node.Level / TilePath.Height;
        var first = node.Index << (node.Level % TilePath.Height);
        var index = first / TilePath.FullWidth;
        var count = (size >> (TilePath.Height * level)) - (index * TilePath.FullWidth);
        return new TilePath(level, index, (int)Math.Clamp(count, 1, TilePath.FullWidth));
    }
}
