using System.Runtime.InteropServices;

namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>A token of a text.</summary>
/// <param name="Id">Its number in the vocabulary.</param>
/// <param name="Start">Where its text begins: a byte offset in the UTF-8 form of the text.</param>
/// <param name="End">Where its text ends, exclusive; <paramref name="Start"/> for a token that the text does not hold,
/// such as a mark of its beginning.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Token(int Id, int Start, int End);
