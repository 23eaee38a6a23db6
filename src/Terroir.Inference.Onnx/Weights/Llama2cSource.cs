using System.Buffers.Binary;

namespace Terroir.Inference.Onnx.Weights;

/// <summary>A file of llama2.c, version 0: seven 32-bit integers, then binary32 weights in a fixed order
/// (<c>run.c</c>, <c>memory_map_weights</c>).</summary>
internal sealed class Llama2cSource : IWeightSource
{
    public const int HeaderBytes = 28;

    private readonly MappedWeights _file;
    private readonly TensorTable _tensors;

    private Llama2cSource(MappedWeights file, ModelShape shape)
    {
        _file = file;
        Shape = ShapeRules.Check(file.Name, shape);
        _tensors = new TensorTable(file.Name);
        Layout(shape, (name, dimensions, offset) => _tensors.Add(name, WeightType.F32, dimensions, file, offset));
    }

    public ModelShape Shape { get; }

    public IReadOnlyList<string> Names => _tensors.Names;

    /// <summary>Whether a file has exactly the size that its header announces: the format has no other mark.</summary>
    public static bool Recognises(string path, ReadOnlySpan<byte> start) =>
        start.Length >= HeaderBytes
        && TryReadShape(start, out var shape)
        && Layout(shape, static (_, _, _) => { }) == new FileInfo(path).Length;

    public static Llama2cSource Open(string path)
    {
        var file = MappedWeights.Open(path);
        try
        {
            return TryReadShape(file.Read(0, HeaderBytes), out var shape)
                ? new Llama2cSource(file, shape)
                : throw new WeightsUnusableException(file.Name, WeightsProblem.UnknownFormat);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public WeightTensor GetTensor(string name) => _tensors.Get(name);

    public void Dispose() => _file.Dispose();

    private static bool TryReadShape(ReadOnlySpan<byte> header, out ModelShape shape)
    {
        Span<int> values = stackalloc int[7];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = BinaryPrimitives.ReadInt32LittleEndian(header[(index * 4)..]);
        }

        var (hidden, heads, vocabulary) = (values[0], values[3], values[5]);
        shape = new ModelShape
        {
            Architecture = ModelArchitecture.Llama,
            Hidden = hidden,
            FeedForward = values[1],
            Layers = values[2],
            Heads = heads,
            KeyValueHeads = values[4],
            HeadSize = heads > 0 ? hidden / heads : 0,
            Vocabulary = vocabulary == int.MinValue ? 0 : Math.Abs(vocabulary),
            Context = values[6],
            Rotary = new RotaryShape { Interleaved = true },
            TiedEmbeddings = vocabulary > 0,
        };
        return hidden is > 0 and <= 1 << 16 && values[1] is > 0 and <= 1 << 18 && values[2] is > 0 and <= 1_000
            && heads > 0 && hidden % heads == 0 && values[4] > 0 && values[4] <= heads
            && shape.Vocabulary is > 0 and <= 1 << 22 && values[6] is > 0 and <= 1 << 20;
    }

    // Returns the size of the file.
    private static long Layout(ModelShape shape, Action<string, long[], long> add)
    {
        var offset = (long)HeaderBytes;
        void Add(string name, long rows, long columns)
        {
            add(name, rows == 0 ? [columns] : [rows, columns], offset);
            offset += Math.Max(rows, 1) * columns * sizeof(float);
        }

        void AddLayers(string name, long rows, long columns)
        {
            for (var layer = 0; layer < shape.Layers; layer++)
            {
                Add(TensorNames.OfLayer(layer, name), rows, columns);
            }
        }

        var (hidden, feedForward) = (shape.Hidden, shape.FeedForward);
        var (queries, keys) = (shape.Heads * shape.HeadSize, shape.KeyValueHeads * shape.HeadSize);
        Add(TensorNames.Embedding, shape.Vocabulary, hidden);
        AddLayers(TensorNames.AttentionNorm, 0, hidden);
        AddLayers(TensorNames.Query, queries, hidden);
        AddLayers(TensorNames.Key, keys, hidden);
        AddLayers(TensorNames.Value, keys, hidden);
        AddLayers(TensorNames.AttentionOutput, hidden, queries);
        AddLayers(TensorNames.FeedForwardNorm, 0, hidden);
        AddLayers(TensorNames.Gate, feedForward, hidden);
        AddLayers(TensorNames.Down, hidden, feedForward);
        AddLayers(TensorNames.Up, feedForward, hidden);
        Add(TensorNames.Norm, 0, hidden);

        // The cosines and sines of the rotary positions, which are computed instead.
        offset += (long)shape.Context * shape.HeadSize * sizeof(float);
        if (!shape.TiedEmbeddings)
        {
            Add(TensorNames.Output, shape.Vocabulary, hidden);
        }

        return offset;
    }
}
