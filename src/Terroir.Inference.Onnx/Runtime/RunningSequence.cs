namespace Terroir.Inference.Onnx.Runtime;

/// <summary>A request that has a sequence of the model.</summary>
internal sealed class RunningSequence(GenerationRequest request, ITextCodec codec, int index)
{
    private readonly ITextDecoder _decoder = codec.CreateDecoder();

    public GenerationRequest Request => request;

    /// <summary>The sequence of the model.</summary>
    public int Index => index;

    /// <summary>The token to read next, once the prompt is read.</summary>
    public int Token { get; private set; } = -1;

    /// <summary>The tokens of the answer so far.</summary>
    public List<int> Answer { get; } = [];

    /// <summary>Chooses the next token, sends its text, and returns whether the answer goes on.</summary>
    /// <param name="logits">Of the next token.</param>
    /// <param name="hasRoom">Whether the sequence has room for it.</param>
    public bool Take(ReadOnlySpan<float> logits, bool hasRoom)
    {
        Token = Choose(logits);
        if (codec.EndTokens.Contains(Token))
        {
            return Finish(GenerationEnd.Stop);
        }

        Answer.Add(Token);
        var text = request.Stops.Append(_decoder.Append(Token));
        if (request.Stops.IsStopped || (Answer.Count < request.TokensMax && hasRoom))
        {
            Send(text, request.Stops.IsStopped ? GenerationEnd.Stop : null);
            return !request.Stops.IsStopped;
        }

        Send(text, end: null);
        return Finish(GenerationEnd.Length);
    }

    private bool Finish(GenerationEnd end)
    {
        var rest = request.Stops.Append(_decoder.Flush());
        var isStopped = request.Stops.IsStopped;
        Send(rest + request.Stops.Flush(), isStopped ? GenerationEnd.Stop : end);
        return false;
    }

    private int Choose(ReadOnlySpan<float> logits)
    {
        if (request.Mask is not { } mask)
        {
            return request.Sampler.Next(logits);
        }

        var masked = logits.ToArray();
        mask.Apply(masked);
        var token = request.Sampler.Next(masked);
        mask.Accept(token);
        return token;
    }

    // The channel has room for all that an answer can send.
    private void Send(string text, GenerationEnd? end)
    {
        request.Updates.Writer.TryWrite(new GenerationUpdate(text, end, Answer.Count));
        if (end is not null)
        {
            request.Updates.Writer.TryComplete();
        }
    }
}
