using System.Buffers.Binary;
using System.Text;

namespace Terroir.Inference.Onnx.Weights.Gguf;

/// <summary>Reads the header of a GGUF file front to back, never past its end.</summary>
internal sealed class GgufReader(MappedWeights file)
{
    private const int StringBytesMax = 16 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The offset of the next byte.</summary>
    public long Position { get; private set; }

    public ReadOnlySpan<byte> Take(int sizeBytes)
    {
        var bytes = file.Read(Position, sizeBytes);
        Position += sizeBytes;
        return bytes;
    }

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>Reads a count of things of which each takes at least some bytes of what is left.</summary>
    public int ReadCount(int maximum, int bytesEach, string subject)
    {
        var count = ReadUInt64();
        if (count > (ulong)maximum)
        {
            throw Malformed(subject);
        }

        return (long)count <= (file.SizeBytes - Position) / bytesEach
            ? (int)count
            : throw new WeightsUnusableException(file.Name, WeightsProblem.Truncated, subject);
    }

    public string ReadString(string subject)
    {
        var length = ReadCount(StringBytesMax, 1, subject);
        try
        {
            return Utf8.GetString(Take(length));
        }
        catch (DecoderFallbackException exception)
        {
            throw new WeightsUnusableException(file.Name, WeightsProblem.Malformed, subject, exception);
        }
    }

    public WeightsUnusableException Malformed(string? subject) =>
        new(file.Name, WeightsProblem.Malformed, subject);
}
