namespace Terroir.Inference.Onnx.Tokenizers.Models;

/// <summary>Cuts a piece into tokens.</summary>
internal interface ITokenModel
{
    /// <summary>Cuts a piece and adds its tokens.</summary>
    void Encode(ReadOnlySpan<AlignedRune> piece, List<Token> tokens);
}
