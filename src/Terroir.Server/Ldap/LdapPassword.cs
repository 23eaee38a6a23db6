using Microsoft.Extensions.Options;
using Terroir.Server.Sources;

namespace Terroir.Server.Ldap;

/// <summary>Reads the password for the directory server from where the settings say that it is, and checks at start
/// that this is possible. No message holds it.</summary>
internal sealed class LdapPassword(SiteFolder site) : IValidateOptions<LdapOptions>
{
    private const string Setting = $"{LdapOptions.Section}:{nameof(LdapOptions.Password)}";

    /// <summary>Reads the password.</summary>
    /// <exception cref="DirectoryServerFailedException">It cannot be read.</exception>
    public string Read(LdapOptions options)
    {
        var (password, fault) = TryRead(options);
        return fault is null ? password : throw new DirectoryServerFailedException(fault);
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, LdapOptions options) =>
        TryRead(options).Fault is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;

    /// <summary>The file of the password, if it is in one.</summary>
    public string? FileOf(LdapOptions options) =>
        SecretReference.TryParse(options.Password, out var reference) ? Secrets.FileOf(reference, site) : null;

    private (string Password, string? Fault) TryRead(LdapOptions options)
    {
        // What is no reference is reported with the other settings.
        if (!options.IsSet || !SecretReference.TryParse(options.Password, out var reference))
        {
            return ("", null);
        }

        string? text;
        try
        {
            text = Secrets.ReadText(reference, site);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ("", $"{Setting}: '{options.Password}' cannot be read. Put the password there, with mode 600.");
        }

        // An empty password would bind as nobody, and a server then shows what it shows to everybody.
        var password = text?.TrimEnd('\n') ?? "";
        return password.Length > 0 && !password.Any(char.IsControl)
            ? (password, null)
            : ("", $"{Setting}: '{options.Password}' holds no password: one line that is not empty.");
    }
}
