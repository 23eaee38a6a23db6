using System.Buffers.Binary;
using System.Text.Json;

namespace Terroir.Inference.Onnx.Weights.Safetensors;

/// <summary>Reads the header of a safetensors file: eight bytes of length, then JSON
/// (<see href="https://github.com/huggingface/safetensors#format"/>).</summary>
internal static class SafetensorsHeader
{
    /// <summary>The longest header that the format allows.</summary>
    private const long SizeBytesMax = 100_000_000;

    private const int DimensionsMax = 8;

    /// <summary>Adds the tensors of a file to a table.</summary>
    /// <param name="file">The mapped file.</param>
    /// <param name="tensors">Receives the tensors of types that are read.</param>
    /// <param name="unread">Receives the names of the others: a fault only when they are used.</param>
    /// <exception cref="WeightsUnusableException">The header or an offset is wrong.</exception>
    public static void Read(MappedWeights file, TensorTable tensors, ISet<string> unread)
    {
        var length = BinaryPrimitives.ReadUInt64LittleEndian(file.Read(0, 8));
        if (length > SizeBytesMax)
        {
            throw new WeightsUnusableException(file.Name, WeightsProblem.Malformed);
        }

        try
        {
            using var header = JsonDocument.Parse(file.Read(8, (int)length).ToArray());
            var dataOffset = 8 + (long)length;
            var covered = 0L;
            foreach (var property in header.RootElement.EnumerateObject())
            {
                if (!property.NameEquals("__metadata__"))
                {
                    covered += Add(file, property, dataOffset, tensors, unread);
                }
            }

            // The format allows no bytes that are of no tensor.
            if (covered != file.SizeBytes - dataOffset)
            {
                throw new WeightsUnusableException(
                    file.Name,
                    covered > file.SizeBytes - dataOffset ? WeightsProblem.Truncated : WeightsProblem.Malformed);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException
            or KeyNotFoundException)
        {
            throw new WeightsUnusableException(file.Name, WeightsProblem.Malformed, innerException: exception);
        }
    }

    // Returns the bytes of the tensor.
    private static long Add(
        MappedWeights file,
        JsonProperty property,
        long dataOffset,
        TensorTable tensors,
        ISet<string> unread)
    {
        var offsets = property.Value.GetProperty("data_offsets");
        var shape = property.Value.GetProperty("shape");
        if (offsets.GetArrayLength() != 2 || shape.GetArrayLength() > DimensionsMax)
        {
            throw new WeightsUnusableException(file.Name, WeightsProblem.Malformed, property.Name);
        }

        var (begin, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        if (begin < 0 || end < begin || end > long.MaxValue / 2)
        {
            throw new WeightsUnusableException(file.Name, WeightsProblem.Malformed, property.Name);
        }

        WeightType? type = property.Value.GetProperty("dtype").GetString() switch
        {
            "F32" => WeightType.F32,
            "F16" => WeightType.F16,
            "BF16" => WeightType.Bf16,
            _ => null,
        };
        if (type is not { } known)
        {
            unread.Add(property.Name);
            return end - begin;
        }

        long[] dimensions = [.. shape.EnumerateArray().Select(dimension => dimension.GetInt64())];
        if (known.SizeBytes(dimensions) != end - begin)
        {
            throw new WeightsUnusableException(file.Name, WeightsProblem.Malformed, property.Name);
        }

        tensors.Add(property.Name, known, dimensions, file, dataOffset + begin);
        return end - begin;
    }
}
