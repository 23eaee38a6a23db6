using System.Runtime.CompilerServices;
using Terroir.Provenance.Merkle;

namespace Terroir.Audit;

/// <summary>Reads the entries of a ledger out of its bundles, and rebuilds the tree over them.</summary>
internal sealed class LedgerScan(LedgerFiles files)
{
    /// <summary>The tree over what was read so far.</summary>
    public MerkleTree Tree { get; } = new();

    /// <summary>Reads the bundles up to a size.</summary>
    /// <exception cref="LedgerForkedException">One is missing or is none.</exception>
    public async IAsyncEnumerable<IReadOnlyList<byte[]>> ReadAsync(
        long size,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var start = 0L; start < size; start += TilePath.FullWidth)
        {
            var width = (int)Math.Min(TilePath.FullWidth, size - start);
            var path = new TilePath(null, start / TilePath.FullWidth, width);
            var entries = await ReadAsync(path, size, cancellationToken);
            entries.ForEach(entry => Tree.Append(MerkleHash.OfLeaf(entry)));
            yield return entries;
        }
    }

    private async Task<List<byte[]>> ReadAsync(TilePath path, long size, CancellationToken cancellationToken)
    {
        try
        {
            var bundle = await files.ReadWholeAsync(path, cancellationToken)
                ?? throw new LedgerForkedException($"lacks {path}", size);
            return [.. EntryBundle.Read(bundle, path.Width).Select(entry => entry.ToArray())];
        }
        catch (ProofFormatException)
        {
            throw new LedgerForkedException($"has a {path} that is none", size);
        }
    }
}
