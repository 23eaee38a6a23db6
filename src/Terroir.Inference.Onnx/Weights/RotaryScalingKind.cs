namespace Terroir.Inference.Onnx.Weights;

/// <summary>How rotary positions are stretched beyond the context of the first training.</summary>
public enum RotaryScalingKind
{
    /// <summary>They are not.</summary>
    None,

    /// <summary>All frequencies are divided by the factor.</summary>
    Linear,

    /// <summary>Llama 3.1: low frequencies are divided, high ones kept, those between interpolated.</summary>
    Llama3,

    /// <summary>YaRN (Peng et al. 2023, arXiv:2309.00071).</summary>
    Yarn,
}
