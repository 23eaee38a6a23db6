namespace Terroir.Inference.Onnx.Weights;

/// <summary>The sizes of stored values.</summary>
internal static class WeightTypes
{
    /// <summary>How many values of a row one block holds; 1 where values stand alone.</summary>
    public static int BlockLength(this WeightType type) => type switch
    {
        WeightType.Q80 or WeightType.Q40 => 32,
        WeightType.Q4K or WeightType.Q6K => 256,
        _ => 1,
    };

    /// <summary>The bytes of one block.</summary>
    public static int BlockBytes(this WeightType type) => type switch
    {
        WeightType.F32 => 4,
        WeightType.F16 or WeightType.Bf16 => 2,
        WeightType.Q80 => 34,
        WeightType.Q40 => 18,
        WeightType.Q4K => 144,
        _ => 210,
    };

    /// <summary>The bytes of a tensor, or -1 where its last dimension is no multiple of a block or the count
    /// overflows.</summary>
    public static long SizeBytes(this WeightType type, IReadOnlyList<long> dimensions)
    {
        if (dimensions.Count > 0 && dimensions[^1] % type.BlockLength() != 0)
        {
            return -1;
        }

        var values = (Int128)1;
        foreach (var dimension in dimensions)
        {
            values *= dimension;
            if (dimension < 0 || values > long.MaxValue / 4)
            {
                return -1;
            }
        }

        return (long)(values / type.BlockLength()) is var blocks && blocks <= long.MaxValue / type.BlockBytes()
            ? blocks * type.BlockBytes()
            : -1;
    }
}
