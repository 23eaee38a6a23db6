using System.Runtime.InteropServices;
using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>A code point of a text as it is after normalisation, and where it comes from.</summary>
/// <param name="Value">The code point.</param>
/// <param name="Start">Where its source begins: a byte offset in the UTF-8 form of the original text.</param>
/// <param name="End">Where its source ends, exclusive; <paramref name="Start"/> if it was inserted.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AlignedRune(Rune Value, int Start, int End);
