using System.Buffers.Binary;

namespace Terroir.Retrieval.Vectors;

/// <summary>What a block says of itself.</summary>
/// <param name="Metric">How near two vectors are.</param>
/// <param name="Dimensions">Components of a vector.</param>
/// <param name="RowCount">Vectors.</param>
/// <param name="ListCount">Lists.</param>
/// <param name="NormMax">The greatest norm of a vector.</param>
/// <param name="CodeNormMax">The greatest norm of what a byte code stands for.</param>
/// <param name="Gain">By how much the inner product with a 1-bit code is too small, on average.</param>
/// <param name="Seed">Which rotation was applied.</param>
internal sealed record VectorBlockHeader(
    VectorMetric Metric,
    int Dimensions,
    int RowCount,
    int ListCount,
    float NormMax,
    float CodeNormMax,
    float Gain,
    ulong Seed)
{
    /// <summary>Writes the header.</summary>
    /// <param name="target"><see cref="VectorBlockFormat.HeaderSizeBytes"/> bytes, which are 0.</param>
    public void Write(Span<byte> target)
    {
        VectorBlockFormat.Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt16LittleEndian(target[4..], VectorBlockFormat.Version);
        target[6] = (byte)Metric;
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], Dimensions);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], RowCount);
        BinaryPrimitives.WriteInt32LittleEndian(target[16..], ListCount);
        BinaryPrimitives.WriteSingleLittleEndian(target[20..], NormMax);
        BinaryPrimitives.WriteSingleLittleEndian(target[24..], CodeNormMax);
        BinaryPrimitives.WriteSingleLittleEndian(target[28..], Gain);
        BinaryPrimitives.WriteUInt64LittleEndian(target[32..], Seed);
    }

    /// <summary>Reads a header whose magic and version are right.</summary>
    /// <returns>The header, or <see langword="null"/> where a value is out of its range.</returns>
    public static VectorBlockHeader? Read(ReadOnlySpan<byte> bytes)
    {
        var header = new VectorBlockHeader(
            (VectorMetric)bytes[6],
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadSingleLittleEndian(bytes[20..]),
            BinaryPrimitives.ReadSingleLittleEndian(bytes[24..]),
            BinaryPrimitives.ReadSingleLittleEndian(bytes[28..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]));
        return Enum.IsDefined(header.Metric)
            && header.Dimensions is >= 1 and <= VectorLimits.DimensionsMax
            && header.RowCount >= 0
            && header.ListCount >= 1
            && header.ListCount <= Math.Max(1, header.RowCount)
            ? header
            : null;
    }
}
