namespace Terroir.Inference.Onnx.Weights.Gguf;

/// <summary>One tensor as the header of a GGUF file describes it.</summary>
/// <param name="Name">Its name there, such as <c>blk.0.attn_q.weight</c>.</param>
/// <param name="Type">The number of its type in ggml.</param>
/// <param name="Dimensions">The lengths of its axes, outermost first.</param>
/// <param name="Offset">Where it begins, from the begin of the data.</param>
internal sealed record GgufTensor(string Name, uint Type, long[] Dimensions, ulong Offset);
