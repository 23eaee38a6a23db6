namespace Terroir.Inference.Onnx.Graph;

/// <summary>How far an import is.</summary>
/// <param name="DoneBytes">The bytes of weights that were read.</param>
/// <param name="TotalBytes">The bytes of weights in all.</param>
public sealed record ImportProgress(long DoneBytes, long TotalBytes);
