using System.Globalization;
using System.Text;
using Terroir.Audit;
using Terroir.Models;
using Terroir.Retrieval.Encoders;

namespace Terroir.Server.Models;

/// <summary>The encoder of a server of this machine, as the settings name it.</summary>
/// <remarks>What the server loads under the name is not known here. So the address, the name, the prefixes and the
/// number of dimensions decide whether it is the same encoder.</remarks>
internal sealed partial class ServedEncoder : IDisposable
{
    /// <summary>How long a search waits for the vector of its query.</summary>
    internal static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(5);

    private readonly ILogger<ServedEncoder> _logger;
    private readonly PrefixedEmbeddings _passages;
    private readonly PrefixedEmbeddings _queries;

    /// <summary>Opens it; the server is asked for nothing yet.</summary>
    /// <param name="options">The settings; they name a server.</param>
    /// <param name="log">The ledger.</param>
    /// <param name="timeProvider">The clock of the time-outs.</param>
    /// <param name="logger">Is told of searches that the server failed.</param>
    public ServedEncoder(
        ModelsOptions options,
        EventLog log,
        TimeProvider timeProvider,
        ILogger<ServedEncoder> logger)
    {
        _logger = logger;
        _passages = Open(options.EncoderPassagePrefix, options.Timeout, failed: null);
        _queries = Open(options.EncoderQueryPrefix, QueryTimeout, LogSearchedWithout);
        Opened = new PassageEncoder(NameOf(options), options.EncoderDimensions, _passages, _queries);

        PrefixedEmbeddings Open(string prefix, TimeSpan timeout, Action<string>? failed) => new(
            OpenAiEmbeddingGenerator.Open(
                options.EncoderEndpoint,
                options.Encoder,
                timeout,
                log,
                timeProvider),
            prefix,
            failed);
    }

    /// <summary>The encoder, as a search uses it.</summary>
    public PassageEncoder Opened { get; }

    /// <summary>Names the encoder of the settings.</summary>
    public static EncoderName NameOf(ModelsOptions options)
    {
        // Each part with its length, so that the parts cannot be cut differently to the same whole.
        string[] parts =
        [
            options.EncoderEndpoint.TrimEnd('/'),
            options.Encoder,
            options.EncoderQueryPrefix,
            options.EncoderPassagePrefix,
        ];
        var card = new StringBuilder("terroir/served-encoder/v1");
        card.Append(CultureInfo.InvariantCulture, $"\n{options.EncoderDimensions}");
        foreach (var part in parts)
        {
            card.Append(CultureInfo.InvariantCulture, $"\n{part.Length}\n{part}");
        }

        return new EncoderName(options.Encoder, ContentHash.Of(Encoding.UTF8.GetBytes(card.ToString())));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _passages.Dispose();
        _queries.Dispose();
    }

    [LoggerMessage(2004, LogLevel.Warning, "searched without the encoder, its server was not asked or failed ({Code})")]
    private partial void LogSearchedWithout(string code);
}
