namespace Terroir.Inference.Onnx.Tokenizers.Normalization;

/// <summary>Normalizers one after another.</summary>
internal sealed class NormalizerSequence(IReadOnlyList<INormalizer> steps) : INormalizer
{
    public AlignedRune[] Normalize(AlignedRune[] text) =>
        steps.Aggregate(text, (current, step) => step.Normalize(current));
}
