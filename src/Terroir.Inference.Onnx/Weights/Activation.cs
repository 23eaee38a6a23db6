namespace Terroir.Inference.Onnx.Weights;

/// <summary>The activation of the feed-forward part.</summary>
public enum Activation
{
    /// <summary>x / (1 + exp(-x)).</summary>
    Silu,
}
