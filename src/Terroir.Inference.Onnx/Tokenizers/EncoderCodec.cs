using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>What an encoder needs of its tokenizer. Safe to use from several threads.</summary>
/// <param name="tokenizer">The tokenizer.</param>
public sealed class EncoderCodec(ITokenizer tokenizer) : IEncoderCodec
{
    /// <inheritdoc/>
    public EncodedText Encode(string text, int tokensMax) => Encode(text, second: null, tokensMax);

    /// <inheritdoc/>
    public EncodedText EncodePair(string question, string text, int tokensMax) => Encode(question, text, tokensMax);

    private EncodedText Encode(string first, string? second, int tokensMax)
    {
        var (tokens, segments) = tokenizer.EncodeInput(first, second, tokensMax);
        return new EncodedText([.. tokens.Select(token => token.Id)], segments);
    }
}
