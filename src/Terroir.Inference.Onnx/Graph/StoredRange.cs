using System.Runtime.InteropServices;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>Bytes in the file of weights.</summary>
/// <param name="Offset">Where they begin.</param>
/// <param name="SizeBytes">How many they are.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StoredRange(long Offset, long SizeBytes);
