namespace Terroir.Inference.Onnx.Tokenizers.Models;

/// <summary>WordPiece: the longest token that a word begins with, then the longest that the rest begins with; a word
/// that does not come out whole is one unknown token.</summary>
/// <remarks>After <c>WordpieceTokenizer</c> of google-research/bert.</remarks>
/// <param name="vocabulary">The vocabulary.</param>
/// <param name="unknownId">The token for the unknown.</param>
/// <param name="beginningPrefix">What the vocabulary writes before the beginning of a word.</param>
/// <param name="continuationPrefix">What the vocabulary writes before the rest of a word.</param>
/// <param name="wordLengthMax">A word of more code points is unknown.</param>
internal sealed class WordPieceModel(
    Vocabulary vocabulary,
    int unknownId,
    string beginningPrefix,
    string continuationPrefix,
    int wordLengthMax) : ITokenModel
{
    public void Encode(ReadOnlySpan<AlignedRune> piece, List<Token> tokens)
    {
        if (piece.IsEmpty)
        {
            return;
        }

        var count = tokens.Count;
        if (piece.Length <= wordLengthMax && TryCut(piece, tokens))
        {
            return;
        }

        tokens.RemoveRange(count, tokens.Count - count);
        tokens.Add(new Token(unknownId, piece[0].Start, piece[^1].End));
    }

    private bool TryCut(ReadOnlySpan<AlignedRune> piece, List<Token> tokens)
    {
        for (var start = 0; start < piece.Length;)
        {
            var prefix = start == 0 ? beginningPrefix : continuationPrefix;
            var spelling = string.Concat(prefix, AlignedText.Text(piece[start..]));
            var size = spelling.Length;
            var end = piece.Length;
            var id = 0;
            while (end > start && !vocabulary.TryFind(spelling.AsSpan(0, size), out id))
            {
                size -= piece[--end].Value.Utf16SequenceLength;
            }

            if (end == start)
            {
                return false;
            }

            tokens.Add(new Token(id, piece[start].Start, piece[end - 1].End));
            start = end;
        }

        return true;
    }
}
