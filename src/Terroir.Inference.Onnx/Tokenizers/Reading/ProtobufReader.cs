using System.Buffers.Binary;
using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>Reads the fields of a message in the wire format of Protocol Buffers.</summary>
/// <remarks>See protobuf.dev/programming-guides/encoding. Groups, which are deprecated, are refused.</remarks>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int VarintLengthMax = 10;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The number of the field.</summary>
    public int Field { get; private set; }

    /// <summary>The value of a whole number, or the bits of a fixed one.</summary>
    public ulong Value { get; private set; }

    /// <summary>The value of a text, of bytes or of a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The value as a text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>The value as a number of 32 bits with a fraction.</summary>
    public readonly float Single => BitConverter.UInt32BitsToSingle((uint)Value);

    /// <summary>Goes to the next field.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="InvalidDataException">The message is damaged.</exception>
    public bool Read()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = ReadVarint();
        Field = (int)(tag >> 3);
        Bytes = default;
        switch (tag & 7)
        {
            case 0:
                Value = ReadVarint();
                return true;
            case 1:
                Value = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
                return true;
            case 2:
                Bytes = Take(ReadVarint());
                return true;
            case 5:
                Value = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
                return true;
            default:
                throw new InvalidDataException("The message has a field of an unknown kind.");
        }
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var index = 0; index < VarintLengthMax; index++)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << (7 * index);
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number of the message is too long.");
    }

    private ReadOnlySpan<byte> Take(ulong size)
    {
        if (size > (ulong)_rest.Length)
        {
            throw new InvalidDataException("The message ends too early.");
        }

        var taken = _rest[..(int)size];
        _rest = _rest[(int)size..];
        return taken;
    }
}
