using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers.Decoding;

/// <summary>Of a vocabulary of WordPiece: words are put together with a space between them.</summary>
/// <remarks>Punctuation is a word of its own, so the spaces around it are not those of the text.</remarks>
/// <param name="beginningPrefix">What the vocabulary writes before the beginning of a word; may be empty.</param>
/// <param name="continuationPrefix">What it writes before the rest of one; may be empty, if the other is not.</param>
internal sealed class WordSpelling(string beginningPrefix, string continuationPrefix) : ITokenSpelling
{
    public bool IsFirstSpaceDropped => true;

    public byte[] Write(string token)
    {
        var isBeginning = token.StartsWith(beginningPrefix, StringComparison.Ordinal);
        var isRest = continuationPrefix.Length > 0
            ? token.StartsWith(continuationPrefix, StringComparison.Ordinal)
            : !isBeginning;
        var text = isRest ? token[continuationPrefix.Length..]
            : $" {(isBeginning ? token[beginningPrefix.Length..] : token)}";
        return Encoding.UTF8.GetBytes(text);
    }
}
