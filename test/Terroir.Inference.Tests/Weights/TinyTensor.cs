namespace Terroir.Inference.Onnx.Tests.Weights;

/// <summary>A tensor of a test.</summary>
internal sealed record TinyTensor(long[] Dimensions, float[] Values);
