using System.Security.Cryptography;
using CsCheck;
using Terroir.Retrieval.Vectors;

namespace Terroir.Tests.Retrieval.Vectors;

public sealed class VectorBlockFormatTests
{
    private static string GoldenFile => Path.Combine(AppContext.BaseDirectory, "golden", "vectors", "1", "hundred.vec");

    // Nothing here comes from a runtime's random numbers, so that the golden file can be written again.
    private static VectorSet Hundred => new(
        5,
        VectorMetric.SquaredL2,
        [.. Enumerable.Range(0, 100).Select(row => Enumerable.Range(0, 5)
            .Select(at => (((row * 37) + (at * 11)) % 64 / 64f) - 0.5f)
            .ToArray())]);

    [Fact]
    public void The_golden_file_is_written_as_it_was()
    {
        var golden = File.ReadAllBytes(GoldenFile);
        Assert.All(VectorPath.Supported, path => Assert.Equal(golden, Hundred.Write(lists: 4, path: path)));
    }

    [Fact]
    public void The_golden_file_is_read_as_it_was()
    {
        using var block = VectorBlock.Map(GoldenFile);
        Assert.Equal((100, 5, 4), (block.Count, block.Format.Dimensions, block.Format.ListCount));
        var hits = block.Search([0.1f, 0.2f, 0.3f, -0.4f, 0], 5, allowed: null, VectorSearchMode.Exact);
        Assert.Equal(Hundred.Scan([0.1f, 0.2f, 0.3f, -0.4f, 0], 5), hits.Select(hit => (hit.Number, hit.Score)));
    }

    [Fact]
    public void The_order_in_which_vectors_came_leaves_no_trace()
    {
        var vectors = VectorSet.Clustered(seed: 3, dimensions: 40, count: 900, VectorMetric.InnerProduct);
        var shuffled = Enumerable.Range(0, 900).OrderBy(number => number * 7_919L % 900);
        Assert.Equal(vectors.Write(lists: 20), vectors.Write(lists: 20, order: shuffled));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(65, 7)]
    public void What_was_added_is_read_back(int count, int lists)
    {
        var vectors = VectorSet.Clustered(seed: 4, dimensions: 3, count, VectorMetric.SquaredL2);
        using var block = vectors.Open(lists);
        var rows = Enumerable.Range(0, block.Count).ToArray();
        Assert.Equal(Enumerable.Range(0, count), rows.Select(block.Number).Order());
        Assert.All(rows, row =>
        {
            Assert.Equal(vectors.Vectors[block.Number(row)], block.Vector(row));
            Assert.Equal(VectorSet.Key(block.Number(row)), block.Key(row));
        });
    }

    [Fact]
    public void A_cut_block_is_refused() => Gen.Double[0, 0.9999].Sample(share =>
    {
        var bytes = Hundred.Write(lists: 4);
        var cut = bytes[..(int)(share * bytes.Length)];
        Assert.Equal("TER5003", Refusal(cut).Code);
    }, iter: 100, threads: 1);

    [Fact]
    public void A_changed_bit_is_found_before_anything_is_used()
    {
        var bytes = Hundred.Write(lists: 4);
        Gen.Int[0, (bytes.Length * 8) - 1].Sample(bit =>
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(Refusal(changed).Code is "TER5003" or "TER2001");
        }, iter: 800, threads: 1);
    }

    // Someone who can write checksums must not be able to make the process read beyond the block.
    [Fact]
    public void Damage_with_right_checksums_is_refused_or_searched_within_the_block()
    {
        var bytes = Hundred.Write(lists: 4);
        var format = new VectorBlockFormat(dimensions: 5, rowCount: 100, listCount: 4);
        Gen.Select(Gen.Int[0, (int)format.FooterAt - 1], Gen.Byte, Gen.Int[1, 8]).Sample((at, value, length) =>
        {
            var changed = bytes.ToArray();
            changed.AsSpan(at, Math.Min(length, (int)format.FooterAt - at)).Fill(value);
            Rehash(changed, format);
            try
            {
                using var block = VectorBlock.Read(changed);
                var allowed = block.Allow([ulong.MaxValue, ulong.MaxValue]);
                foreach (var limits in new ScanLimits[] { new(1_000, 0, 0), new(0, 1_000, 0), new(0, 0, 1) })
                {
                    var hits = VectorSearch.Run(
                        [new VectorScope(block, allowed)],
                        tail: null,
                        new float[5],
                        7,
                        new SearchSettings(VectorPath.Best, FastBounds.Default, limits));
                    Assert.InRange(hits.Length, 0, 7);
                }
            }
            catch (TerroirException refused)
            {
                Assert.True(refused.Code is "TER5003" or "TER2001");
            }
        }, iter: 1_500, threads: 1);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.MaxValue)]
    public void A_component_that_is_no_usable_number_is_refused(float value)
    {
        var builder = new VectorBlockBuilder(3, VectorMetric.SquaredL2);
        var error = Assert.Throws<VectorUnusableException>(() => builder.Add(0, 0, [1, value, 2]));
        Assert.Equal(("TER2003", 1), (error.Code, error.Component));
        using var block = new VectorSet(3, VectorMetric.SquaredL2, [[1, 2, 3]]).Open();
        Assert.Throws<VectorUnusableException>(() =>
            block.Search([0, 0, value], 1, allowed: null, VectorSearchMode.Exact));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_vector_of_another_length_is_refused(int length)
    {
        var builder = new VectorBlockBuilder(3, VectorMetric.SquaredL2);
        var error = Assert.Throws<VectorUnusableException>(() => builder.Add(0, 0, new float[length]));
        Assert.Equal((3, length), (error.Dimensions, error.Length));
    }

    [Fact]
    public void Two_vectors_with_one_number_are_refused()
    {
        var builder = new VectorBlockBuilder(1, VectorMetric.SquaredL2);
        builder.Add(7, 0, [1]);
        builder.Add(7, 1, [2]);
        Assert.Throws<InvalidOperationException>(() =>
            builder.Write(Stream.Null, progress: null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_build_that_is_cancelled_stops()
    {
        using var stop = new CancellationTokenSource();
        var builder = new VectorBlockBuilder(4, VectorMetric.SquaredL2, listCount: 8);
        for (var number = 0; number < 4_000; number++)
        {
            builder.Add(number, 0, [number, 1, 2, 3]);
        }

        var progress = new StopAt(VectorBuildPhase.Learn, stop);
        Assert.ThrowsAny<OperationCanceledException>(() => builder.Write(Stream.Null, progress, stop.Token));
        Assert.Equal(VectorBuildPhase.Learn, progress.Last);
    }

    private static TerroirException Refusal(byte[] bytes) => Assert.ThrowsAny<TerroirException>(() =>
    {
        using var block = VectorBlock.Read(bytes);
    });

    private static void Rehash(byte[] bytes, VectorBlockFormat format)
    {
        var footer = bytes.AsSpan((int)format.FooterAt);
        for (var section = 0; section < VectorBlockFormat.SectionCount; section++)
        {
            var start = (int)format.StartOf((VectorSection)section);
            var end = section + 1 < VectorBlockFormat.SectionCount
                ? (int)format.StartOf((VectorSection)(section + 1))
                : (int)format.FooterAt;
            SHA256.HashData(bytes.AsSpan(start..end), footer[(section * 32)..]);
        }

        SHA256.HashData([.. bytes[..VectorBlockFormat.HeaderSizeBytes], .. footer[..^32]], footer[^32..]);
    }

    private sealed class StopAt(VectorBuildPhase phase, CancellationTokenSource stop) : IProgress<VectorBuildProgress>
    {
        public VectorBuildPhase Last { get; private set; }

        public void Report(VectorBuildProgress value)
        {
            Last = value.Phase;
            if (value.Phase == phase)
            {
                stop.Cancel();
            }
        }
    }
}
