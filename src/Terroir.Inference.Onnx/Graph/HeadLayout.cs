using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>Where the rows of heads go when heads are padded: the attention operator wants a head size that is a
/// multiple of 16. Zero rows change no product; the scale stays that of the real size.</summary>
internal sealed class HeadLayout
{
    private const int Multiple = 16;

    private readonly bool _interleaved;

    public HeadLayout(ModelShape shape)
    {
        Size = shape.HeadSize;
        StoredSize = (shape.HeadSize + Multiple - 1) / Multiple * Multiple;
        _interleaved = shape.Rotary.Interleaved;
    }

    /// <summary>The head size of the model.</summary>
    public int Size { get; }

    /// <summary>The head size of the graph.</summary>
    public int StoredSize { get; }

    public bool IsPadded => StoredSize != Size;

    /// <summary>Returns the row that stands at a stored row of queries or keys; -1 for padding. Where halves turn
    /// against each other, each half is padded.</summary>
    public int TurningRow(int stored)
    {
        var (head, index) = (stored / StoredSize, stored % StoredSize);
        if (_interleaved)
        {
            return index < Size ? (head * Size) + index : -1;
        }

        var (half, offset) = (index / (StoredSize / 2), index % (StoredSize / 2));
        return offset < Size / 2 ? (head * Size) + (half * Size / 2) + offset : -1;
    }

    /// <summary>Returns where Hugging Face has a row of queries or keys: there halves turn. -1 stays.</summary>
    public int ToHalves(int row)
    {
        if (!_interleaved || row < 0)
        {
            return row;
        }

        var (head, index) = (row / Size, row % Size);
        return (head * Size) + (index % 2 * Size / 2) + (index / 2);
    }

    /// <summary>Returns the row that stands at a stored row of values; -1 for padding.</summary>
    public int ValueRow(int stored)
    {
        var (head, index) = (stored / StoredSize, stored % StoredSize);
        return index < Size ? (head * Size) + index : -1;
    }
}
