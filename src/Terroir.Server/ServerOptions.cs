using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Terroir.Server;

/// <summary>Settings of the web host. Section <c>Terroir:Server</c>; checked when the host starts.</summary>
public sealed class ServerOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Terroir:Server";

    /// <summary>Where the host listens unless told otherwise.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    private const string UrlForm = "An address to listen on is written like http://127.0.0.1:5080.";

    /// <summary>Where to listen; the default is <see cref="DefaultUrl"/>. Only this machine can reach the default.
    /// </summary>
    [Required]
    public string Url { get; set; } = DefaultUrl;

    /// <summary>Whether a caller on this machine may ask as anyone of the directory, without a key. Never on a
    /// machine that others use; the default is no.</summary>
    public bool Demo { get; set; }

    /// <summary>The group whose members see the site's status and quarantine; the default is <c>operators</c>.
    /// </summary>
    [Required]
    public string OperatorGroup { get; set; } = "operators";

    /// <summary>The group whose members look after collections and see the quality of their documents; the default is
    /// <c>stewards</c>.</summary>
    [Required]
    public string StewardGroup { get; set; } = "stewards";

    /// <summary>The group whose members check receipts; the default is <c>auditors</c>.</summary>
    [Required]
    public string AuditorGroup { get; set; } = "auditors";

    /// <summary>The group whose members manage accounts and sessions; the default is <c>administrators</c>.</summary>
    [Required]
    public string AdministratorGroup { get; set; } = "administrators";

    /// <summary>The group whose members ask, search and read; empty, the default, for everybody but administrators.
    /// </summary>
    public string ReaderGroup { get; set; } = "";

    /// <summary>How often all sources are read again. 10 s to 1 day; zero, the default, means never: run
    /// <c>terroir sync</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan SyncInterval { get; set; } = TimeSpan.Zero;

    /// <summary>How many questions, searches and reads are worked on at once; four times as many wait. A site whose
    /// answers come from a large model needs fewer. 1 to 10,000; the default is 16.</summary>
    [Range(1, 10_000)]
    public int ConcurrentRequests { get; set; } = 16;

    /// <summary>How many requests one person makes in a minute at most, at once or spread; more are refused (429). 1 to
    /// 1,000,000; the default is 6,000.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; set; } = 6_000;

    /// <summary>Says what is wrong with an address to listen on.</summary>
    /// <param name="url">The address, such as <see cref="DefaultUrl"/>.</param>
    /// <returns>A sentence, or <see langword="null"/> if it can be listened on.</returns>
    public static string? FindUrlFault(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "https" ? "Only http: put a proxy with TLS before it, on this machine."
                : address.Scheme is "http" && address.Port is >= 0 and <= IPEndPoint.MaxPort && address.PathBase is ""
                    ? null
                    : UrlForm;
        }
        catch (FormatException)
        {
            return UrlForm;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FindUrlFault(Url) is { } fault)
        {
            yield return new ValidationResult($"{Section}:{nameof(Url)}: {fault}", [nameof(Url)]);
        }
    }
}

/// <summary>Checks <see cref="ServerOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class ServerOptionsValidator : IValidateOptions<ServerOptions>;
