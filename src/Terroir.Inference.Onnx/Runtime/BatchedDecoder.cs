namespace Terroir.Inference.Onnx.Runtime;

/// <summary>Serves several requests with one model: each round reads a part of one prompt that waits, and then one
/// token of every answer in one run. For one thread.</summary>
internal sealed class BatchedDecoder(OnnxModel model, ITextCodec codec) : IDisposable
{
    private readonly SequencePool _pool = new(model.Sequences);
    private readonly List<RunningSequence> _prompts = [];
    private readonly List<RunningSequence> _answers = [];

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsIdle => _prompts.Count == 0 && _answers.Count == 0;

    /// <summary>Whether another request can begin.</summary>
    public bool HasRoom => _pool.HasFree;

    /// <summary>Begins a request.</summary>
    public void Begin(GenerationRequest request)
    {
        var (index, shared) = _pool.Take(request.Prompt, request.SharedUnder);
        model.Rewind(index, shared);
        model.SetAdapter(index, request.Adapter);
        _prompts.Add(new RunningSequence(request, codec, index));
    }

    /// <summary>Does one round.</summary>
    public void Step()
    {
        DropCancelled(_prompts);
        DropCancelled(_answers);
        if (_prompts.Count > 0)
        {
            ReadPrompt(_prompts[0]);
        }

        if (_answers.Count == 1)
        {
            var only = _answers[0];
            Take(only, model.Step(only.Index, only.Token));
        }
        else if (_answers.Count > 1)
        {
            ReadTokens();
        }
    }

    /// <summary>Ends every request with an error.</summary>
    public void Fail(Exception exception)
    {
        foreach (var sequence in (RunningSequence[])[.. _prompts, .. _answers])
        {
            sequence.Request.Updates.Writer.TryComplete(exception);
        }

        _prompts.Clear();
        _answers.Clear();
    }

    public void Dispose() => model.Dispose();

    private void ReadPrompt(RunningSequence sequence)
    {
        var rest = sequence.Request.Prompt.AsSpan(model.PositionOf(sequence.Index));
        var part = rest[..Math.Min(rest.Length, OnnxModel.PromptTokensMax)];
        ReadOnlySpan<float> logits;
        try
        {
            logits = model.Prefill(sequence.Index, part, sequence.Request.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            // It is dropped in the next round.
            return;
        }

        if (part.Length == rest.Length)
        {
            _prompts.Remove(sequence);
            _answers.Add(sequence);
            Take(sequence, logits);
        }
    }

    private void ReadTokens()
    {
        Span<int> tokens = stackalloc int[_answers.Max(answer => answer.Index) + 1];
        tokens.Fill(-1);
        foreach (var answer in _answers)
        {
            tokens[answer.Index] = answer.Token;
        }

        RunningSequence[] running = [.. _answers];
        model.StepAll(tokens, (index, logits) =>
            Take(Array.Find(running, answer => answer.Index == index)!, logits));
    }

    private void Take(RunningSequence sequence, ReadOnlySpan<float> logits)
    {
        // A sequence keeps room for a token: it may have to wait beside others.
        var hasRoom = model.PositionOf(sequence.Index) < model.Context - 1;
        if (!sequence.Take(logits, hasRoom))
        {
            _answers.Remove(sequence);
            Return(sequence);
        }
    }

    private void DropCancelled(List<RunningSequence> sequences)
    {
        for (var at = sequences.Count - 1; at >= 0; at--)
        {
            if (sequences[at].Request is { CancellationToken.IsCancellationRequested: true } request)
            {
                request.Updates.Writer.TryComplete(new OperationCanceledException(request.CancellationToken));
                Return(sequences[at]);
                sequences.RemoveAt(at);
            }
        }
    }

    private void Return(RunningSequence sequence)
    {
        var held = Math.Min(model.PositionOf(sequence.Index), model.Context - 1);
        model.Rewind(sequence.Index, held);
        int[] tokens = [.. sequence.Request.Prompt.Concat(sequence.Answer).Take(held)];
        _pool.Return(sequence.Index, sequence.Request.SharedUnder, tokens);
    }
}
