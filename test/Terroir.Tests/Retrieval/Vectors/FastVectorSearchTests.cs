using Terroir.Retrieval.Vectors;
using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Tests.Retrieval.Vectors;

public sealed class FastVectorSearchTests
{
    private const int Count = 12_000;
    private const int QueryCount = 40;
    private const int BoundedQueryCount = 6;

    private static readonly Lazy<(VectorSet Vectors, VectorBlock Block)> Clustered = new(() =>
    {
        var vectors = Unit(VectorSet.Clustered(21, 128, Count, VectorMetric.InnerProduct, topics: 60));
        return (vectors, vectors.Open(lists: 64));
    });

    private static readonly ScanLimits ListsOnly = new(0, 0, 1);

    [Fact]
    public void Every_width_returns_the_same_hits()
    {
        var block = Clustered.Value.Block;
        foreach (var query in Queries())
        {
            var all = VectorPath.Supported.Select(path => Search(block, query, path, FastBounds.Default)).ToArray();
            Assert.All(all, hits => Assert.Equal(all[0], hits));
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.3)]
    public void Most_of_the_best_are_found(double share)
    {
        var (vectors, block) = Clustered.Value;
        Func<int, bool> isAllowed = number => (number * 7_919L % 1_000) < 1_000 * share;
        var allowed = block.Allow(VectorSet.Bitmap(Count, isAllowed));
        var found = Queries().Sum(query => VectorSearch
            .Run([new VectorScope(block, allowed)], null, query, 10, Settings(VectorPath.Best, FastBounds.Default))
            .Select(hit => hit.Number)
            .Intersect(vectors.Scan(query, 10, isAllowed).Select(hit => hit.Number))
            .Count());
        Assert.InRange(found, 0.9 * 10 * QueryCount, 10 * QueryCount);
    }

    // The bound of RaBitQ is probable: an error of more than 1.9 deviations to one side has the probability 0.029.
    [Fact]
    public void Probable_bounds_are_seldom_violated_and_proved_ones_never()
    {
        var block = Clustered.Value.Block;
        var (probable, proved, total) = (0, 0, 0);
        foreach (var query in Queries().Take(BoundedQueryCount))
        {
            var (badProbable, scored) = Violations(block, query, FastBounds.Default);
            probable += badProbable;
            proved += Violations(block, query, bounds: null).Violations;
            total += scored;
        }

        Assert.Equal(BoundedQueryCount * Count, total);
        Assert.Equal(0, proved);
        Assert.InRange(probable / (double)total, 0.01, 0.04);
        Assert.True(KeptCount(block, FastBounds.Default) < KeptCount(block, bounds: null));
        Assert.True(KeptCount(block, bounds: null) < total);
    }

    // Lists are made by L2. Ranked by the inner product with their centres they had to be visited eight times as often.
    [Fact]
    public void Lists_are_ranked_by_the_distance_that_they_were_made_by()
    {
        var random = new Random(31);
        var vectors = new VectorSet(64, VectorMetric.InnerProduct,
            [.. Enumerable.Range(0, Count).Select(number =>
            {
                var topic = VectorSet.Normal(new Random(1_000 + (number % 50)), 64, 1);
                return topic.Zip(VectorSet.Normal(random, 64, 0.2), (a, b) => (1 + (number % 50)) * (a + b)).ToArray();
            })]);
        using var block = vectors.Open(lists: 50);
        var query = vectors.Vectors[3];
        block.Enter();
        try
        {
            var scratch = new SearchScratch(block.Format);
            scratch.Query.SetValues(query);
            scratch.Query.SetBytes(block.Rotation, block.RotatedMean);
            scratch.Query.SetTables();
            var task = new BlockTask(block, 0, null, FastBounds.Default, ListsOnly, scratch);
            var lists = new ListBounds<PortableKernels>(task, slack: 0);
            lists.Compute();
            Assert.True(lists.TryTake(float.NegativeInfinity, out var first, out _));
            Assert.Equal(Nearest(block, query), first);
        }
        finally
        {
            block.Leave();
        }
    }

    private static unsafe int Nearest(VectorBlock block, float[] query)
    {
        var centres = (float*)block.At(VectorSection.Centres) + block.Format.Stride;
        return Enumerable.Range(0, block.Format.ListCount).MinBy(list => Enumerable.Range(0, query.Length)
            .Sum(at => Math.Pow(query[at] - At(centres, (list * block.Format.Stride) + at), 2)));

        static float At(float* values, int at) => values[at];
    }

    private static VectorSet Unit(VectorSet vectors) => new(128, VectorMetric.InnerProduct,
        [.. vectors.Vectors.Select(vector =>
        {
            var norm = MathF.Sqrt(vector.Sum(value => value * value));
            return vector.Select(value => norm > 0 ? value / norm : 0).ToArray();
        })]);

    private static float[][] Queries()
    {
        var random = new Random(22);
        var vectors = Clustered.Value.Vectors.Vectors;
        return
        [
            .. Enumerable.Range(0, QueryCount).Select(_ => vectors[random.Next(Count)]
                .Zip(VectorSet.Normal(random, 128, 0.03), (a, b) => a + b)
                .ToArray()),
        ];
    }

    private static SearchSettings Settings(VectorPath path, FastBounds? bounds) => new(path, bounds, ListsOnly);

    private static VectorHit[] Search(VectorBlock block, float[] query, VectorPath path, FastBounds bounds) =>
        VectorSearch.Run([new VectorScope(block, null)], tail: null, query, 10, Settings(path, bounds));

    // Of all rows: how many have a greater score than their 1-bit code allows.
    private static (int Violations, int Total) Violations(VectorBlock block, float[] query, FastBounds? bounds)
    {
        var (violations, total) = (0, 0);
        Visit(block, query, bounds, (_, isKept) =>
        {
            violations += isKept ? 0 : 1;
            total++;
        });
        return (violations, total);
    }

    // How many rows the bounds let through at a threshold that few reach.
    private static int KeptCount(VectorBlock block, FastBounds? bounds)
    {
        var kept = 0;
        foreach (var query in Queries().Take(BoundedQueryCount))
        {
            Visit(block, query, bounds, (_, isKept) => kept += isKept ? 1 : 0, threshold: 0.9f);
        }

        return kept;
    }

    // Asks for each row whether its 1-bit code lets it through: at its own exact score, or at a threshold.
    private static unsafe void Visit(
        VectorBlock block,
        float[] query,
        FastBounds? bounds,
        Action<int, bool> visit,
        float? threshold = null)
    {
        block.Enter();
        try
        {
            var scratch = new SearchScratch(block.Format);
            scratch.Query.SetValues(query);
            scratch.Query.SetBytes(block.Rotation, block.RotatedMean);
            scratch.Query.SetTables();
            var task = new BlockTask(block, 0, null, bounds, ListsOnly, scratch);
            var lists = new ListBounds<PortableKernels>(task, ScoreSlack.Of(block.Header, scratch.Query.Norm));
            lists.Compute();
            var starts = (int*)block.At(VectorSection.Starts);
            var vectors = (float*)block.At(VectorSection.Originals);
            while (lists.TryTake(float.NegativeInfinity, out var list, out var constants))
            {
                for (var row = starts[list]; row < starts[list + 1]; row++)
                {
                    var score = PortableKernels.Dot(
                        scratch.Query.Values,
                        vectors + ((long)row * block.Format.Stride),
                        block.Format.Stride);
                    var kept = Kernel(
                        block.At(VectorSection.Bits) + ((long)(row / 64) * block.Format.BlockSizeBytes),
                        constants,
                        threshold ?? score);
                    visit(row, (kept & (1UL << (row % 64))) != 0);
                }
            }
        }
        finally
        {
            block.Leave();
        }
    }

    private static unsafe ulong Kernel(byte* block, ScanConstants constants, float threshold) =>
        Avx512Kernels.IsSupported
            ? Avx512Kernels.Survivors(block, constants, threshold)
            : PortableKernels.Survivors(block, constants, threshold);
}
