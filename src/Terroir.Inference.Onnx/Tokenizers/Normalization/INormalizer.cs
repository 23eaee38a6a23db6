namespace Terroir.Inference.Onnx.Tokenizers.Normalization;

/// <summary>Changes a text before it is cut, and keeps where each code point comes from.</summary>
internal interface INormalizer
{
    /// <summary>Changes a text.</summary>
    AlignedRune[] Normalize(AlignedRune[] text);
}
