namespace Terroir.Inference.Onnx.Quantisation;

/// <summary>How an imported graph stores the matrices of a model.</summary>
public enum WeightPrecision
{
    /// <summary>What costs no accuracy: Q4_0 and Q8_0 keep their bits, everything else becomes 8 bits.</summary>
    Automatic,

    /// <summary>Binary32.</summary>
    Full,

    /// <summary>8 bits with a scale for each 32 values; from Q8_0 the same bits.</summary>
    EightBits,

    /// <summary>4 bits with a scale for each 32 values; from Q4_0 the same bits.</summary>
    FourBits32,

    /// <summary>4 bits with a scale for each 128 values: the fastest and the smallest.</summary>
    FourBits128,
}
