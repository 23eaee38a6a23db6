namespace Terroir.Inference.Onnx.Weights;

/// <summary>How the vectors of tokens become that of a text.</summary>
public enum Pooling
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The vector of the first token.</summary>
    First,
}
