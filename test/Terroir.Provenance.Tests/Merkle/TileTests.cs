using CsCheck;
using Terroir.Provenance.Merkle;

namespace Terroir.Provenance.Tests.Merkle;

public sealed class TileTests
{
    private const int Large = 70_000;

    private static readonly TestLedger Ledger = TestLedger.Of(Large);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The example of the specification.
    [Fact]
    public void A_tree_of_70_000_leaves_has_276_tiles() =>
        Assert.Equal(
            ["0: 273 full, 112", "1: 1 full, 17", "2: 0 full, 1"],
            TileSet.Of(Large).GroupBy(path => path.Level).Select(level =>
                $"{level.Key}: {level.Count(path => !path.IsPartial)} full, "
                + string.Join(',', level.Where(path => path.IsPartial).Select(path => path.Width))),
            StringComparer.Ordinal);

    [Fact]
    public void A_tree_of_256_leaves_has_a_full_tile_and_one_of_its_hash() =>
        Assert.Equal("tile/0/000 tile/1/000.p/1", string.Join(' ', TileSet.Of(256)));

    [Fact]
    public void Tiles_that_grew_are_those_of_a_tree_that_was_made_at_once() =>
        Gen.Int[0, 600].Array[1, 6].Sample(
            batches =>
            {
                var grown = new TestLedger();
                Array.ForEach(batches, grown.Append);
                var size = batches.Sum();
                var made = TestLedger.Of(size);

                Assert.Equal(made.Root, grown.Root);
                Assert.Equal(TileSet.Of(size).ToHashSet(), made.Tiles.Keys.ToHashSet());
                Assert.All(made.Tiles, tile => Assert.Equal(tile.Value, grown.Tiles[tile.Key]));
            },
            iter: 100);

    [Fact]
    public async Task The_root_and_the_proofs_come_from_tiles_as_from_memory()
    {
        var random = new Random(20_261_126);
        foreach (var size in (int[])[1, 255, 256, 257, 65_535, 65_536, 65_537, Large])
        {
            await CheckProofsAsync(Ledger.Tiles, size, random.Next(size), 1 + random.Next(size));
        }
    }

    [Fact]
    public async Task Where_a_partial_tile_is_gone_the_full_one_serves()
    {
        var tiles = Ledger.Tiles.Where(tile => !tile.Key.IsPartial).ToDictionary();

        await CheckProofsAsync(tiles, 65_000, 64_999, 1_234);
    }

    [Fact]
    public async Task A_pruned_log_still_proves_what_is_not_pruned()
    {
        var kept = Ledger.Tiles.Where(tile => tile.Key.IsKept(40_000)).ToDictionary();

        Assert.True(kept.Count < Ledger.Tiles.Count);
        await CheckProofsAsync(kept, Large, 40_000, 40_000);
        await CheckProofsAsync(kept, 50_000, 45_678, 40_001);
    }

    [Fact]
    public async Task A_pruned_leaf_is_not_proven()
    {
        var kept = Ledger.Tiles.Where(tile => tile.Key.IsKept(40_000)).ToDictionary();
        var hashes = await LoadAsync(kept, Large, MerkleProofs.InclusionRanges(10, Large));

        Assert.Null(MerkleProofs.Inclusion(10, Large, hashes));
    }

    [Fact]
    public async Task A_tile_of_another_length_is_refused()
    {
        var tiles = new Dictionary<TilePath, byte[]>(Ledger.Tiles)
        {
            [new TilePath(0, 0, 256)] = new byte[31],
        };

        await Assert.ThrowsAsync<ProofFormatException>(
            () => LoadAsync(tiles, Large, MerkleProofs.InclusionRanges(10, Large)));
    }

    [Fact]
    public void Entries_come_out_of_a_bundle_as_they_went_in() =>
        Gen.Byte.Array[0, 300].Array[1, 256].Sample(
            entries =>
            {
                var bundle = EntryBundle.Write(entries);

                Assert.Equal(entries, EntryBundle.Read(bundle, entries.Length).Select(entry => entry.ToArray()));
                Assert.Throws<ProofFormatException>(() => EntryBundle.Read(bundle, entries.Length + 1));
                Assert.Throws<ProofFormatException>(() => EntryBundle.Read(bundle, entries.Length - 1));
                Assert.Throws<ProofFormatException>(() => EntryBundle.Read(bundle.AsMemory()[..^1], entries.Length));
            },
            iter: 50);

    [Fact]
    public void An_entry_that_two_bytes_cannot_count_is_refused() =>
        Assert.Throws<ArgumentException>(() => EntryBundle.Write([new byte[65_536]]));

    [Fact]
    public void The_longest_entry_fits() =>
        Assert.Equal(65_535, Assert.Single(EntryBundle.Read(EntryBundle.Write([new byte[65_535]]), 1)).Length);

    private static async Task CheckProofsAsync(
        Dictionary<TilePath, byte[]> tiles,
        int size,
        int index,
        int oldSize)
    {
        var ranges = MerkleProofs.InclusionRanges(index, size)
            .Concat(MerkleProofs.ConsistencyRanges(oldSize, size))
            .Append(new MerkleRange(0, size));
        var hashes = await LoadAsync(tiles, size, ranges);

        Assert.Equal(MerkleProofs.Root(size, Ledger.Tree), MerkleProofs.Root(size, hashes));
        Assert.Equal(MerkleProofs.Inclusion(index, size, Ledger.Tree), MerkleProofs.Inclusion(index, size, hashes));
        Assert.Equal(
            MerkleProofs.Consistency(oldSize, size, Ledger.Tree),
            MerkleProofs.Consistency(oldSize, size, hashes));
    }

    private static Task<TileHashes> LoadAsync(
        Dictionary<TilePath, byte[]> tiles,
        int size,
        IEnumerable<MerkleRange> ranges) =>
        TileHashes.LoadAsync(new Source(tiles), size, ranges, Cancellation).AsTask();

    private sealed class Source(Dictionary<TilePath, byte[]> tiles) : ITileSource
    {
        public ValueTask<byte[]?> ReadAsync(TilePath path, CancellationToken cancellationToken) =>
            ValueTask.FromResult(tiles.GetValueOrDefault(path));
    }
}
