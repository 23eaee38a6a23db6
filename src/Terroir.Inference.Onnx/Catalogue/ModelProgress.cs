using System.Runtime.InteropServices;

namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>How far an import, or a check, is.</summary>
/// <param name="Stage">What it does.</param>
/// <param name="DoneBytes">The bytes that are done.</param>
/// <param name="TotalBytes">The bytes of the stage.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ModelProgress(ModelStage Stage, long DoneBytes, long TotalBytes);
