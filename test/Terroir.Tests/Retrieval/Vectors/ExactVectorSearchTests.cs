using CsCheck;
using Terroir.Retrieval.Vectors;

namespace Terroir.Tests.Retrieval.Vectors;

public sealed class ExactVectorSearchTests
{
    private static readonly Gen<VectorMetric> Metrics =
        Gen.Bool.Select(isProduct => isProduct ? VectorMetric.InnerProduct : VectorMetric.SquaredL2);

    // By the vectors, by byte codes, by lists with each block's 1-bit codes, and as it is decided by default.
    private static readonly ScanLimits[] Ways =
        [new(int.MaxValue, 0, 0), new(0, int.MaxValue, 0), new(0, 0, 1), ScanLimits.Default];

    private static readonly Gen<(int Seed, int Dimensions, int Count, int Lists, VectorMetric Metric)> Sets =
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[1, 70], Gen.Int[0, 1_500], Gen.Int[1, 40], Metrics);

    [Fact]
    public void Exact_results_are_those_of_a_scan_for_any_bitmap() => Gen.Select(Sets, Gen.Int[0, 3], Gen.Int[1, 30])
        .Sample((set, kind, count) =>
        {
            var vectors = VectorSet.Clustered(set.Seed, set.Dimensions, set.Count, set.Metric);
            using var block = vectors.Open(set.Lists);
            var random = new Random(set.Seed);
            var query = Query(vectors, random);
            Func<int, bool> isAllowed = kind switch
            {
                0 => _ => true,
                1 => number => (number * 7_919L + set.Seed) % 10 < 3,
                2 => number => vectors.Vectors[number][0] > 0.5f,
                _ => number => number == set.Count / 2,
            };
            Equal(vectors.Scan(query, count, isAllowed), block, query, count, isAllowed);
        }, iter: 40, threads: 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exact_results_of_many_rows_in_lists_are_those_of_a_scan(bool isProduct)
    {
        var metric = isProduct ? VectorMetric.InnerProduct : VectorMetric.SquaredL2;
        var vectors = VectorSet.Clustered(seed: 5, dimensions: 96, count: 20_000, metric, topics: 150);
        using var block = vectors.Open();
        Assert.Equal(20_000 / 192, block.Format.ListCount);
        var random = new Random(6);
        for (var query = 0; query < 4; query++)
        {
            var values = Query(vectors, random);
            Equal(vectors.Scan(values, 10), block, values, 10, isAllowed: null);
            Equal(vectors.Scan(values, 10, IsEven), block, values, 10, IsEven);
            Equal(vectors.Scan(values, 10, IsNear), block, values, 10, IsNear);

            static bool IsEven(int number) => number % 2 == 0;
            bool IsNear(int number) => vectors.Vectors[number][3] * values[3] > 0;
        }
    }

    [Fact]
    public void Nothing_is_found_where_nothing_is_allowed()
    {
        var vectors = VectorSet.Clustered(seed: 1, dimensions: 8, count: 300, VectorMetric.SquaredL2);
        using var block = vectors.Open();
        Assert.Empty(block.Search(vectors.Vectors[0], 10, block.Allow([]), VectorSearchMode.Exact));
    }

    [Fact]
    public void Equal_vectors_come_by_key_and_not_by_arrival()
    {
        var vectors = new VectorSet(4, VectorMetric.SquaredL2, [.. Enumerable.Repeat(new float[] { 1, 2, 3, 4 }, 400)]);
        using var forward = VectorBlock.Read(vectors.Write());
        using var backward = VectorBlock.Read(vectors.Write(order: Enumerable.Range(0, 400).Reverse()));
        var hits = forward.Search([1, 2, 3, 4], 50, allowed: null, VectorSearchMode.Exact);
        Assert.Equal(hits, backward.Search([1, 2, 3, 4], 50, allowed: null, VectorSearchMode.Exact));
        var keys = hits.Select(hit => VectorSet.Key(hit.Number)).ToArray();
        Assert.Equal(keys.Order(), keys);
        Assert.Equal(5, hits.Count(hit => VectorSet.Key(hit.Number) == 0));
    }

    [Theory]
    [InlineData(1e10f)]
    [InlineData(1e-10f)]
    [InlineData(1e-30f)]
    public void Scores_of_any_magnitude_are_those_of_a_scan(float magnitude)
    {
        var small = VectorSet.Clustered(seed: 8, dimensions: 33, count: 1_000, VectorMetric.InnerProduct);
        var vectors = new VectorSet(33, VectorMetric.InnerProduct,
            [.. small.Vectors.Select(vector => vector.Select(value => value * magnitude).ToArray())]);
        using var block = vectors.Open(lists: 9);
        Equal(vectors.Scan(vectors.Vectors[7], 20), block, vectors.Vectors[7], 20, isAllowed: null);
    }

    [Fact]
    public void Vectors_far_from_the_origin_are_found_as_by_a_scan()
    {
        var near = VectorSet.Clustered(seed: 9, dimensions: 20, count: 1_000, VectorMetric.SquaredL2);
        var vectors = new VectorSet(20, VectorMetric.SquaredL2,
            [.. near.Vectors.Select(vector => vector.Select(value => value + 1_000).ToArray())]);
        using var block = vectors.Open(lists: 9);
        Equal(vectors.Scan(vectors.Vectors[7], 20), block, vectors.Vectors[7], 20, isAllowed: null);
    }

    private static float[] Query(VectorSet vectors, Random random)
    {
        var noise = VectorSet.Normal(random, vectors.Dimensions, 0.5);
        return vectors.Vectors.Count == 0 || random.Next(4) == 0
            ? noise
            : [.. vectors.Vectors[random.Next(vectors.Vectors.Count)].Zip(noise, (a, b) => a + b)];
    }

    private static void Equal(
        (int Number, float Score)[] expected,
        VectorBlock block,
        float[] query,
        int count,
        Func<int, bool>? isAllowed)
    {
        var allowed = isAllowed is null ? null : block.Allow(VectorSet.Bitmap(block.Count, isAllowed));
        foreach (var path in VectorPath.Supported)
        {
            foreach (var limits in Ways)
            {
                var hits = VectorSearch.Run(
                    [new VectorScope(block, allowed)],
                    tail: null,
                    query,
                    count,
                    new SearchSettings(path, Bounds: null, limits));
                Assert.Equal(expected, hits.Select(hit => (hit.Number, hit.Score)));
            }
        }
    }
}
