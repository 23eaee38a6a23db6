using System.Buffers.Binary;
using Terroir.Inference.Onnx.Weights;
using Terroir.Inference.Onnx.Weights.Gguf;

namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>Takes the vocabulary out of a GGUF file: the same file without tensors.</summary>
internal static class VocabularyExtract
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "vocabulary.gguf";

    private const int HeaderBytes = 24;
    private const int TensorCountOffset = 8;

    /// <summary>Reads the header with all its keys and values, and no tensor.</summary>
    /// <exception cref="WeightsUnusableException">The file is damaged.</exception>
    public static byte[] Read(string path)
    {
        using var mapped = MappedWeights.Open(path);
        var reader = new GgufReader(mapped);
        reader.Take(HeaderBytes - sizeof(ulong));
        GgufMetadata.Read(reader, mapped.Name, reader.ReadUInt64());
        var header = mapped.Read(0, checked((int)reader.Position)).ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(TensorCountOffset), 0);
        return header;
    }
}
