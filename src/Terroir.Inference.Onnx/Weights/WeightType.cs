namespace Terroir.Inference.Onnx.Weights;

/// <summary>How the values of a tensor are stored.</summary>
public enum WeightType
{
    /// <summary>IEEE 754 binary32.</summary>
    F32,

    /// <summary>IEEE 754 binary16.</summary>
    F16,

    /// <summary>The upper 16 bits of a binary32.</summary>
    Bf16,

    /// <summary>GGUF Q8_0: 32 values of 8 bits with one F16 scale.</summary>
    Q80,

    /// <summary>GGUF Q4_0: 32 values of 4 bits with one F16 scale; value 8 stands for 0.</summary>
    Q40,

    /// <summary>GGUF Q4_K: 256 values of 4 bits in eight groups, each with a scale and a minimum of 6 bits.</summary>
    Q4K,

    /// <summary>GGUF Q6_K: 256 values of 6 bits in sixteen groups, each with a scale of 8 bits.</summary>
    Q6K,
}
