namespace Terroir.Inference.Onnx.Tokenizers.PreTokenization;

/// <summary>Where a mark of a space is written before a piece.</summary>
internal enum PrefixPlace
{
    /// <summary>Nowhere.</summary>
    Never,

    /// <summary>Before the text.</summary>
    First,

    /// <summary>Before every piece.</summary>
    Always,
}
