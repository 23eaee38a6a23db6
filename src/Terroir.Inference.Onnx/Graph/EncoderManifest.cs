using System.Text.Json;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>What <c>encoder.json</c> of a graph folder says.</summary>
internal sealed record EncoderManifest
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "encoder.json";

    /// <summary>The version of the folder: <see cref="GraphManifest.CurrentFormat"/>.</summary>
    public required int Format { get; init; }

    /// <summary>The sizes of the encoder.</summary>
    public required EncoderShape Shape { get; init; }

    /// <summary>The precision that the import asked for.</summary>
    public required WeightPrecision Precision { get; init; }

    /// <summary>The bytes of the file of weights.</summary>
    public required long WeightBytes { get; init; }

    /// <summary>Reads the manifest of a folder.</summary>
    /// <exception cref="WeightsUnusableException">It is absent, damaged, or of another version.</exception>
    public static EncoderManifest Read(string folder) => ManifestFile.Read(
        folder,
        FileName,
        GraphJson.Default.EncoderManifest,
        manifest => manifest.Format == GraphManifest.CurrentFormat,
        manifest => ShapeRules.Check(FileName, manifest.Shape));

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, GraphJson.Default.EncoderManifest);
}
