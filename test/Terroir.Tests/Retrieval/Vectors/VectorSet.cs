using Terroir.Retrieval.Vectors;
using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Tests.Retrieval.Vectors;

/// <summary>Vectors of a test, with what a search of them must return.</summary>
internal sealed class VectorSet(int dimensions, VectorMetric metric, IReadOnlyList<float[]> vectors)
{
    /// <summary>Vectors around some centres, a few of them twice, one of them zero.</summary>
    public static VectorSet Clustered(int seed, int dimensions, int count, VectorMetric metric, int topics = 12)
    {
        var random = new Random(seed);
        var centres = Enumerable.Range(0, topics).Select(_ => Normal(random, dimensions, 1)).ToArray();
        var vectors = new List<float[]>();
        while (vectors.Count < count)
        {
            var noise = Normal(random, dimensions, 0.4);
            var vector = centres[(int)(topics * random.NextDouble() * random.NextDouble())]
                .Zip(noise, (centre, value) => centre + value)
                .ToArray();
            vectors.Add(vectors.Count % 9 == 8 ? [.. vectors[random.Next(vectors.Count)]] : vector);
        }

        if (count > 0)
        {
            vectors[count / 2] = new float[dimensions];
        }

        return new VectorSet(dimensions, metric, vectors);
    }

    public static float[] Normal(Random random, int dimensions, double deviation) =>
        [.. Enumerable.Range(0, dimensions).Select(_ => (float)(deviation
            * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
            * Math.Cos(2 * Math.PI * random.NextDouble())))];

    public int Dimensions => dimensions;

    public VectorMetric Metric => metric;

    public IReadOnlyList<float[]> Vectors => vectors;

    /// <summary>A key that says nothing of the order, and is the same for some.</summary>
    public static ulong Key(int number) => (ulong)((number * 2_654_435_761L) % 97);

    public byte[] Write(int? lists = null, IEnumerable<int>? order = null, VectorPath? path = null)
    {
        var builder = new VectorBlockBuilder(dimensions, metric, lists);
        foreach (var number in order ?? Enumerable.Range(0, vectors.Count))
        {
            builder.Add(number, Key(number), vectors[number]);
        }

        using var stream = new MemoryStream();
        builder.Write(stream, path ?? VectorPath.Best, progress: null, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    public VectorBlock Open(int? lists = null) => VectorBlock.Read(Write(lists));

    /// <summary>What a scan of everything allowed returns, without any code of the index but the portable
    /// score.</summary>
    public (int Number, float Score)[] Scan(float[] query, int count, Func<int, bool>? isAllowed = null) =>
        [.. Enumerable.Range(0, vectors.Count)
            .Where(number => isAllowed?.Invoke(number) ?? true)
            .Select(number => (Number: number, Score: Score(query, vectors[number])))
            .OrderByDescending(hit => hit.Score)
            .ThenBy(hit => vectors[hit.Number], Comparer<float[]>.Create((a, b) =>
                Bits(a).AsSpan().SequenceCompareTo(Bits(b))))
            .ThenBy(hit => Key(hit.Number))
            .ThenBy(hit => hit.Number)
            .Take(count)];

    public static ulong[] Bitmap(int count, Func<int, bool> isAllowed)
    {
        var words = new ulong[(count + 63) / 64];
        for (var number = 0; number < count; number++)
        {
            words[number / 64] |= isAllowed(number) ? 1UL << (number % 64) : 0;
        }

        return words;
    }

    private unsafe float Score(float[] query, float[] vector)
    {
        var stride = VectorLimits.Pad(dimensions, IVectorKernels.LaneCount);
        var a = new float[stride];
        var b = new float[stride];
        query.CopyTo(a, 0);
        vector.CopyTo(b, 0);
        fixed (float* first = a, second = b)
        {
            return ExactScore<PortableKernels>.Of(metric, first, second, stride);
        }
    }

    private static int[] Bits(float[] vector) => [.. vector.Select(BitConverter.SingleToInt32Bits)];
}
