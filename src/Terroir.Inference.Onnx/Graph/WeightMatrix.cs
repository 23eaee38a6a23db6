using System.Runtime.InteropServices;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>A matrix (outputs, inputs) made of rows of one or more tensors, and of rows of zeros.</summary>
internal sealed class WeightMatrix
{
    private readonly List<SourceRow> _rows = [];

    public WeightMatrix(int columns) => Columns = columns;

    public WeightMatrix(WeightTensor tensor)
        : this(tensor.Columns) => Add(tensor, tensor.Rows, static row => row);

    public int Rows => _rows.Count;

    public int Columns { get; }

    /// <summary>Whether every row that is not zero is stored in a type.</summary>
    public bool IsAll(WeightType type) => _rows.TrueForAll(row => row.Tensor is null || row.Tensor.Type == type);

    /// <summary>Adds rows of a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="rowOf">The row of the tensor for each, or -1 for zeros.</param>
    public void Add(WeightTensor tensor, int count, Func<int, int> rowOf)
    {
        for (var row = 0; row < count; row++)
        {
            var source = rowOf(row);
            _rows.Add(source < 0 ? default : new SourceRow(tensor, source));
        }
    }

    /// <summary>Reads a row as numbers.</summary>
    public void Read(int row, Span<float> destination)
    {
        if (_rows[row].Tensor is { } tensor)
        {
            tensor.ReadRow(_rows[row].Row, destination);
        }
        else
        {
            destination.Clear();
        }
    }

    /// <summary>The name of the tensor of a row; empty for zeros.</summary>
    public string NameOf(int row) => _rows[row].Tensor?.Name ?? string.Empty;

    /// <summary>Returns a row as it is stored; empty for zeros.</summary>
    public ReadOnlySpan<byte> Stored(int row) => _rows[row].Tensor is { } tensor ? tensor.Row(_rows[row].Row) : default;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct SourceRow(WeightTensor? Tensor, int Row);
}
