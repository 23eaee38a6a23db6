namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>How a text is cut.</summary>
[Flags]
public enum EncodeOptions
{
    /// <summary>The tokens of the text and no other.</summary>
    None = 0,

    /// <summary>Adds the control tokens that the model wants around a text, such as a mark of its beginning.</summary>
    AddControl = 1,

    /// <summary>Reads control tokens out of the text: only for text that the operator or the model's maker wrote.
    /// </summary>
    ReadControl = 2,
}
