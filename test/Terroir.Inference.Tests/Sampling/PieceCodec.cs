using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Inference.Onnx.Tests.Sampling;

/// <summary>A tokenizer of a test that is only decoded: printable ASCII, and pieces as vocabularies have
/// them.</summary>
internal sealed class PieceCodec : ITextCodec
{
    public static string[] Pieces { get; } =
    [
        "", .. Enumerable.Range(' ', '~' - ' ' + 1).Select(letter => $"{(char)letter}"),
        "{\"", "\":", "\": ", "\",", "\", \"", "\"}", "}}", "],", "[]", "{}", "true", " true", "null", "nul",
        "12", "0.5",
        "-1", ",\"",
        "\\n", "\\u", "été", "é", "🏥", "\uFFFD", "\n", "\t", "\"a", "a\"", "abc", "aaaaaaaaaaaaaaaaaaaa",
    ];

    public int? BeginToken => null;

    public IReadOnlyList<int> EndTokens => [0];

    public IReadOnlyList<int> Encode(string text) => [1];

    public IReadOnlyList<int> EncodeChat(IReadOnlyList<ChatTurn> messages) => [1];

    public ITextDecoder CreateDecoder() => new Decoder();

    private sealed class Decoder : ITextDecoder
    {
        public string Append(int token) => Pieces[token];

        public string Flush() => "";
    }
}
