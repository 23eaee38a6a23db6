using Terroir.Inference.Onnx.Quantisation;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>How weights become a graph.</summary>
public sealed record ImportOptions
{
    /// <summary>How matrices are stored.</summary>
    public WeightPrecision Precision { get; init; }
}
