using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>Writes both ends of a decoder: the rows of tokens, and the products with all tokens. Tied ends share their
/// bytes.</summary>
internal sealed class EmbeddingWriter(IWeightSource source, OnnxGraphWriter graph, LinearWriter linear)
{
    private readonly ModelShape _shape = source.Shape;
    private StoredMatrix? _shared;

    /// <summary>Looks the tokens up: (batch, length, hidden).</summary>
    public string Lookup()
    {
        var matrix = linear.StoreLookup(Matrix(TensorNames.Embedding));
        _shared = _shape.TiedEmbeddings ? matrix : null;
        const string Name = "embedding";
        if (matrix.Format is not { } format)
        {
            var rows = graph.Constant(Name, OnnxElement.Float, matrix.Values, matrix.Rows, matrix.Columns);
            return graph.Node("Gather", string.Empty, [rows, GraphNames.Tokens]);
        }

        var blocks = format.Blocks(matrix.Columns);
        var codes = graph.Constant(
            $"{Name}.codes",
            OnnxElement.Byte,
            matrix.Values,
            matrix.Rows,
            (long)blocks * format.CodeBytes);
        var scales = graph.Constant($"{Name}.scales", OnnxElement.Float, matrix.Scales, matrix.Rows, blocks);
        return graph.Node(
            "GatherBlockQuantized",
            OnnxGraphWriter.Contrib,
            [codes, GraphNames.Tokens, scales],
            OnnxAttribute.Of("gather_axis", 0),
            OnnxAttribute.Of("quantize_axis", 1),
            OnnxAttribute.Of("block_size", format.Length),
            OnnxAttribute.Of("bits", format.Bits));
    }

    /// <summary>Multiplies the last token of each sequence with all tokens: (batch, 1, vocabulary).</summary>
    public void Logits(string normed)
    {
        var last = graph.Constant("last", [-1L], 1);
        var input = graph.Node("Gather", string.Empty, [normed, last], OnnxAttribute.Of("axis", 1));
        var logits = _shared is { } shared
            ? linear.Multiply(input, shared, "output")
            : linear.Write(input, Matrix(_shape.TiedEmbeddings ? TensorNames.Embedding : TensorNames.Output), "output");
        graph.Node("Identity", string.Empty, [logits], [GraphNames.Logits]);
        graph.Output(GraphNames.Logits, OnnxElement.Float, "batch", "1", $"{_shape.Vocabulary}");
    }

    private WeightMatrix Matrix(string name) =>
        new(Tensors.Expect(source, name, _shape.Vocabulary, _shape.Hidden));
}
