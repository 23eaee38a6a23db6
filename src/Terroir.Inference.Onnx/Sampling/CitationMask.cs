namespace Terroir.Inference.Onnx.Sampling;

/// <summary>Keeps an answer within a <see cref="CitationGrammar"/>: a citation that does not exist cannot
/// appear.</summary>
internal sealed class CitationMask(CitationGrammar grammar) : ILogitMask
{
    private int _state = CitationGrammar.Outside;

    public void Apply(Span<float> logits)
    {
        var allowed = grammar.Allowed(_state);
        for (var token = 0; token < logits.Length; token++)
        {
            if (!allowed[token])
            {
                logits[token] = float.NegativeInfinity;
            }
        }
    }

    public void Accept(int token) => _state = grammar.Next(_state, token);
}
