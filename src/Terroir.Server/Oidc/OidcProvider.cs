using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Terroir.Audit;

namespace Terroir.Server.Oidc;

/// <summary>What the identity provider says of itself, and the exchange of a code for a token.</summary>
/// <remarks>What it says is fetched when it is first needed, and again after twelve hours or when a token has a key
/// that is not known, then every five minutes at most. Safe to call from several threads at once.</remarks>
internal sealed class OidcProvider : IDisposable
{
    /// <summary>Where ADFS says under which other name it issues access tokens.</summary>
    private const string AccessTokenIssuer = "access_token_issuer";

    private readonly OidcOptions _options;
    private readonly ClientSecret _secret;
    private readonly OidcConnection _connection;

    public OidcProvider(IOptions<OidcOptions> options, ClientSecret secret, EventLog log, TimeProvider time)
    {
        _options = options.Value;
        _secret = secret;
        _connection = new OidcConnection(_options, log, time);
        Metadata = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{_options.Authority.TrimEnd('/')}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            _connection);
    }

    /// <summary>Keeps what the provider says, with its keys.</summary>
    public ConfigurationManager<OpenIdConnectConfiguration> Metadata { get; }

    /// <summary>Reads what the provider says.</summary>
    /// <exception cref="IdentityProviderFailedException">It does not answer, or speaks for another issuer.</exception>
    public async Task<OpenIdConnectConfiguration> ReadAsync(CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration found;
        try
        {
            found = await Metadata.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw exception.InnerException as IdentityProviderFailedException
                ?? new IdentityProviderFailedException("what it says of itself cannot be read.", exception);
        }

        return string.Equals(found.Issuer?.TrimEnd('/'), _options.Authority.TrimEnd('/'), StringComparison.Ordinal)
            && found.AuthorizationEndpoint is { Length: > 0 }
            && found.TokenEndpoint is { Length: > 0 }
            && found.SigningKeys.Count > 0
            ? found
            : throw new IdentityProviderFailedException(
                $"at {OidcOptions.Section}:Authority another issuer answers, or one without endpoints or keys.");
    }

    /// <summary>The names under which the provider issues access tokens.</summary>
    public static IReadOnlyList<string> AccessIssuersOf(OpenIdConnectConfiguration metadata) =>
        metadata.AdditionalData.TryGetValue(AccessTokenIssuer, out var other)
        && other?.ToString() is { Length: > 0 } name
            ? [metadata.Issuer, name]
            : [metadata.Issuer];

    /// <summary>Exchanges a code.</summary>
    /// <param name="code">The code that a browser brought.</param>
    /// <param name="verifier">What proves that this site asked for it (PKCE).</param>
    /// <param name="redirectUrl">Where the browser brought it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The token that says who signed in; <see langword="null"/> if the provider refuses the code.</returns>
    /// <exception cref="IdentityProviderFailedException">It does not answer.</exception>
    public async Task<string?> ExchangeAsync(
        string code,
        string verifier,
        string redirectUrl,
        CancellationToken cancellationToken)
    {
        var metadata = await ReadAsync(cancellationToken);
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUrl,
            ["code_verifier"] = verifier,
        };
        var basic = Authenticate(metadata, form);
        var (status, body) = await _connection.PostAsync(metadata.TokenEndpoint, form, basic, cancellationToken);
        if (status is StatusCodes.Status400BadRequest)
        {
            return null;
        }

        return status is StatusCodes.Status200OK && ReadIdToken(body) is { } token
            ? token
            : throw new IdentityProviderFailedException($"its token endpoint answers with status {status}.");
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    // A header, unless the provider takes the secret in the form alone (RFC 6749, 2.3.1).
    private string? Authenticate(OpenIdConnectConfiguration metadata, Dictionary<string, string> form)
    {
        var methods = metadata.TokenEndpointAuthMethodsSupported;
        if (_secret.Read(_options) is not { } secret)
        {
            form["client_id"] = _options.ClientId;
            return null;
        }

        if (methods.Count > 0 && !methods.Contains("client_secret_basic", StringComparer.Ordinal))
        {
            form["client_id"] = _options.ClientId;
            form["client_secret"] = secret;
            return null;
        }

        return Convert.ToBase64String(Encoding.ASCII.GetBytes(
            $"{Uri.EscapeDataString(_options.ClientId)}:{Uri.EscapeDataString(secret)}"));
    }

    private static string? ReadIdToken(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind is JsonValueKind.Object
                && json.RootElement.TryGetProperty("id_token", out var token)
                && token.ValueKind is JsonValueKind.String
                ? token.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
