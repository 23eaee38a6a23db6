using Terroir.Retrieval.Vectors;

namespace Terroir.Tests.Retrieval.Vectors;

public sealed class VectorTailTests
{
    private static readonly VectorSet Vectors =
        VectorSet.Clustered(seed: 11, dimensions: 24, count: 1_200, VectorMetric.SquaredL2);

    [Fact]
    public void Blocks_and_a_tail_are_searched_as_one()
    {
        using var first = Part(number => number % 3 == 0);
        using var second = Part(number => number % 3 == 1);
        var tail = new VectorTail(24, VectorMetric.SquaredL2);
        for (var number = 2; number < 1_200; number += 3)
        {
            Assert.True(tail.TryAdd(number, VectorSet.Key(number), Vectors.Vectors[number]));
        }

        Func<int, bool> isAllowed = number => number % 7 != 0;
        var bitmap = VectorSet.Bitmap(1_200, isAllowed);
        var hits = VectorSearch.Run(
            [new VectorScope(first, first.Allow(bitmap)), new VectorScope(second, second.Allow(bitmap))],
            (tail, bitmap),
            Vectors.Vectors[5],
            40,
            VectorSearchMode.Exact);
        Assert.Equal(
            Vectors.Scan(Vectors.Vectors[5], 40, isAllowed),
            hits.Select(hit => (hit.Number, hit.Score)));
        Assert.All(hits, hit => Assert.Equal(hit.Number % 3, hit.Source));
    }

    [Fact]
    public void A_vector_is_found_as_soon_as_it_was_added()
    {
        var tail = new VectorTail(2, VectorMetric.InnerProduct);
        Assert.Empty(VectorSearch.Run([], (tail, null), [1, 0], 3, VectorSearchMode.Exact));
        tail.TryAdd(9, 0, [2, 1]);
        Assert.Equal(
            [new VectorHit(0, 9, 2)],
            VectorSearch.Run([], (tail, null), [1, 0], 3, VectorSearchMode.Exact));
    }

    [Fact]
    public void A_full_tail_says_so()
    {
        var tail = new VectorTail(1, VectorMetric.SquaredL2);
        for (var number = 0; number < VectorTail.CountMax; number++)
        {
            Assert.True(tail.TryAdd(number, 0, [number]));
        }

        Assert.False(tail.TryAdd(VectorTail.CountMax, 0, [1]));
    }

    [Fact]
    public void A_block_that_was_disposed_of_is_not_read()
    {
        var block = Part(number => number < 10);
        block.Dispose();
        block.Dispose();
        Assert.Throws<ObjectDisposedException>(() =>
            block.Search(Vectors.Vectors[0], 1, allowed: null, VectorSearchMode.Exact));
    }

    private static VectorBlock Part(Func<int, bool> isTaken)
    {
        var builder = new VectorBlockBuilder(24, VectorMetric.SquaredL2);
        foreach (var number in Enumerable.Range(0, 1_200).Where(isTaken))
        {
            builder.Add(number, VectorSet.Key(number), Vectors.Vectors[number]);
        }

        using var stream = new MemoryStream();
        builder.Write(stream, progress: null, TestContext.Current.CancellationToken);
        return VectorBlock.Read(stream.ToArray());
    }
}
