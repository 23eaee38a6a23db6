namespace Terroir.Inference.Onnx.Runtime;

/// <summary>What an encoder needs of its tokenizer. Safe to use from several threads.</summary>
public interface IEncoderCodec
{
    /// <summary>Encodes a text, cut to a number of tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokensMax">How many tokens at most, special tokens included.</param>
    EncodedText Encode(string text, int tokensMax);

    /// <summary>Encodes a question and a text, of which the text is cut.</summary>
    /// <param name="question">The question.</param>
    /// <param name="text">The text.</param>
    /// <param name="tokensMax">How many tokens at most, special tokens included.</param>
    EncodedText EncodePair(string question, string text, int tokensMax);
}
