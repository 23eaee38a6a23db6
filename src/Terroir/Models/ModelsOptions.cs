using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.Extensions.Options;
using Terroir.Energy;

namespace Terroir.Models;

/// <summary>Settings of the model that writes answers. Section <c>Terroir:Models</c>; checked when the host starts.
/// </summary>
public sealed class ModelsOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Terroir:Models";

    private const int EncoderDimensionsMax = 4_096;
    private const int EncoderNameSizeMaxBytes = 255;

    /// <summary>The base address of an OpenAI-compatible server, such as <c>http://127.0.0.1:8080/v1</c>. Empty, the
    /// default, means no model: answers are extracts of documents.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The model, by the name that the server knows.</summary>
    public string Model { get; set; } = "";

    /// <summary>The model of this machine that writes answers, by its id in <c>terroir model list</c>. Beside a server
    /// it answers where the policies keep passages from the server. Empty, the default, is none.</summary>
    public string Local { get; set; } = "";

    /// <summary>The encoder of this machine that tells what documents mean, by its id in <c>terroir model list</c>, or,
    /// with <see cref="EncoderEndpoint"/>, by the name that the server knows; at most 255 bytes then. Empty, the
    /// default, is none: meaning is learned from the text.</summary>
    public string Encoder { get; set; } = "";

    /// <summary>The base address of an OpenAI-compatible server of this machine that embeds, such as
    /// <c>http://127.0.0.1:8081/v1</c>. Empty, the default, is none: the encoder is an imported one.</summary>
    public string EncoderEndpoint { get; set; } = "";

    /// <summary>How many components the vectors of <see cref="EncoderEndpoint"/> have. 1 to 4,096 where there is such a
    /// server.</summary>
    [Range(0, EncoderDimensionsMax)]
    public int EncoderDimensions { get; set; }

    /// <summary>What stands before each query that <see cref="EncoderEndpoint"/> embeds, such as <c>query: </c>; empty,
    /// the default, for nothing.</summary>
    public string EncoderQueryPrefix { get; set; } = "";

    /// <summary>What stands before each passage that it embeds, such as <c>passage: </c>; empty, the default, for
    /// nothing.</summary>
    public string EncoderPassagePrefix { get; set; } = "";

    /// <summary>The reranker of this machine that orders the best hits anew, by its id in <c>terroir model list</c>.
    /// Empty, the default, is none.</summary>
    public string Reranker { get; set; } = "";

    /// <summary>Where the server's API key is, never the key: <c>file:PATH</c> or <c>env:NAME</c>. Empty, the
    /// default, sends none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Hosts other than this machine that may be called, by exact name or address; none by default.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>Who runs the server, for the policies of the site; empty if unknown.</summary>
    public string Operator { get; set; } = "";

    /// <summary>The country whose law the operator follows (ISO 3166-1 alpha-2), for the policies; empty if unknown.
    /// </summary>
    public string Law { get; set; } = "";

    /// <summary>The country where the server stands (ISO 3166-1 alpha-2), for the policies; empty if unknown.</summary>
    public string Region { get; set; } = "";

    /// <summary>The server's certifications, such as <c>HDS</c> or <c>SecNumCloud</c>, for the policies.</summary>
    public IReadOnlyList<string> Certifications { get; set; } = [];

    /// <summary>What the server draws; unknown by default, and then receipts say that no energy was metered.</summary>
    public DeclaredPower Power { get; set; } = new();

    /// <summary>What this machine draws for its own models; unknown by default.</summary>
    public DeclaredPower LocalPower { get; set; } = new();

    /// <summary>How long a whole answer may take. 1 s to 30 min; the default is 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How many tokens an answer may have. 16 to 8,192; the default is 512.</summary>
    [Range(16, 8_192)]
    public int OutputTokensMax { get; set; } = 512;

    /// <summary>The field that tells a server how many tokens an answer may have: <c>max_tokens</c>, the default, which
    /// nearly every server knows, or <c>max_completion_tokens</c>, on which newer models of OpenAI insist.</summary>
    [RegularExpression("max_tokens|max_completion_tokens")]
    public string OutputLimitField { get; set; } = "max_tokens";

    /// <summary>How many of the passages that were found are sent at most. 1 to 16; the default is 8.</summary>
    [Range(1, 16)]
    public int PassageCountMax { get; set; } = 8;

    /// <summary>How many bytes are sent at most, of these passages and of those around them. 6,000, which every passage
    /// fits, to 1,000,000; the default is 12,000, about 4,000 tokens.</summary>
    [Range(6_000, 1_000_000)]
    public int ContextSizeMaxBytes { get; set; } = 12_000;

    /// <summary>How freely the model chooses its words. 0 to 2; the default is 0: the likeliest each time.</summary>
    [Range(0.0, 2.0)]
    public double Temperature { get; set; }

    /// <summary>How many answers a model of this machine writes at once, in shared runs; each takes memory of its own.
    /// 1 to 16; the default is 4. More wait.</summary>
    [Range(1, 16)]
    public int ConcurrentAnswers { get; set; } = 4;

    /// <summary>Libraries that let models of this machine run on a GPU or an NPU; none by default: they run on the
    /// processor.</summary>
    public IReadOnlyList<DeclaredExecutionProvider> ExecutionProviders { get; set; } = [];

    /// <summary>Whether there is a model server.</summary>
    public bool HasModel => Endpoint.Length > 0;

    /// <summary>Whether there is a server of embeddings.</summary>
    public bool HasEncoderServer => EncoderEndpoint.Length > 0;

    /// <summary>The same limits for a model of this machine.</summary>
    /// <param name="local">Its id.</param>
    internal ModelsOptions For(string local) => new()
    {
        Model = local,
        Local = local,
        Power = LocalPower,
        Timeout = Timeout,
        OutputTokensMax = OutputTokensMax,
        PassageCountMax = PassageCountMax,
        ContextSizeMaxBytes = ContextSizeMaxBytes,
        Temperature = Temperature,
        ConcurrentAnswers = ConcurrentAnswers,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Power.FindFault($"{Section}:{nameof(Power)}") is { } power)
        {
            yield return new ValidationResult(power, [nameof(Power)]);
        }

        if (LocalPower.FindFault($"{Section}:{nameof(LocalPower)}") is { } localPower)
        {
            yield return new ValidationResult(localPower, [nameof(LocalPower)]);
        }

        foreach (var fault in ExecutionProviders.Select((provider, at) => provider.FindFault(at)).OfType<string>())
        {
            yield return new ValidationResult(fault, [nameof(ExecutionProviders)]);
        }

        if (HasEncoderServer && FindEncoderFault() is var (member, wrong))
        {
            yield return new ValidationResult($"{Section}:{member} {wrong}", [member]);
        }

        if (!HasModel)
        {
            yield break;
        }

        if (new ModelGate(AllowedHosts).Refuse(Endpoint) is { } refusal)
        {
            yield return new ValidationResult(refusal, [nameof(Endpoint)]);
        }

        if (Model.Length == 0)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(Model)} is missing. Name one of the models that the server lists under /models.",
                [nameof(Model)]);
        }

        // The value is not repeated: it may be the key itself.
        if (ApiKey.Length > 0 && !SecretReference.TryParse(ApiKey, out _))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(ApiKey)} is no reference. Put the key into a file that only its owner reads and "
                + "write 'file:PATH', or write 'env:NAME'. If that was the key, have it replaced: settings are no "
                + "place for it.",
                [nameof(ApiKey)]);
        }

        foreach (var host in AllowedHosts.Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(AllowedHosts)} has '{host}', which is no host name. Write a name without scheme, "
                + "port or wildcard, such as 'models.example.org'.",
                [nameof(AllowedHosts)]);
        }
    }

    // Every passage of every document is sent there, without a decision on each: so it is this machine or none.
    private (string Member, string Fault)? FindEncoderFault() =>
        !Uri.TryCreate(EncoderEndpoint, UriKind.Absolute, out var server)
            || server.Scheme is not ("http" or "https")
            || server.UserInfo.Length + server.Query.Length + server.Fragment.Length > 0
            ? (nameof(EncoderEndpoint), "is no address. Write the base of an OpenAI-compatible API, such as "
                + "http://127.0.0.1:8081/v1.")
        : !ModelGate.IsThisMachine(server)
            ? (nameof(EncoderEndpoint), $"is on '{server.IdnHost}', which is not this machine: all passages of all "
                + "documents would leave it. Run the server here, or import the encoder.")
        : Encoding.UTF8.GetByteCount(Encoder) is 0 or > EncoderNameSizeMaxBytes
            ? (nameof(Encoder), "is missing or too long. Name one of the models that the server of "
                + $"{nameof(EncoderEndpoint)} lists under /models.")
        : EncoderDimensions < 1
            ? (nameof(EncoderDimensions), "is missing. Write how many components the encoder's vectors have, such as "
                + "384; its card says so.")
        : null;
}

/// <summary>Checks <see cref="ModelsOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class ModelsOptionsValidator : IValidateOptions<ModelsOptions>;
