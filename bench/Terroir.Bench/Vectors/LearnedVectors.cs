namespace Terroir.Bench.Vectors;

/// <summary>Vectors of real documents: latent semantic analysis of two judged collections, each sentence group a
/// document, repeated with noise until there are enough.</summary>
/// <remarks>Words weighed by log frequency and inverse document frequency; the leading right singular vectors by
/// subspace iteration (Halko, Martinsson and Tropp, 2011). Queries are the collections' own questions.</remarks>
internal static class LearnedVectors
{
    private const int RoundCount = 3;
    private const int WordDocumentsMin = 3;
    private const int PassageWordCount = 60;
    private const double NoiseDeviation = 0.25;

    public static VectorWork Create(int count, int queryCount, int dimensions)
    {
        JudgedSet[] sets = [JudgedSet.Read("scifact-en"), JudgedSet.Read("servicepublic-fr")];
        var passages = sets.SelectMany(set => set.Documents).SelectMany(document => Passages(document.Text)).ToArray();
        var questions = sets.SelectMany(set => set.Queries).Select(query => Words(query.Text).ToArray()).ToArray();
        var words = passages.SelectMany(passage => passage.Distinct(StringComparer.Ordinal))
            .GroupBy(word => word, StringComparer.Ordinal)
            .Where(group => group.Count() >= WordDocumentsMin)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select((group, at) => (group.Key, At: at, Weight: Math.Log((double)passages.Length / group.Count())))
            .ToDictionary(word => word.Key, word => (word.At, word.Weight), StringComparer.Ordinal);
        var rows = passages.Select(passage => Weigh(passage, words)).Where(row => row.Length > 0).ToArray();
        var random = new Random(7);
        var basis = Basis(rows, words.Count, dimensions, random);
        var vectors = rows.Select(row => Project(row, basis, dimensions)).ToArray();
        return new VectorWork(
            "learned",
            dimensions,
            Repeat(vectors, count, dimensions, random),
            [.. Shuffle(questions, random).Take(queryCount)
                .SelectMany(question => Project(Weigh(question, words), basis, dimensions))]);
    }

    private static T[] Shuffle<T>(T[] items, Random random)
    {
        random.Shuffle(items);
        return items;
    }

    private static IEnumerable<string[]> Passages(string text) => Words(text).Chunk(PassageWordCount);

    private static IEnumerable<string> Words(string text) => text.ToLowerInvariant()
        .Split([.. text.Where(letter => !char.IsLetterOrDigit(letter)).Distinct()])
        .Where(word => word.Length > 2);

    private static (int Word, float Weight)[] Weigh(
        string[] passage,
        Dictionary<string, (int At, double Weight)> words)
    {
        var counted = passage.Where(words.ContainsKey).CountBy(word => word, StringComparer.Ordinal)
            .Select(item => (words[item.Key].At, (float)((1 + Math.Log(item.Value)) * words[item.Key].Weight)))
            .ToArray();
        var norm = Math.Sqrt(counted.Sum(item => (double)item.Item2 * item.Item2));
        return [.. counted.Select(item => (item.At, (float)(item.Item2 / norm)))];
    }

    // The basis is word-major: the components of a word stand together.
    private static float[] Basis((int Word, float Weight)[][] rows, int wordCount, int dimensions, Random random)
    {
        var basis = new float[wordCount * dimensions];
        for (var at = 0; at < basis.Length; at++)
        {
            basis[at] = (float)SyntheticVectors.Normal(random);
        }

        for (var round = 0; round < RoundCount; round++)
        {
            var next = new float[basis.Length];
            foreach (var row in rows)
            {
                var projected = Sum(row, basis, dimensions);
                foreach (var (word, weight) in row)
                {
                    Add(next.AsSpan(word * dimensions, dimensions), projected, weight);
                }
            }

            Orthonormalise(next, wordCount, dimensions);
            basis = next;
        }

        return basis;
    }

    private static float[] Project((int Word, float Weight)[] row, float[] basis, int dimensions)
    {
        var vector = Sum(row, basis, dimensions);
        VectorWork.Normalise(vector);
        return vector;
    }

    private static float[] Sum((int Word, float Weight)[] row, float[] basis, int dimensions)
    {
        var sum = new float[dimensions];
        foreach (var (word, weight) in row)
        {
            Add(sum, basis.AsSpan(word * dimensions, dimensions), weight);
        }

        return sum;
    }

    private static void Add(Span<float> target, ReadOnlySpan<float> source, float weight)
    {
        for (var at = 0; at < target.Length; at++)
        {
            target[at] += weight * source[at];
        }
    }

    // Gram and Schmidt over the columns, each made orthogonal to those before it.
    private static void Orthonormalise(float[] basis, int wordCount, int dimensions)
    {
        var columns = new float[dimensions][];
        Parallel.For(0, dimensions, column =>
            columns[column] = [.. Enumerable.Range(0, wordCount).Select(word => basis[(word * dimensions) + column])]);
        for (var column = 0; column < dimensions; column++)
        {
            VectorWork.Normalise(columns[column]);
            var done = columns[column];
            Parallel.For(column + 1, dimensions, other =>
                Add(columns[other], done, -VectorWork.Dot(columns[other], done)));
        }

        for (var at = 0; at < basis.Length; at++)
        {
            basis[at] = columns[at % dimensions][at / dimensions];
        }
    }

    private static float[] Repeat(float[][] vectors, int count, int dimensions, Random random)
    {
        var values = new float[count * dimensions];
        var deviation = (float)(NoiseDeviation / Math.Sqrt(dimensions));
        for (var row = 0; row < count; row++)
        {
            var target = values.AsSpan(row * dimensions, dimensions);
            vectors[row % vectors.Length].CopyTo(target);
            for (var at = 0; at < dimensions && row >= vectors.Length; at++)
            {
                target[at] += (float)(deviation * SyntheticVectors.Normal(random));
            }

            VectorWork.Normalise(target);
        }

        return values;
    }
}
