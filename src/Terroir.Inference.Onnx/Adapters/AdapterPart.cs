namespace Terroir.Inference.Onnx.Adapters;

/// <summary>One matrix of an <see cref="AdapterSlot"/>.</summary>
/// <param name="Tensor">The name of the matrix in its layer, such as <c>self_attn.q_proj.weight</c>.</param>
/// <param name="Rows">Its outputs as Hugging Face has them.</param>
/// <param name="Outputs">Its outputs in the graph.</param>
/// <param name="RowOf">The row of Hugging Face for an output of the graph; -1 for padding.</param>
internal sealed record AdapterPart(string Tensor, int Rows, int Outputs, Func<int, int> RowOf);
