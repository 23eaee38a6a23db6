using Terroir.Inference.Onnx.Adapters;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>Writes grouped-query attention (Ainslie et al. 2023, arXiv:2305.13245) with its projections.</summary>
internal sealed class AttentionWriter(
    IWeightSource source,
    OnnxGraphWriter graph,
    LinearWriter linear,
    AdapterWriter adapters,
    HeadLayout heads)
{
    private const string Cosines = "cosines";
    private const string Sines = "sines";

    private readonly ModelShape _shape = source.Shape;

    public void WriteTables(float[] cosines, float[] sines)
    {
        graph.Constant(Cosines, cosines, _shape.Context, heads.StoredSize / 2);
        graph.Constant(Sines, sines, _shape.Context, heads.StoredSize / 2);
    }

    /// <summary>Writes the attention of one layer: from (batch, length, hidden) to the same.</summary>
    public string Write(int layer, string input)
    {
        string Name(string name) => TensorNames.OfLayer(layer, name);
        var packed = linear.Write(input, QueriesKeysValues(layer), Name(AdapterSlot.Packed), Biases(layer));
        packed = adapters.Add(layer, AdapterSlot.Packed, input, packed);
        string[] sources = _shape.QueryKeyNorms ? NormHeads(layer, packed) : [packed, string.Empty, string.Empty];
        var attended = Attend(layer, sources);
        if (heads.IsPadded)
        {
            attended = Unpad(layer, attended);
        }

        var output = Tensors.Expect(
            source,
            Name(TensorNames.AttentionOutput),
            _shape.Hidden,
            _shape.Heads * heads.Size);
        var bias = _shape.OutputBias
            ? Tensors.ExpectVector(source, Name(TensorNames.AttentionOutputBias), _shape.Hidden)
            : null;
        return adapters.Add(
            layer,
            TensorNames.AttentionOutput,
            attended,
            linear.Write(attended, new WeightMatrix(output), Name(TensorNames.AttentionOutput), bias));
    }

    private string Attend(int layer, string[] sources)
    {
        string Past(bool keys)
        {
            string[] dimensions = ["batch", $"{_shape.KeyValueHeads}", "capacity", $"{heads.StoredSize}"];
            graph.Input(GraphNames.Past(layer, keys), OnnxElement.Float, dimensions);
            graph.Output(GraphNames.Present(layer, keys), OnnxElement.Float, dimensions);
            return GraphNames.Past(layer, keys);
        }

        List<OnnxAttribute> attributes =
        [
            OnnxAttribute.Of("num_heads", _shape.Heads),
            OnnxAttribute.Of("kv_num_heads", _shape.KeyValueHeads),
            OnnxAttribute.Of("scale", (float)(1 / Math.Sqrt(heads.Size))),
            OnnxAttribute.Of("do_rotary", 1),
            OnnxAttribute.Of("rotary_interleaved", _shape.Rotary.Interleaved ? 1 : 0),
        ];
        if (_shape.SlidingWindow is { } window)
        {
            attributes.Add(OnnxAttribute.Of("local_window_size", window));
        }

        var output = TensorNames.OfLayer(layer, "attended");
        graph.Node(
            "GroupQueryAttention",
            OnnxGraphWriter.Contrib,
            [.. sources, Past(keys: true), Past(keys: false), GraphNames.Last, GraphNames.Total, Cosines, Sines],
            [output, GraphNames.Present(layer, keys: true), GraphNames.Present(layer, keys: false)],
            [.. attributes]);
        return output;
    }

    private WeightMatrix QueriesKeysValues(int layer)
    {
        var matrix = new WeightMatrix(_shape.Hidden);
        void Add(string name, int count, Func<int, int> rowOf) => matrix.Add(
            Tensors.Expect(source, TensorNames.OfLayer(layer, name), count * heads.Size, _shape.Hidden),
            count * heads.StoredSize,
            rowOf);
        Add(TensorNames.Query, _shape.Heads, heads.TurningRow);
        Add(TensorNames.Key, _shape.KeyValueHeads, heads.TurningRow);
        Add(TensorNames.Value, _shape.KeyValueHeads, heads.ValueRow);
        return matrix;
    }

    private float[]? Biases(int layer)
    {
        if (!_shape.QueryKeyValueBiases)
        {
            return null;
        }

        IEnumerable<float> Part(string name, int count, Func<int, int> rowOf)
        {
            var bias = Tensors.ExpectVector(source, TensorNames.OfLayer(layer, name), count * heads.Size);
            return Enumerable.Range(0, count * heads.StoredSize)
                .Select(row => rowOf(row) is >= 0 and var at ? bias[at] : 0);
        }

        return
        [
            .. Part(TensorNames.QueryBias, _shape.Heads, heads.TurningRow),
            .. Part(TensorNames.KeyBias, _shape.KeyValueHeads, heads.TurningRow),
            .. Part(TensorNames.ValueBias, _shape.KeyValueHeads, heads.ValueRow),
        ];
    }

    // Queries and keys head by head: (batch, length, heads, size). A padded head has a smaller mean square by the ratio
    // of the sizes, for which epsilon and the weights make up.
    private string[] NormHeads(int layer, string packed)
    {
        var (queries, keys) = (_shape.Heads * heads.StoredSize, _shape.KeyValueHeads * heads.StoredSize);
        string Part(string name) => TensorNames.OfLayer(layer, $"{name}.part");
        string[] parts = [Part("q"), Part("k"), Part("v")];
        var lengths = graph.Constant(TensorNames.OfLayer(layer, "parts"), [queries, keys, keys], 3);
        graph.Node("Split", string.Empty, [packed, lengths], parts, OnnxAttribute.Of("axis", -1));
        return
        [
            NormHeads(layer, parts[0], TensorNames.QueryNorm, _shape.Heads),
            NormHeads(layer, parts[1], TensorNames.KeyNorm, _shape.KeyValueHeads),
            parts[2],
        ];
    }

    private string NormHeads(int layer, string input, string weight, int count)
    {
        var name = TensorNames.OfLayer(layer, weight);
        var ratio = (double)heads.Size / heads.StoredSize;
        var real = Tensors.ExpectVector(source, name, heads.Size);
        float[] weights =
        [
            .. Enumerable.Range(0, heads.StoredSize).Select(index =>
                heads.TurningRow(index) is >= 0 and var at ? (float)(real[at] * Math.Sqrt(ratio)) : 0),
        ];
        var split = graph.Constant($"{name}.split", [0, 0, count, heads.StoredSize], 4);
        var merge = graph.Constant($"{name}.merge", [0, 0, (long)count * heads.StoredSize], 3);
        var byHead = graph.Node("Reshape", string.Empty, [input, split]);
        var normed = new NormWriter(source, graph).Norm(byHead, name, weights, (float)(_shape.NormEpsilon * ratio));
        return graph.Node("Reshape", string.Empty, [normed, merge]);
    }

    private string Unpad(int layer, string attended)
    {
        string Name(string name) => TensorNames.OfLayer(layer, $"unpad.{name}");
        var split = graph.Constant(Name("split"), [0, 0, _shape.Heads, heads.StoredSize], 4);
        var merge = graph.Constant(Name("merge"), [0, 0, (long)_shape.Heads * heads.Size], 3);
        var byHead = graph.Node("Reshape", string.Empty, [attended, split]);
        var cut = graph.Node(
            "Slice",
            string.Empty,
            [
                byHead,
                graph.Constant(Name("start"), [0L], 1),
                graph.Constant(Name("end"), [heads.Size], 1),
                graph.Constant(Name("axis"), [3L], 1),
            ]);
        return graph.Node("Reshape", string.Empty, [cut, merge]);
    }
}
