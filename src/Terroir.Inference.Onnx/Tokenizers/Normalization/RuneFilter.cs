namespace Terroir.Inference.Onnx.Tokenizers.Normalization;

/// <summary>Leaves code points out.</summary>
/// <param name="keeps">Whether a code point stays.</param>
internal sealed class RuneFilter(Predicate<AlignedRune> keeps) : INormalizer
{
    public AlignedRune[] Normalize(AlignedRune[] text) => Array.FindAll(text, keeps);
}
