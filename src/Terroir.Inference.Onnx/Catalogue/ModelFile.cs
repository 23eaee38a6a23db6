namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>A file of a model.</summary>
/// <param name="Name">Its name, without a path.</param>
/// <param name="Sha256">The hash of its bytes.</param>
/// <param name="SizeBytes">How many bytes it has.</param>
public sealed record ModelFile(string Name, ContentHash Sha256, long SizeBytes);
