using Terroir.Inference.Onnx.Weights;
using Terroir.Inference.Onnx.Weights.Safetensors;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>Writes the graph of an encoder: the vectors of all tokens of one text, and its score where there is a
/// classifier.</summary>
internal sealed class EncoderGraph(EncoderSource source, OnnxGraphWriter graph, LinearWriter linear)
{
    /// <summary>The tokens: (1, length).</summary>
    public const string Tokens = "input_ids";

    /// <summary>The rows of their positions: (1, length).</summary>
    public const string Positions = "position_ids";

    /// <summary>Their kinds: (1, length).</summary>
    public const string Types = "token_type_ids";

    /// <summary>The vectors: (1, length, hidden).</summary>
    public const string Vectors = "last_hidden_state";

    /// <summary>The score: (1, 1).</summary>
    public const string Score = "score";

    private readonly EncoderShape _shape = source.Shape;

    public void Write()
    {
        foreach (var input in (string[])[Tokens, Positions, Types])
        {
            graph.Input(input, OnnxElement.LongInteger, "1", "length");
        }

        var hidden = Embed();
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            var name = $"encoder.layer.{layer}";
            var attended = Attend($"{name}.attention", hidden);
            hidden = AddNorm($"{name}.attention.output.LayerNorm", hidden, attended);
            var inner = Project($"{name}.intermediate.dense", hidden, _shape.FeedForward, _shape.Hidden);
            var activated = graph.Node("Gelu", OnnxGraphWriter.Contrib, [inner]);
            var fed = Project($"{name}.output.dense", activated, _shape.Hidden, _shape.FeedForward);
            hidden = AddNorm($"{name}.output.LayerNorm", hidden, fed);
        }

        graph.Node("Identity", string.Empty, [hidden], [Vectors]);
        graph.Output(Vectors, OnnxElement.Float, "1", "length", $"{_shape.Hidden}");
        if (_shape.HasScore)
        {
            WriteScore(hidden);
        }
    }

    private string Embed()
    {
        string Rows(string name, int count, string input)
        {
            var matrix = linear.StoreFull(new WeightMatrix(source.Matrix($"{name}.weight", count, _shape.Hidden)));
            var rows = graph.Constant(name, OnnxElement.Float, matrix.Values, matrix.Rows, matrix.Columns);
            return graph.Node("Gather", string.Empty, [rows, input]);
        }

        var words = Rows("embeddings.word_embeddings", _shape.Vocabulary, Tokens);
        var positions = Rows("embeddings.position_embeddings", _shape.Positions, Positions);
        var types = Rows("embeddings.token_type_embeddings", _shape.TokenTypes, Types);
        return AddNorm("embeddings.LayerNorm", graph.Node("Add", string.Empty, [words, types]), positions);
    }

    private string Attend(string name, string input)
    {
        string Part(string part) => Project($"{name}.self.{part}", input, _shape.Hidden, _shape.Hidden);
        var attended = graph.Node(
            "MultiHeadAttention",
            OnnxGraphWriter.Contrib,
            [Part("query"), Part("key"), Part("value")],
            OnnxAttribute.Of("num_heads", _shape.Heads));
        return Project($"{name}.output.dense", attended, _shape.Hidden, _shape.Hidden);
    }

    private string Project(string name, string input, int rows, int columns) => linear.Write(
        input,
        new WeightMatrix(source.Matrix($"{name}.weight", rows, columns)),
        name,
        source.Vector($"{name}.bias", rows));

    private string AddNorm(string name, string residual, string added) => graph.Node(
        "SkipLayerNormalization",
        OnnxGraphWriter.Contrib,
        [
            residual,
            added,
            graph.Constant($"{name}.weight", source.Vector($"{name}.weight", _shape.Hidden), _shape.Hidden),
            graph.Constant($"{name}.bias", source.Vector($"{name}.bias", _shape.Hidden), _shape.Hidden),
        ],
        OnnxAttribute.Of("epsilon", _shape.NormEpsilon));

    // The first token through a layer with tanh, and one output.
    private void WriteScore(string hidden)
    {
        string Layer(string name, string input, int rows) => linear.Write(
            input,
            new WeightMatrix(source.Whole($"{name}.weight", rows, _shape.Hidden)),
            name,
            source.WholeVector($"{name}.bias", rows));
        var first = graph.Node(
            "Gather",
            string.Empty,
            [hidden, graph.Constant("first", [0L], 1)],
            OnnxAttribute.Of("axis", 1));
        var head = graph.Node("Tanh", string.Empty, [Layer(source.HeadPrefix, first, _shape.Hidden)]);
        graph.Node("Identity", string.Empty, [Layer(source.ScoreName, head, 1)], [Score]);
        graph.Output(Score, OnnxElement.Float, "1", "1", "1");
    }
}
