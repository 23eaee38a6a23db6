namespace Terroir.Inference.Onnx.Tokenizers.Normalization;

/// <summary>Takes white space away at the ends.</summary>
internal sealed class StripNormalizer(bool isLeft, bool isRight) : INormalizer
{
    public AlignedRune[] Normalize(AlignedRune[] text)
    {
        var start = 0;
        var end = text.Length;
        while (isLeft && start < end && AlignedText.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (isRight && end > start && AlignedText.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }
}
