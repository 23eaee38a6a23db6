using System.Text.Json;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>What <c>model.json</c> of a graph folder says: everything that the runtime must know to feed the
/// graph.</summary>
internal sealed record GraphManifest
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "model.json";

    /// <summary>The name of the graph.</summary>
    public const string GraphName = "model.onnx";

    /// <summary>The name of the file of weights.</summary>
    public const string DataName = "model.onnx.data";

    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of the folder.</summary>
    public required int Format { get; init; }

    /// <summary>The sizes of the model.</summary>
    public required ModelShape Shape { get; init; }

    /// <summary>The precision that the import asked for.</summary>
    public required WeightPrecision Precision { get; init; }

    /// <summary>The head size of the graph: that of the model, rounded up to a multiple of 16.</summary>
    public required int StoredHeadSize { get; init; }

    /// <summary>The bytes of the file of weights.</summary>
    public required long WeightBytes { get; init; }

    /// <summary>Whether adapters can be chosen.</summary>
    public bool Adapters { get; init; }

    /// <summary>Reads the manifest of a folder.</summary>
    /// <exception cref="WeightsUnusableException">It is absent, damaged, or of another version.</exception>
    public static GraphManifest Read(string folder) => ManifestFile.Read(
        folder,
        FileName,
        GraphJson.Default.GraphManifest,
        manifest => manifest.Format == CurrentFormat
            && manifest.StoredHeadSize == new HeadLayout(manifest.Shape).StoredSize,
        manifest => ShapeRules.Check(FileName, manifest.Shape));

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, GraphJson.Default.GraphManifest);
}
