namespace Terroir.Inference.Onnx.Weights;

/// <summary>The tensors of a source by name, checked for names that stand twice and for bytes that two claim.</summary>
internal sealed class TensorTable(string file)
{
    /// <summary>More tensors than any model has: 200,000.</summary>
    public const int CountMax = 200_000;

    private readonly SortedDictionary<string, WeightTensor> _tensors = new(StringComparer.Ordinal);
    private readonly List<(MappedWeights File, long Start, long End, string Name)> _ranges = [];

    public IReadOnlyList<string> Names => [.. _tensors.Keys];

    public void Add(string name, WeightType type, long[] dimensions, MappedWeights source, long offset)
    {
        var size = type.SizeBytes(dimensions);
        if (size < 0 || !HasRows(dimensions))
        {
            throw new WeightsUnusableException(file, WeightsProblem.Malformed, name);
        }

        var tensor = new WeightTensor(name, type, dimensions, source, offset);
        if (_tensors.Count == CountMax)
        {
            throw new WeightsUnusableException(file, WeightsProblem.Malformed, name);
        }

        if (!_tensors.TryAdd(name, tensor))
        {
            throw new WeightsUnusableException(file, WeightsProblem.Duplicate, name);
        }

        _ranges.Add((source, offset, offset + size, name));
    }

    /// <summary>Looks for overlaps, once all tensors are there.</summary>
    /// <exception cref="WeightsUnusableException">Two tensors claim the same bytes.</exception>
    public void ExpectDisjoint()
    {
        foreach (var ranges in _ranges.Where(range => range.End > range.Start).GroupBy(range => range.File))
        {
            var end = 0L;
            foreach (var range in ranges.OrderBy(range => range.Start).ThenBy(range => range.End))
            {
                if (range.Start < end)
                {
                    throw new WeightsUnusableException(file, WeightsProblem.Overlapping, range.Name);
                }

                end = range.End;
            }
        }
    }

    public bool Contains(string name) => _tensors.ContainsKey(name);

    public WeightTensor Get(string name) => _tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new WeightsUnusableException(file, WeightsProblem.Incomplete, name);

    // Rows and columns are counted in 32 bits.
    private static bool HasRows(long[] dimensions)
    {
        var rows = (Int128)1;
        for (var axis = 0; axis < dimensions.Length - 1; axis++)
        {
            rows *= dimensions[axis];
        }

        return rows <= int.MaxValue && (dimensions.Length == 0 || dimensions[^1] <= int.MaxValue / 4);
    }
}
