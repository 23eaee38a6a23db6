namespace Terroir.Bench.Vectors;

/// <summary>Vectors as encoders make them of documents, as far as that can be imitated: topics of very different
/// size, each with a subspace of its own, in a space whose directions are of unequal weight.</summary>
internal static class SyntheticVectors
{
    private const int TopicCount = 3_000;
    private const int LocalDimensions = 40;
    private const double LocalDeviation = 0.11;
    private const double NoiseDeviation = 0.012;

    public static VectorWork Create(int count, int queryCount, int dimensions)
    {
        var random = new Random(20_261_126);
        var weights = Enumerable.Range(0, dimensions).Select(at => 1 / Math.Sqrt(1 + (at / 48.0))).ToArray();
        var topics = Enumerable.Range(0, TopicCount).Select(_ => new Topic(random, weights)).ToArray();
        var shares = new double[TopicCount];
        var sum = 0.0;
        for (var topic = 0; topic < TopicCount; topic++)
        {
            shares[topic] = sum += 1.0 / (topic + 1);
        }

        float[] Draw(int rows)
        {
            var values = new float[rows * dimensions];
            for (var row = 0; row < rows; row++)
            {
                var found = Array.BinarySearch(shares, random.NextDouble() * sum);
                topics[Math.Min(found < 0 ? ~found : found, TopicCount - 1)]
                    .Draw(random, values.AsSpan(row * dimensions, dimensions));
            }

            return values;
        }

        return new VectorWork("synthetic", dimensions, Draw(count), Draw(queryCount));
    }

    /// <summary>A normally distributed number.</summary>
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private sealed class Topic
    {
        private readonly float[] _centre;
        private readonly float[][] _directions;
        private readonly double[] _weights;

        public Topic(Random random, double[] weights)
        {
            _weights = weights;
            _centre = Direction(random);
            _directions = [.. Enumerable.Range(0, LocalDimensions).Select(_ => Direction(random))];
        }

        public void Draw(Random random, Span<float> target)
        {
            _centre.CopyTo(target);
            foreach (var direction in _directions)
            {
                var length = (float)(LocalDeviation * Normal(random));
                for (var at = 0; at < target.Length; at++)
                {
                    target[at] += length * direction[at];
                }
            }

            for (var at = 0; at < target.Length; at++)
            {
                target[at] += (float)(NoiseDeviation * Normal(random));
            }

            VectorWork.Normalise(target);
        }

        private float[] Direction(Random random)
        {
            var direction = _weights.Select(weight => (float)(weight * Normal(random))).ToArray();
            VectorWork.Normalise(direction);
            return direction;
        }
    }
}
