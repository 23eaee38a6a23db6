using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Derived;

/// <summary>Reads little-endian numbers one after the other.</summary>
/// <param name="bytes">The bytes; whoever reads beyond them gets <see cref="ArgumentOutOfRangeException"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal ref struct ByteCursor(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public short Int16() => BinaryPrimitives.ReadInt16LittleEndian(Take(sizeof(short)));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public UInt128 UInt128() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));
}
