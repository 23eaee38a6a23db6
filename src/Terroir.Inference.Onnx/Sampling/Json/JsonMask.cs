namespace Terroir.Inference.Onnx.Sampling.Json;

/// <summary>Keeps an answer to a JSON text of a schema: whatever the model would rather write, the text parses, has
/// what the schema asks for, and is complete within the tokens that an answer may have.</summary>
/// <remarks>A token is allowed if all its characters are, and if the shortest way from there to the end, a token for
/// each character, still fits.</remarks>
internal sealed class JsonMask : ILogitMask
{
    private readonly JsonTokens _tokens;
    private JsonFrame? _frame;
    private int _left;

    /// <summary>Begins a text.</summary>
    /// <param name="tokens">The vocabulary.</param>
    /// <param name="root">What the text is.</param>
    /// <param name="tokensMax">How many tokens it has at most.</param>
    public JsonMask(JsonTokens tokens, SchemaNode root, int tokensMax)
    {
        _tokens = tokens;
        _frame = new JsonFrame(JsonPlace.Value, root, 0, below: null);
        _left = tokensMax;
    }

    public void Apply(Span<float> logits)
    {
        for (var token = 0; token < logits.Length; token++)
        {
            if (!Allows(token))
            {
                logits[token] = float.NegativeInfinity;
            }
        }
    }

    public void Accept(int token)
    {
        if (!_tokens.Texts.EndTokens.Contains(token))
        {
            _ = TryRead(_tokens.Texts[token], out _frame);
            _left--;
        }
    }

    private bool Allows(int token)
    {
        if (_tokens.Texts.EndTokens.Contains(token))
        {
            return JsonFrame.IsComplete(_frame);
        }

        // Most tokens are pieces of strings, so those are not read letter by letter.
        if (_frame is { Place: JsonPlace.String, Node: StringNode node }
            && _tokens.PlainCount(token) is > 0 and var count)
        {
            return _frame.Count + count <= node.LengthMax && _frame.Rest < _left;
        }

        return _tokens.Texts[token].Length > 0
            && TryRead(_tokens.Texts[token], out var next)
            && (next?.Rest ?? 0) < _left;
    }

    private bool TryRead(string text, out JsonFrame? next)
    {
        next = _frame;
        foreach (var letter in text)
        {
            if (!JsonFrame.TryRead(next, letter, out next))
            {
                return false;
            }
        }

        return true;
    }
}
