using Microsoft.ML.OnnxRuntime;
using Terroir.Inference.Onnx.Adapters;
using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Runtime;

/// <summary>A loaded model: tokens in, logits out. It remembers the tokens of each of its sequences. For one thread at
/// a time.</summary>
public sealed class OnnxModel : IDisposable
{
    /// <summary>How many tokens of a prompt are read in one run: a bound for its memory, and for how long answers
    /// beside it wait.</summary>
    public const int PromptTokensMax = 256;

    private const int SequencesMax = 64;

    private readonly InferenceSession _session;
    private readonly List<KeyValueBuffer> _buffers = [];
    private readonly Dictionary<(int First, int Count), BoundSequences> _bound = [];
    private readonly int[] _positions;
    private readonly LoraAdapter?[] _adapters;
    private readonly bool _takesAdapters;

    private OnnxModel(GraphManifest manifest, InferenceSession session, OnnxModelOptions options, int context)
    {
        Shape = manifest.Shape;
        Context = context;
        _session = session;
        _positions = new int[options.Sequences];
        _adapters = new LoraAdapter?[options.Sequences];
        _takesAdapters = manifest.Adapters;
        for (var index = 0; index < 2 * Shape.Layers; index++)
        {
            _buffers.Add(
                new KeyValueBuffer(options.Sequences, Shape.KeyValueHeads, context, manifest.StoredHeadSize));
        }
    }

    /// <summary>The sizes of the model.</summary>
    public ModelShape Shape { get; }

    /// <summary>The longest sequence, in tokens.</summary>
    public int Context { get; }

    /// <summary>How many sequences have room.</summary>
    public int Sequences => _positions.Length;

    /// <summary>Loads the graph of a folder that <see cref="ModelImport"/> wrote.</summary>
    /// <param name="graphFolder">The folder.</param>
    /// <param name="options">How it is run.</param>
    /// <exception cref="WeightsUnusableException">The folder is incomplete, damaged, or of another version.</exception>
    /// <exception cref="ModelLimitException">The model would take more memory than it may.</exception>
    public static OnnxModel Load(string graphFolder, OnnxModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options is not { Threads: > 0, Sequences: > 0 and <= SequencesMax, Context: null or > 0 })
        {
            throw new ArgumentException("A setting is out of its range.", nameof(options));
        }

        var manifest = GraphManifest.Read(graphFolder);
        var context = Math.Min(options.Context ?? manifest.Shape.Context, manifest.Shape.Context);
        var needed = MemoryBytes(manifest, options.Sequences, context);
        if (options.MemoryMaxBytes is { } allowed && needed > allowed)
        {
            throw new ModelLimitException(ModelLimit.Memory, needed, allowed);
        }

        var session = OnnxSessions.Open(graphFolder, manifest.WeightBytes, options.Threads);
        return new OnnxModel(manifest, session, options, context);
    }

    /// <summary>How much memory a model takes when all of its sequences are full: weights, keys and values, in
    /// bytes.</summary>
    /// <param name="graphFolder">The folder that <see cref="ModelImport"/> wrote.</param>
    /// <param name="options">How it is run.</param>
    /// <exception cref="WeightsUnusableException">The folder holds no graph of this version.</exception>
    public static long MemoryBytes(string graphFolder, OnnxModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var manifest = GraphManifest.Read(graphFolder);
        return MemoryBytes(
            manifest,
            options.Sequences,
            Math.Min(options.Context ?? manifest.Shape.Context, manifest.Shape.Context));
    }

    /// <summary>The tokens that a sequence holds.</summary>
    public int PositionOf(int sequence) => _positions[sequence];

    /// <summary>Chooses the adapter of a sequence that holds no token.</summary>
    /// <param name="sequence">0 to <see cref="Sequences"/> - 1.</param>
    /// <param name="adapter">The adapter; none for the model as it is.</param>
    /// <exception cref="WeightsUnusableException">The model was imported without adapters.</exception>
    public void SetAdapter(int sequence, LoraAdapter? adapter)
    {
        if (adapter is not null && !_takesAdapters)
        {
            throw new WeightsUnusableException(
                GraphManifest.FileName,
                WeightsProblem.GraphUnusable,
                nameof(ImportOptions.Adapters));
        }

        if (!ReferenceEquals(adapter, _adapters[sequence]))
        {
            Rewind(sequence, 0);
            _adapters[sequence] = adapter;
        }
    }

    /// <summary>Reads tokens into a sequence.</summary>
    /// <param name="sequence">0 to <see cref="Sequences"/> - 1.</param>
    /// <param name="tokens">At least one token.</param>
    /// <param name="cancellationToken">Stops within a run; what the runs of <see cref="PromptTokensMax"/> tokens
    /// before it read stays.</param>
    /// <returns>The logits of the token that follows: one for each token of the vocabulary, valid until the next
    /// call.</returns>
    /// <exception cref="ModelLimitException">The sequence would outgrow <see cref="Context"/>.</exception>
    public ReadOnlySpan<float> Prefill(int sequence, ReadOnlySpan<int> tokens, CancellationToken cancellationToken)
    {
        ExpectTokens(tokens);
        ExpectRoom(sequence, tokens.Length);
        var bound = Bind(sequence, 1);
        bound.Use(_adapters[sequence]);
        while (!tokens.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = tokens[..Math.Min(tokens.Length, PromptTokensMax)];
            bound.Run(part, [_positions[sequence] + part.Length], cancellationToken);
            _positions[sequence] += part.Length;
            tokens = tokens[part.Length..];
        }

        return bound.Logits(0);
    }

    /// <summary>Reads one token into a sequence.</summary>
    /// <param name="sequence">0 to <see cref="Sequences"/> - 1.</param>
    /// <param name="token">The token.</param>
    /// <returns>As <see cref="Prefill"/>.</returns>
    /// <exception cref="ModelLimitException">The sequence would outgrow <see cref="Context"/>.</exception>
    public ReadOnlySpan<float> Step(int sequence, int token)
    {
        int[] tokens = [token];
        return Prefill(sequence, tokens, CancellationToken.None);
    }

    /// <summary>Reads one token into each of the first sequences, in one run for each adapter.</summary>
    /// <param name="tokens">A token for each sequence from 0 on, or -1 for one that stays as it is; that one too must
    /// have room for a token.</param>
    /// <param name="take">Receives each sequence that read a token, and the logits that follow, in order.</param>
    /// <exception cref="ModelLimitException">A sequence would outgrow <see cref="Context"/>.</exception>
    public void StepAll(ReadOnlySpan<int> tokens, Action<int, ReadOnlySpan<float>> take)
    {
        ArgumentNullException.ThrowIfNull(take);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tokens.Length, Sequences, nameof(tokens));
        Span<int> read = stackalloc int[tokens.Length];
        Span<int> lengths = stackalloc int[tokens.Length];
        for (var sequence = 0; sequence < tokens.Length; sequence++)
        {
            // One that waits reads a token that is forgotten at once.
            ExpectRoom(sequence, 1);
            read[sequence] = Math.Max(tokens[sequence], 0);
            lengths[sequence] = _positions[sequence] + 1;
        }

        ExpectTokens(read);
        var bound = Bind(0, tokens.Length);
        Span<bool> isDone = stackalloc bool[tokens.Length];
        for (var first = 0; first < tokens.Length; first++)
        {
            if (tokens[first] < 0 || isDone[first])
            {
                continue;
            }

            bound.Use(_adapters[first]);
            bound.Run(read, lengths, CancellationToken.None);
            for (var sequence = first; sequence < tokens.Length; sequence++)
            {
                if (tokens[sequence] >= 0 && ReferenceEquals(_adapters[sequence], _adapters[first]))
                {
                    // In a run for another adapter it writes behind itself, as one that waits.
                    isDone[sequence] = true;
                    _positions[sequence]++;
                    lengths[sequence] = Math.Min(_positions[sequence] + 1, Context);
                    take(sequence, bound.Logits(sequence));
                }
            }
        }
    }

    /// <summary>Forgets the tokens of a sequence from a position on.</summary>
    /// <param name="sequence">0 to <see cref="Sequences"/> - 1.</param>
    /// <param name="position">How many tokens stay; at most <see cref="PositionOf"/>.</param>
    public void Rewind(int sequence, int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, _positions[sequence]);
        _positions[sequence] = position;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var bound in _bound.Values)
        {
            bound.Dispose();
        }

        _session.Dispose();
        _buffers.ForEach(buffer => buffer.Dispose());
    }

    private static long MemoryBytes(GraphManifest manifest, int sequences, int context) =>
        manifest.WeightBytes + (2L * manifest.Shape.Layers * sequences * manifest.Shape.KeyValueHeads * context
            * manifest.StoredHeadSize * sizeof(float));

    private BoundSequences Bind(int first, int count)
    {
        if (!_bound.TryGetValue((first, count), out var bound))
        {
            bound = new BoundSequences(_session, _buffers, first, count, Shape);
            _bound.Add((first, count), bound);
        }

        return bound;
    }

    private void ExpectTokens(ReadOnlySpan<int> tokens)
    {
        if (tokens.IsEmpty)
        {
            throw new ArgumentException("There is no token.", nameof(tokens));
        }

        foreach (var token in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(token, nameof(tokens));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, Shape.Vocabulary, nameof(tokens));
        }
    }

    private void ExpectRoom(int sequence, int count)
    {
        if (_positions[sequence] + count > Context)
        {
            throw new ModelLimitException(ModelLimit.Context, _positions[sequence] + count, Context);
        }
    }
}
