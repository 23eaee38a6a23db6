namespace Terroir.Inference.Onnx.Runtime;

/// <summary>A piece of an answer.</summary>
/// <param name="Text">The text; may be empty.</param>
/// <param name="End">Why the answer ends here; none where it goes on.</param>
/// <param name="Tokens">The tokens of the answer so far.</param>
internal sealed record GenerationUpdate(string Text, GenerationEnd? End, int Tokens);
