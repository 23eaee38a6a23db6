using Terroir.Inference.Onnx.Quantisation;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>How weights become a graph.</summary>
public sealed record ImportOptions
{
    /// <summary>How matrices are stored.</summary>
    public WeightPrecision Precision { get; init; }

    /// <summary>Whether products with matrices of 4 and 8 bits round their other side to 8 bits too: several times
    /// faster, at an error below that of the weights. The default is yes.</summary>
    public bool QuantisedActivations { get; init; } = true;

    /// <summary>Whether adapters can be chosen for a request; a little slower without one. The default is no.</summary>
    public bool Adapters { get; init; }
}
