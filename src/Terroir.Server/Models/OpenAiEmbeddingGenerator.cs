using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Terroir.Audit;
using Terroir.Models;

namespace Terroir.Server.Models;

/// <summary>Embeddings of an OpenAI-compatible server (<c>POST /embeddings</c>); its failures are
/// <see cref="ModelFailedException"/>. Safe to call from several threads at once.</summary>
/// <remarks>Numbers are asked for as base64, a third of their size as text; a server that does not take that is asked
/// without it, from then on. Both forms are read, whatever was asked for. What a server says is not trusted: as many
/// embeddings as texts, all of one length, every component finite.</remarks>
internal sealed class OpenAiEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>How many texts are sent at once: llama-server and TGI refuse larger batches by default.</summary>
    internal const int BatchSize = 32;

    /// <summary>The longest embedding that is taken.</summary>
    internal const int DimensionsMax = 8_192;

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly string _model;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _timeProvider;
    private volatile bool _asksForBase64 = true;

    private OpenAiEmbeddingGenerator(
        HttpClient http,
        string endpoint,
        string model,
        TimeSpan timeout,
        TimeProvider timeProvider)
    {
        _http = http;
        _address = new Uri($"{endpoint.TrimEnd('/')}/embeddings");
        _model = model;
        _timeout = timeout;
        _timeProvider = timeProvider;
    }

    /// <summary>Makes a generator of a server of this machine, which is asked without a key. What it is sent is in the
    /// ledger, for the purpose <c>encoder</c>, before it leaves.</summary>
    /// <param name="endpoint">The base address of the server.</param>
    /// <param name="model">The encoder, by the name that the server knows.</param>
    /// <param name="timeout">How long a batch may take.</param>
    /// <param name="log">The ledger; <see langword="null"/> where nothing of the site is sent.</param>
    /// <param name="timeProvider">The clock of the time-out.</param>
    public static OpenAiEmbeddingGenerator Open(
        string endpoint,
        string model,
        TimeSpan timeout,
        EventLog? log,
        TimeProvider timeProvider) => new(
            ModelConnection.Open(new ModelGate([]), key: null, log, "encoder"),
            endpoint,
            model,
            timeout,
            timeProvider);

    /// <inheritdoc/>
    /// <exception cref="ModelFailedException">The server failed, or what it sent are no embeddings.</exception>
    /// <exception cref="TerroirException">What would be sent cannot be logged, and was not sent.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var all = new GeneratedEmbeddings<Embedding<float>> { Usage = new UsageDetails() };
        foreach (var batch in values.Chunk(BatchSize))
        {
            using var deadline = new CancellationTokenSource(_timeout, _timeProvider);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
            try
            {
                Take(await AskAsync(batch, options, stop.Token), batch.Length, all);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new ModelFailedException(ModelFailure.TimedOut, status: 0);
            }
            catch (Exception exception) when (OpenAiChatClient.IsFailure(exception))
            {
                throw OpenAiChatClient.Describe(exception);
            }
        }

        return all;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
        {
            return null;
        }

        return serviceType == typeof(EmbeddingGeneratorMetadata)
            ? new EmbeddingGeneratorMetadata("openai", _address, _model)
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<EmbeddingReply> AskAsync(
        string[] batch,
        EmbeddingGenerationOptions? options,
        CancellationToken cancellationToken)
    {
        var asksForBase64 = _asksForBase64;
        using var response = await PostAsync(batch, options, asksForBase64, cancellationToken);
        if (asksForBase64 && response.StatusCode is (HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity))
        {
            using var second = await PostAsync(batch, options, asksForBase64: false, cancellationToken);
            var reply = await ReadAsync(second, cancellationToken);
            _asksForBase64 = false;
            return reply;
        }

        return await ReadAsync(response, cancellationToken);
    }

    private Task<HttpResponseMessage> PostAsync(
        string[] batch,
        EmbeddingGenerationOptions? options,
        bool asksForBase64,
        CancellationToken cancellationToken)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal) { ["model"] = _model, ["input"] = batch };
        if (asksForBase64)
        {
            body["encoding_format"] = "base64";
        }

        if (options?.Dimensions is { } dimensions)
        {
            body["dimensions"] = dimensions;
        }

        return _http.PostAsJsonAsync(_address, body, cancellationToken);
    }

    private static async Task<EmbeddingReply> ReadAsync(
        HttpResponseMessage response,
        CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        return !response.IsSuccessStatusCode
            ? throw new ModelFailedException(OpenAiChatClient.FailureOf(status), status)
            : await response.Content.ReadFromJsonAsync<EmbeddingReply>(cancellationToken)
                ?? throw new InvalidDataException("The reply is null.");
    }

    private void Take(EmbeddingReply reply, int count, GeneratedEmbeddings<Embedding<float>> all)
    {
        var items = reply.Data ?? throw new InvalidDataException("The reply has no data.");
        if (items.Count != count || items.Any(item => item is null))
        {
            throw new InvalidDataException("The reply has not one embedding for each text.");
        }

        // The order is that of the indexes, where a server gives them.
        foreach (var (place, item) in items.OrderBy(item => item.Index ?? 0).Index())
        {
            if (item.Index is { } index && index != place)
            {
                throw new InvalidDataException("The indexes are not those of the texts.");
            }

            var components = Read(item.Embedding);
            if (components.Length is 0 or > DimensionsMax
                || (all.Count > 0 && components.Length != all[0].Vector.Length)
                || !components.All(float.IsFinite))
            {
                throw new InvalidDataException("An embedding cannot be used.");
            }

            all.Add(new Embedding<float>(components) { ModelId = _model });
        }

        all.Usage!.InputTokenCount = (all.Usage.InputTokenCount ?? 0) + (reply.Usage?.PromptTokens ?? 0);
        all.Usage.TotalTokenCount = all.Usage.InputTokenCount;
    }

    private static float[] Read(JsonElement embedding) => embedding.ValueKind switch
    {
        JsonValueKind.String => ReadBase64(embedding.GetBytesFromBase64()),
        JsonValueKind.Array => [.. embedding.EnumerateArray().Select(component => component.GetSingle())],
        _ => throw new InvalidDataException("An embedding is neither a list of numbers nor base64."),
    };

    private static float[] ReadBase64(byte[] bytes)
    {
        if (bytes.Length % sizeof(float) != 0)
        {
            throw new InvalidDataException("An embedding ends in the middle of a number.");
        }

        // Binary32, little-endian.
        var components = new float[bytes.Length / sizeof(float)];
        for (var at = 0; at < components.Length; at++)
        {
            components[at] = System.Buffers.Binary.BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at * 4));
        }

        return components;
    }
}
