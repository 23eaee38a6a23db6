using Microsoft.ML.OnnxRuntime;
using Terroir.Inference.Onnx.Graph;

namespace Terroir.Inference.Onnx.Runtime;

/// <summary>The graph bound to neighbouring sequences: keys and values stay where they are between runs, past and
/// present in one buffer.</summary>
internal sealed class BoundSequences : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue> _views = [];
    private readonly int[] _last;
    private readonly int[] _total = [0];
    private readonly float[] _logits;
    private readonly int _count;
    private readonly int _vocabulary;
    private long[] _tokens = [];
    private OrtValue? _tokensValue;

    public BoundSequences(
        InferenceSession session,
        IReadOnlyList<KeyValueBuffer> buffers,
        int first,
        int count,
        int vocabulary)
    {
        _session = session;
        _count = count;
        _vocabulary = vocabulary;
        _binding = session.CreateIoBinding();
        for (var index = 0; index < buffers.Count; index++)
        {
            var view = Keep(buffers[index].View(first, count));
            _binding.BindInput(GraphNames.Past(index / 2, index % 2 == 0), view);
            _binding.BindOutput(GraphNames.Present(index / 2, index % 2 == 0), view);
        }

        _last = new int[count];
        _logits = new float[count * vocabulary];
        _binding.BindInput(GraphNames.Last, Keep(OrtValue.CreateTensorValueFromMemory(_last, [count])));
        _binding.BindInput(GraphNames.Total, Keep(OrtValue.CreateTensorValueFromMemory(_total, [])));
        _binding.BindOutput(
            GraphNames.Logits,
            Keep(OrtValue.CreateTensorValueFromMemory(_logits, [count, 1, vocabulary])));
    }

    /// <summary>Runs the graph.</summary>
    /// <param name="tokens">The same number of tokens for each sequence, sequence by sequence.</param>
    /// <param name="lengths">The length of each sequence with its new tokens.</param>
    /// <param name="cancellationToken">Stops between two operators.</param>
    public void Run(ReadOnlySpan<int> tokens, ReadOnlySpan<int> lengths, CancellationToken cancellationToken)
    {
        if (_tokens.Length != tokens.Length)
        {
            _tokensValue?.Dispose();
            _tokens = new long[tokens.Length];
            _tokensValue = OrtValue.CreateTensorValueFromMemory(_tokens, [_count, tokens.Length / _count]);
            _binding.BindInput(GraphNames.Tokens, _tokensValue);
        }

        for (var index = 0; index < tokens.Length; index++)
        {
            _tokens[index] = tokens[index];
        }

        _total[0] = 0;
        for (var index = 0; index < _count; index++)
        {
            _last[index] = lengths[index] - 1;
            _total[0] = Math.Max(_total[0], lengths[index]);
        }

        try
        {
            using var registration = cancellationToken.UnsafeRegister(
                static options => ((RunOptions)options!).Terminate = true,
                _options);
            _session.RunWithBinding(_options, _binding);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            _options.Terminate = false;
        }
    }

    /// <summary>The logits of the last token of one sequence; valid until the next run.</summary>
    public ReadOnlySpan<float> Logits(int index) => _logits.AsSpan(index * _vocabulary, _vocabulary);

    public void Dispose()
    {
        _binding.Dispose();
        _options.Dispose();
        _tokensValue?.Dispose();
        _views.ForEach(view => view.Dispose());
    }

    private OrtValue Keep(OrtValue value)
    {
        _views.Add(value);
        return value;
    }
}
