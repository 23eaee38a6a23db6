namespace Terroir.Inference.Onnx.Quantisation;

/// <summary>How a matrix is stored in blocks along its inputs: value = (code - zero) * scale.</summary>
/// <param name="Bits">The bits of a code: 4 or 8.</param>
/// <param name="Length">How many values share a scale: 32 or 128.</param>
internal sealed record BlockFormat(int Bits, int Length)
{
    /// <summary>The code that stands for 0.</summary>
    public int Zero => 1 << (Bits - 1);

    /// <summary>The bytes of the codes of one block.</summary>
    public int CodeBytes => Length * Bits / 8;

    /// <summary>How many blocks a row of so many values takes; the last may be padded with zeros.</summary>
    public int Blocks(int columns) => (columns + Length - 1) / Length;
}
