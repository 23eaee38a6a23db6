using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Terroir.Inference.Onnx.Adapters;
using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Runtime;

/// <summary>The graph bound to neighbouring sequences: keys and values stay where they are between runs, past and
/// present in one buffer.</summary>
internal sealed class BoundSequences : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue> _views = [];
    private readonly List<OrtValue> _adapterValues = [];
    private readonly IReadOnlyList<AdapterSlot> _slots;
    private LoraAdapter? _adapter;
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
        ModelShape shape)
    {
        _session = session;
        _count = count;
        var vocabulary = _vocabulary = shape.Vocabulary;
        _slots = [.. AdapterSlot.Of(shape)];
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

    /// <summary>Chooses the adapter of the next runs.</summary>
    public void Use(LoraAdapter? adapter)
    {
        if (ReferenceEquals(adapter, _adapter))
        {
            return;
        }

        _adapter = adapter;
        List<OrtValue> before = [.. _adapterValues];
        _adapterValues.Clear();
        foreach (var slot in _slots)
        {
            BindAdapter(slot.First, [slot.Inputs, 0]);
            BindAdapter(slot.Second, [0, slot.Outputs]);
        }

        before.ForEach(value => value.Dispose());
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
        _adapterValues.ForEach(value => value.Dispose());
    }

    // Where the adapter gives nothing, a value of rank 0 adds nothing.
    private void BindAdapter(string name, long[] emptyDimensions)
    {
        var value = _adapter?.Inputs.GetValueOrDefault(name) is { } given
            ? OrtValue.CreateTensorValueFromMemory(given.Values, given.Dimensions)
            : OrtValue.CreateAllocatedTensorValue(
                OrtAllocator.DefaultInstance,
                TensorElementType.Float,
                emptyDimensions);
        _adapterValues.Add(value);
        _binding.BindInput(name, value);
    }

    private OrtValue Keep(OrtValue value)
    {
        _views.Add(value);
        return value;
    }
}
