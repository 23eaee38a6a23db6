using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Terroir.Inference.Onnx.Adapters;
using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Sampling;

namespace Terroir.Inference.Onnx.Runtime;

/// <summary>A language model on this machine as a chat client. Safe to call from several threads at once: requests
/// share its runs.</summary>
/// <remarks>The same model, prompt, seed and settings give the same text while requests do not overlap; sums of a
/// shared run may round in another way. Greedy by default.</remarks>
public sealed class OnnxChatClient : IChatClient, IAsyncDisposable
{
    /// <summary>The key of <see cref="ChatOptions.AdditionalProperties"/> for <see cref="SamplingOptions.MinP"/>, a
    /// <see langword="float"/>.</summary>
    public const string MinPKey = "min_p";

    /// <summary>The key for <see cref="SamplingOptions.RepetitionPenalty"/>, a <see langword="float"/>.</summary>
    public const string RepetitionPenaltyKey = "repetition_penalty";

    /// <summary>The key for the number of passages that may be cited as <c>[1]</c> to <c>[k]</c>, an
    /// <see langword="int"/>: other square brackets cannot appear. Absent, brackets are free.</summary>
    public const string CitationsKey = "citations";

    /// <summary>The key for a <see cref="PrefixKey"/>.</summary>
    public const string PrefixKeyKey = "prefix_key";

    /// <summary>The key for a <see cref="LoraAdapter"/> of this model.</summary>
    public const string AdapterKey = "adapter";

    private const int StopsMax = 16;

    private readonly ITextCodec _codec;
    private readonly OnnxChatClientOptions _options;
    private readonly GenerationLoop _loop;
    private readonly LogitMasks _masks;

    /// <summary>Makes a client. The model is loaded by the first request.</summary>
    /// <param name="graphFolder">The folder that <see cref="ModelImport"/> wrote.</param>
    /// <param name="codec">The tokenizer of the model.</param>
    /// <param name="options">How it serves.</param>
    /// <param name="timeProvider">The clock of the idle time.</param>
    /// <exception cref="WeightsUnusableException">The folder holds no graph of this version.</exception>
    public OnnxChatClient(
        string graphFolder,
        ITextCodec codec,
        OnnxChatClientOptions options,
        TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options is not { QueueMax: > 0, OutputTokensMax: > 0 })
        {
            throw new ArgumentException("A setting is out of its range.", nameof(options));
        }

        var shape = GraphManifest.Read(graphFolder).Shape;
        Context = Math.Min(options.Model.Context ?? shape.Context, shape.Context);
        _codec = codec;
        _options = options;
        _masks = new LogitMasks(codec, shape.Vocabulary);
        _loop = new GenerationLoop(
            () => new BatchedDecoder(OnnxModel.Load(graphFolder, options.Model), codec),
            options,
            timeProvider);
    }

    /// <summary>Whether the model is in memory.</summary>
    public bool IsLoaded => _loop.IsLoaded;

    /// <summary>How many tokens a prompt and its answer have together at most.</summary>
    public int Context { get; }

    /// <summary>Counts the tokens of a conversation, with what the model's format adds.</summary>
    /// <param name="messages">The conversation.</param>
    /// <exception cref="TokenizerUnusableException">The model's format of conversations is not known.</exception>
    public int CountTokens(IReadOnlyList<ChatMessage> messages) => Encode(messages).Count;

    /// <inheritdoc/>
    /// <exception cref="ModelLimitException">The prompt is too long, or too many requests wait.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ModelLimitException">The prompt is too long, or too many requests wait.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        await foreach (var update in ContinueAsync(Encode(messages), options, cancellationToken))
        {
            yield return update;
        }
    }

    /// <summary>Continues a text, outside any conversation.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">As for a conversation.</param>
    /// <param name="cancellationToken">Stops before the next token.</param>
    /// <exception cref="ModelLimitException">The prompt is too long, or too many requests wait.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> CompleteAsync(
        string text,
        ChatOptions? options,
        CancellationToken cancellationToken)
    {
        int[] begin = _codec.BeginToken is { } token ? [token] : [];
        return ContinueAsync([.. begin, .. _codec.Encode(text)], options, cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
        {
            return null;
        }

        return serviceType == typeof(ChatClientMetadata)
            ? new ChatClientMetadata("onnx", providerUri: null, _options.ModelId)
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Ends the requests that run, and unloads the model.</summary>
    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => _ = DisposeAsync().AsTask();

    private IReadOnlyList<int> Encode(IEnumerable<ChatMessage> messages) => _codec.EncodeChat(
        [.. messages.Select(message => new ChatTurn(message.Role.Value, message.Text))]);

    private async IAsyncEnumerable<ChatResponseUpdate> ContinueAsync(
        IReadOnlyList<int> prompt,
        ChatOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var request = Translate(prompt, options ?? new ChatOptions(), leave.Token);
        _loop.Enqueue(request);
        try
        {
            await foreach (var update in request.Updates.Reader.ReadAllAsync(cancellationToken))
            {
                yield return Describe(update, prompt.Count);
            }
        }
        finally
        {
            // Whoever stops reading stops the model too.
            await leave.CancelAsync();
        }
    }

    private ChatResponseUpdate Describe(GenerationUpdate update, int promptTokens)
    {
        var described = new ChatResponseUpdate(ChatRole.Assistant, update.Text) { ModelId = _options.ModelId };
        if (update.End is { } end)
        {
            described.FinishReason = end == GenerationEnd.Stop ? ChatFinishReason.Stop : ChatFinishReason.Length;
            described.Contents.Add(new UsageContent(new UsageDetails
            {
                InputTokenCount = promptTokens,
                OutputTokenCount = update.Tokens,
                TotalTokenCount = promptTokens + update.Tokens,
            }));
        }

        return described;
    }

    private GenerationRequest Translate(
        IReadOnlyList<int> prompt,
        ChatOptions options,
        CancellationToken cancellationToken)
    {
        if (options.Tools is { Count: > 0 })
        {
            throw new NotSupportedException("Models on this machine call no tools.");
        }

        if (prompt.Count == 0 || options.StopSequences is { Count: > StopsMax })
        {
            throw new ArgumentException(
                $"A prompt has a token, and a request at most {StopsMax} stop strings.",
                nameof(options));
        }

        // One place stays free: a full sequence could not wait beside others.
        if (prompt.Count >= Context)
        {
            throw new ModelLimitException(ModelLimit.Context, prompt.Count + 1, Context);
        }

        var tokensMax = Math.Clamp(options.MaxOutputTokens ?? _options.OutputTokensMax, 1, Context);
        var properties = options.AdditionalProperties;
        return new GenerationRequest
        {
            Prompt = [.. prompt],
            TokensMax = tokensMax,
            Sampler = new TokenSampler(new SamplingOptions
            {
                Temperature = options.Temperature ?? 0,
                TopK = options.TopK,
                TopP = options.TopP ?? 1,
                MinP = properties?.TryGetValue(MinPKey, out float minP) is true ? minP : 0,
                RepetitionPenalty =
                    properties?.TryGetValue(RepetitionPenaltyKey, out float penalty) is true ? penalty : 1,
                Seed = (ulong)(options.Seed ?? 0),
            }),
            Mask = MaskFor(options, prompt.Count, Math.Min(tokensMax, Context - prompt.Count)),
            Stops = new StopScanner([.. (options.StopSequences ?? []).Where(stop => stop.Length > 0)]),
            Prefix = properties?.TryGetValue(PrefixKeyKey, out PrefixKey? prefix) is true ? prefix : null,
            Adapter = properties?.TryGetValue(AdapterKey, out LoraAdapter? adapter) is true ? adapter : null,
            CancellationToken = cancellationToken,
            Updates = Channel.CreateBounded<GenerationUpdate>(tokensMax + 2),
        };
    }

    private ILogitMask? MaskFor(ChatOptions options, int promptTokens, int tokensMax)
    {
        if (options.ResponseFormat is ChatResponseFormatJson json)
        {
            var schema = json.Schema
                ?? throw new SchemaUnsupportedException("", "a model on this machine writes JSON by a schema only");
            return _masks.ForSchema(schema, promptTokens, tokensMax);
        }

        return options.AdditionalProperties?.TryGetValue(CitationsKey, out int passages) is true
            ? _masks.ForCitations(passages)
            : null;
    }
}
