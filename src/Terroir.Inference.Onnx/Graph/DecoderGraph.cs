using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>Writes the graph of a decoder: Llama, Mistral, Qwen2 and Qwen3.</summary>
/// <remarks>Inputs and outputs are described in <c>docs/formats/model.md</c>. Keys and values of the past and of the
/// present may share one buffer.</remarks>
internal sealed class DecoderGraph(
    IWeightSource source,
    OnnxGraphWriter graph,
    LinearWriter linear,
    AdapterWriter adapters)
{
    private readonly ModelShape _shape = source.Shape;
    private readonly HeadLayout _heads = new(source.Shape);

    public void Write()
    {
        graph.Input(GraphNames.Tokens, OnnxElement.LongInteger, "batch", "length");
        graph.Input(GraphNames.Last, OnnxElement.Integer, "batch");
        graph.Input(GraphNames.Total, OnnxElement.Integer);
        var (cosines, sines) = RotaryTable.Create(_shape, _heads.StoredSize);
        var attention = new AttentionWriter(source, graph, linear, adapters, _heads);
        attention.WriteTables(cosines, sines);

        var embedding = new EmbeddingWriter(source, graph, linear);
        var residual = embedding.Lookup();
        var norms = new NormWriter(source, graph);
        var normed = norms.Norm(residual, TensorNames.OfLayer(0, TensorNames.AttentionNorm));
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            var attended = attention.Write(layer, normed);
            (normed, residual) =
                norms.AddNorm(residual, attended, TensorNames.OfLayer(layer, TensorNames.FeedForwardNorm));
            var fed = FeedForward(layer, normed);
            (normed, residual) = norms.AddNorm(
                residual,
                fed,
                layer + 1 < _shape.Layers
                    ? TensorNames.OfLayer(layer + 1, TensorNames.AttentionNorm)
                    : TensorNames.Norm);
        }

        embedding.Logits(normed);
    }

    private string FeedForward(int layer, string input)
    {
        string Project(string name, string from, int rows, int columns) => adapters.Add(layer, name, from, linear.Write(
            from,
            new WeightMatrix(Tensors.Expect(source, TensorNames.OfLayer(layer, name), rows, columns)),
            TensorNames.OfLayer(layer, name)));
        var (hidden, inner) = (_shape.Hidden, _shape.FeedForward);
        var gate = Project(TensorNames.Gate, input, inner, hidden);
        var up = Project(TensorNames.Up, input, inner, hidden);

        // x * sigmoid(x) is SiLU.
        var activated = graph.Node("QuickGelu", OnnxGraphWriter.Contrib, [gate], OnnxAttribute.Of("alpha", 1f));
        return Project(TensorNames.Down, graph.Node("Mul", string.Empty, [activated, up]), hidden, inner);
    }
}
