namespace Terroir.Inference.Onnx.Tokenizers.PreTokenization;

/// <summary>Cuts a text into pieces that no token crosses.</summary>
internal interface IPreTokenizer
{
    /// <summary>Cuts a piece.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="isFirst">Whether it is the beginning of the text.</param>
    /// <returns>Smaller pieces, in the order of the text.</returns>
    IEnumerable<ReadOnlyMemory<AlignedRune>> Split(ReadOnlyMemory<AlignedRune> piece, bool isFirst);
}
