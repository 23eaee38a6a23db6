namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>What stands at a place of a template.</summary>
internal enum TemplatePart
{
    /// <summary>A control token.</summary>
    Control,

    /// <summary>The first text.</summary>
    First,

    /// <summary>The second text.</summary>
    Second,
}
