namespace Terroir.Inference.Onnx.Adapters;

/// <summary>A value of an input of the graph.</summary>
/// <param name="Values">The numbers, row by row.</param>
/// <param name="Dimensions">The lengths of its axes.</param>
internal sealed record AdapterTensor(float[] Values, long[] Dimensions);
