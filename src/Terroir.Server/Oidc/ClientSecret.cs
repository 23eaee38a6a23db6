using Microsoft.Extensions.Options;
using Terroir.Server.Sources;

namespace Terroir.Server.Oidc;

/// <summary>Reads the secret of this site at the provider from where the settings say that it is, and checks at start
/// that this is possible. No message holds it.</summary>
internal sealed class ClientSecret(SiteFolder site) : IValidateOptions<OidcOptions>
{
    private const string Setting = $"{OidcOptions.Section}:{nameof(OidcOptions.ClientSecret)}";

    /// <summary>Reads the secret; <see langword="null"/> if the settings refer to none.</summary>
    /// <exception cref="IdentityProviderFailedException">It cannot be read.</exception>
    public string? Read(OidcOptions options)
    {
        var (secret, fault) = TryRead(options);
        return fault is null ? secret : throw new IdentityProviderFailedException(fault);
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, OidcOptions options) =>
        TryRead(options).Fault is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;

    /// <summary>The file of the secret, if it is in one.</summary>
    public string? FileOf(OidcOptions options) =>
        SecretReference.TryParse(options.ClientSecret, out var reference) ? Secrets.FileOf(reference, site) : null;

    private (string? Secret, string? Fault) TryRead(OidcOptions options)
    {
        // What is no reference is reported with the other settings.
        if (!options.IsSet || !SecretReference.TryParse(options.ClientSecret, out var reference))
        {
            return (null, null);
        }

        string? text;
        try
        {
            text = Secrets.ReadText(reference, site);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"{Setting}: '{options.ClientSecret}' cannot be read. Put the secret there, with mode 600.");
        }

        var secret = text?.Trim() ?? "";
        return secret.Length > 0 && secret.All(letter => letter is > ' ' and <= '~')
            ? (secret, null)
            : (null, $"{Setting}: '{options.ClientSecret}' holds no secret: one line of visible ASCII characters.");
    }
}
