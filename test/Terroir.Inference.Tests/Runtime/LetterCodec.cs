using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Inference.Onnx.Tests.Runtime;

/// <summary>A tokenizer of a test: a token is one character of an alphabet; token 0 ends an answer.</summary>
internal sealed class LetterCodec : ITextCodec
{
    public const string Alphabet = "\0abcdefghijklmnopqrstuvwxyz .,[]0123456789ABCDEFGH";

    public int? BeginToken => null;

    public bool IsBroken { get; set; }

    public IReadOnlyList<int> EndTokens { get; init; } = [0];

    public IReadOnlyList<int> Encode(string text) =>
        [.. text.Select(letter => Alphabet.IndexOf(letter, StringComparison.Ordinal))];

    public IReadOnlyList<int> EncodeChat(IReadOnlyList<ChatTurn> messages) =>
        Encode(string.Concat(messages.Select(message => $"{message.Role}. {message.Text}. ")));

    public ITextDecoder CreateDecoder() => new Decoder(IsBroken);

    private sealed class Decoder(bool isBroken) : ITextDecoder
    {
        public string Append(int token)
        {
            if (isBroken)
            {
                throw new FormatException();
            }

            return token == 0 ? string.Empty : Alphabet[token].ToString();
        }

        public string Flush() => string.Empty;
    }
}
