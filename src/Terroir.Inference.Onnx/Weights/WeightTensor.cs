namespace Terroir.Inference.Onnx.Weights;

/// <summary>One tensor of a model, read in place from a mapped file. Safe to read from several threads; valid while
/// its source is open.</summary>
public sealed unsafe class WeightTensor
{
    private readonly MappedWeights _file;
    private readonly byte* _start;

    internal WeightTensor(string name, WeightType type, long[] dimensions, MappedWeights file, long offset)
    {
        Name = name;
        Type = type;
        Dimensions = dimensions;
        _file = file;
        _start = file.Slice(offset, type.SizeBytes(dimensions));
        Columns = dimensions.Length == 0 ? 1 : checked((int)dimensions[^1]);
        Rows = 1;
        for (var axis = 0; axis < dimensions.Length - 1; axis++)
        {
            Rows = checked(Rows * (int)dimensions[axis]);
        }
    }

    /// <summary>The name that the models of Hugging Face use, such as
    /// <c>model.layers.0.self_attn.q_proj.weight</c>.</summary>
    public string Name { get; }

    /// <summary>How the values are stored.</summary>
    public WeightType Type { get; }

    /// <summary>The lengths of the axes, outermost first; a matrix is (outputs, inputs).</summary>
    public IReadOnlyList<long> Dimensions { get; }

    /// <summary>The product of all dimensions but the last.</summary>
    public int Rows { get; }

    /// <summary>The last dimension.</summary>
    public int Columns { get; }

    /// <summary>The stored bytes of a row.</summary>
    public int RowBytes => Columns / Type.BlockLength() * Type.BlockBytes();

    /// <summary>Returns the stored bytes of one row.</summary>
    /// <param name="row">0 to <see cref="Rows"/> - 1.</param>
    public ReadOnlySpan<byte> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        ObjectDisposedException.ThrowIf(_file.IsDisposed, this);
        return new ReadOnlySpan<byte>(_start + ((long)row * RowBytes), RowBytes);
    }

    /// <summary>Reads one row as numbers. Every stored type widens without rounding but the products of a scale and a
    /// value of Q4_K and Q6_K, which are rounded to binary32.</summary>
    /// <param name="row">0 to <see cref="Rows"/> - 1.</param>
    /// <param name="destination">Receives <see cref="Columns"/> values.</param>
    public void ReadRow(int row, Span<float> destination)
    {
        if (destination.Length != Columns)
        {
            throw new ArgumentException($"A row has {Columns} values.", nameof(destination));
        }

        WeightDecoder.Decode(Type, Row(row), destination);
    }

    /// <summary>Reads all values, row by row.</summary>
    public float[] ReadAll()
    {
        var values = new float[checked(Rows * Columns)];
        for (var row = 0; row < Rows; row++)
        {
            ReadRow(row, values.AsSpan(row * Columns, Columns));
        }

        return values;
    }
}
