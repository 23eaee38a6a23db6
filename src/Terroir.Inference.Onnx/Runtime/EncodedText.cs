namespace Terroir.Inference.Onnx.Runtime;

/// <summary>A text, or a question and a text, as an encoder reads it, special tokens included.</summary>
/// <param name="Tokens">The tokens; at least one.</param>
/// <param name="Types">The kind of each: 0 for a text or a question, 1 for the text after it where the encoder
/// tells them apart.</param>
public sealed record EncodedText(IReadOnlyList<int> Tokens, IReadOnlyList<int> Types);
