namespace Terroir.Inference.Onnx.Tokenizers.Decoding;

/// <summary>Writes the text of a token.</summary>
internal interface ITokenSpelling
{
    /// <summary>Whether the first space of a text is none of it: a vocabulary marks beginnings of words by
    /// it.</summary>
    bool IsFirstSpaceDropped { get; }

    /// <summary>Writes a token as bytes of UTF-8, which may end inside of a character.</summary>
    /// <param name="token">How the vocabulary spells it.</param>
    byte[] Write(string token);
}
