using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Inference.Onnx.Sampling;

/// <summary>What each token of a vocabulary adds to a text; bytes that are part of a character are U+FFFD.</summary>
internal sealed class TokenTexts
{
    private readonly string[] _texts;

    public TokenTexts(ITextCodec codec, int vocabulary)
    {
        // After a letter, a token keeps the space that it would lose at the begin of a text.
        var before = codec.Encode("a");
        _texts = new string[vocabulary];
        for (var token = 0; token < vocabulary; token++)
        {
            var decoder = codec.CreateDecoder();
            foreach (var earlier in before)
            {
                decoder.Append(earlier);
            }

            _texts[token] = decoder.Append(token) + decoder.Flush();
        }

        EndTokens = codec.EndTokens.ToHashSet();
    }

    /// <summary>The tokens that end an answer.</summary>
    public IReadOnlySet<int> EndTokens { get; }

    public int Count => _texts.Length;

    public string this[int token] => _texts[token];
}
