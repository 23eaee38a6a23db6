namespace Terroir.Inference.Onnx.Sampling.Json;

/// <summary>The tokens of a vocabulary as pieces of JSON. Immutable.</summary>
internal sealed class JsonTokens
{
    private readonly int[] _plainCounts;

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="texts">The vocabulary.</param>
    /// <exception cref="SchemaUnsupportedException">A printable ASCII character is no token of its own, or no token
    /// ends an answer: then a text that is begun could not always be ended.</exception>
    public JsonTokens(TokenTexts texts)
    {
        Texts = texts;
        var letters = new HashSet<char>();
        _plainCounts = new int[texts.Count];
        for (var token = 0; token < texts.Count; token++)
        {
            var text = texts[token];
            _plainCounts[token] = text.Length > 0 && text.All(IsPlain) ? text.EnumerateRunes().Count() : -1;
            if (text.Length == 1)
            {
                letters.Add(text[0]);
            }
        }

        if (texts.EndTokens.Count == 0
            || !Enumerable.Range(' ', '~' - ' ' + 1).All(letter => letters.Contains((char)letter)))
        {
            throw new SchemaUnsupportedException("", "the vocabulary of this model cannot spell every JSON text");
        }
    }

    /// <summary>What each token adds to a text.</summary>
    public TokenTexts Texts { get; }

    /// <summary>How many characters (code points) a token adds to a string; -1 if it is more than a piece of
    /// one.</summary>
    public int PlainCount(int token) => _plainCounts[token];

    private static bool IsPlain(char letter) => letter >= ' ' && letter is not ('"' or '\\' or '\uFFFD');
}
