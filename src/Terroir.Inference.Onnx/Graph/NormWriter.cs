using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>Writes root-mean-square norms (Zhang and Sennrich 2019, arXiv:1910.07467).</summary>
internal sealed class NormWriter(IWeightSource source, OnnxGraphWriter graph)
{
    private readonly ModelShape _shape = source.Shape;

    /// <summary>Normalises.</summary>
    public string Norm(string input, string weight) => Norm(
        input,
        weight,
        Tensors.ExpectVector(source, weight, _shape.Hidden),
        _shape.NormEpsilon);

    /// <summary>Normalises by given weights along the last axis.</summary>
    public string Norm(string input, string name, float[] weights, float epsilon) => graph.Node(
        "SimplifiedLayerNormalization",
        string.Empty,
        [input, graph.Constant(name, weights, weights.Length)],
        OnnxAttribute.Of("axis", -1),
        OnnxAttribute.Of("epsilon", epsilon),
        OnnxAttribute.Of("stash_type", 1));

    /// <summary>Adds to the residual, and normalises the sum.</summary>
    public (string Normed, string Residual) AddNorm(string residual, string added, string weight)
    {
        var (normed, sum) = ($"{weight}.normed", $"{weight}.sum");
        var values = Tensors.ExpectVector(source, weight, _shape.Hidden);
        graph.Node(
            "SkipSimplifiedLayerNormalization",
            OnnxGraphWriter.Contrib,
            [residual, added, graph.Constant(weight, values, values.Length)],
            [normed, string.Empty, string.Empty, sum],
            OnnxAttribute.Of("epsilon", _shape.NormEpsilon));
        return (normed, sum);
    }
}
