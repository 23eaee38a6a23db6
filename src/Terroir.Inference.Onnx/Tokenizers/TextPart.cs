namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>A part of a text.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsTemplate">Whether control tokens are read out of it: only if nobody but the operator or the model's
/// maker wrote it.</param>
public sealed record TextPart(string Text, bool IsTemplate);
