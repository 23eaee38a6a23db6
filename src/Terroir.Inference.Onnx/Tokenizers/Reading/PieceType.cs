namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>What a piece of SentencePiece is, by its number in the file; GGUF has the same numbers.</summary>
internal enum PieceType
{
    /// <summary>Text is cut into it.</summary>
    Normal = 1,

    /// <summary>It stands for what is no piece.</summary>
    Unknown = 2,

    /// <summary>It steers the model.</summary>
    Control = 3,

    /// <summary>It is found as it is.</summary>
    UserDefined = 4,

    /// <summary>Text is not cut into it.</summary>
    Unused = 5,

    /// <summary>It stands for a byte.</summary>
    Byte = 6,
}
