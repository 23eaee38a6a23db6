using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Terroir.Audit;
using Terroir.Models;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Terroir.Server.Models;

/// <summary>The client of an OpenAI-compatible server; its failures are <see cref="ModelFailedException"/>.</summary>
internal sealed class OpenAiChatClient : StreamingChatClient
{
    private const string NewLimitField = "max_completion_tokens";

    private readonly HttpClient _http;
    private readonly bool _namesLimitNew;
    private readonly bool _asksUsage;

    private OpenAiChatClient(IChatClient inner, HttpClient http, bool namesLimitNew, bool asksUsage)
        : base(inner)
    {
        _http = http;
        _asksUsage = asksUsage;
        _namesLimitNew = namesLimitNew;
    }

    /// <summary>Makes a client of the server that the settings name.</summary>
    public static OpenAiChatClient Open(
        ModelsOptions options,
        ModelGate gate,
        string? key,
        EventLog? log = null,
        bool asksUsage = false)
    {
        var http = ModelConnection.Open(gate, key, log);
        var client = new ChatClient(
            options.Model,
            new ApiKeyCredential("none"),
            new OpenAIClientOptions
            {
                Endpoint = new Uri(options.Endpoint),
                Transport = new HttpClientPipelineTransport(http),
                RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
                NetworkTimeout = Timeout.InfiniteTimeSpan,
                ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
                EnableDistributedTracing = false,
            });
        return new OpenAiChatClient(
            client.AsIChatClient(),
            http,
            string.Equals(options.OutputLimitField, NewLimitField, StringComparison.Ordinal),
            asksUsage);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelFailedException">The server failed.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var updates = InnerClient
            .GetStreamingResponseAsync(messages, Translate(options), cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        ChatFinishReason? finish = null;
        while (await MoveNextAsync(updates))
        {
            finish = updates.Current.FinishReason ?? finish;
            yield return updates.Current;
        }

        if (finish is null)
        {
            throw new ModelFailedException(ModelFailure.Malformed, status: 0);
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _http.Dispose();
        }
    }

    /// <summary>Whether an error is one of the server or of the way to it, as the libraries throw them.</summary>
    internal static bool IsFailure(Exception exception) => exception is ClientResultException or HttpRequestException
        or IOException or JsonException or FormatException or InvalidOperationException or ArgumentException
        or KeyNotFoundException or InvalidDataException;

    /// <summary>Translates such an error, without what the server said.</summary>
    internal static ModelFailedException Describe(Exception exception) => exception switch
    {
        ClientResultException result => new ModelFailedException(FailureOf(result.Status), result.Status),
        HttpRequestException or IOException => new ModelFailedException(ModelFailure.Unreachable, status: 0),
        _ => new ModelFailedException(ModelFailure.Malformed, status: 0),
    };

    /// <summary>What an HTTP status other than success means; 0 is that there was no reply.</summary>
    internal static ModelFailure FailureOf(int status) => status switch
    {
        0 => ModelFailure.Unreachable,
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => ModelFailure.KeyRefused,
        StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => ModelFailure.Busy,
        >= StatusCodes.Status500InternalServerError => ModelFailure.Failed,
        _ => ModelFailure.Rejected,
    };

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            throw Describe(exception);
        }
    }

    // Servers other than OpenAI's own know the limit as max_tokens; some reject the newer name, and some ignore it.
    // Some reject the options of streams too, which only ask for a count of tokens: only budgets need it.
    private ChatOptions? Translate(ChatOptions? options)
    {
        if (options?.MaxOutputTokens is not { } count)
        {
            return options;
        }

        var translated = options.Clone();
        translated.MaxOutputTokens = _namesLimitNew ? count : null;
        translated.RawRepresentationFactory = _ =>
        {
            var raw = new ChatCompletionOptions();
#pragma warning disable SCME0001 // The one way to send a field that the library does not name.
            if (!_namesLimitNew)
            {
                raw.Patch.Set("$.max_tokens"u8, count);
            }

            if (!_asksUsage)
            {
                raw.Patch.Remove("$.stream_options"u8);
            }
#pragma warning restore SCME0001
            return raw;
        };
        return translated;
    }
}
