using Microsoft.Extensions.Options;
using Terroir.Models;
using Terroir.Server.Sources;

namespace Terroir.Server.Models;

/// <summary>Reads the key of the model server from where the settings say that it is, and checks at start that this is
/// possible. No message holds the key.</summary>
internal sealed class ModelKey(SiteFolder site) : IValidateOptions<ModelsOptions>
{
    private const string Setting = $"{ModelsOptions.Section}:{nameof(ModelsOptions.ApiKey)}";

    /// <summary>Reads the key; <see langword="null"/> if the settings refer to none.</summary>
    /// <exception cref="OptionsValidationException">It cannot be read.</exception>
    public string? Read(ModelsOptions options)
    {
        var (key, fault) = TryRead(options);
        return fault is null
            ? key
            : throw new OptionsValidationException(ModelsOptions.Section, typeof(ModelsOptions), [fault]);
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ModelsOptions options) =>
        TryRead(options).Fault is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;

    /// <summary>The file of the key, if it is in one.</summary>
    public string? FileOf(ModelsOptions options) =>
        SecretReference.TryParse(options.ApiKey, out var reference) ? Secrets.FileOf(reference, site) : null;

    private (string? Key, string? Fault) TryRead(ModelsOptions options)
    {
        // What is no reference is reported with the other settings.
        if (!options.HasModel || !SecretReference.TryParse(options.ApiKey, out var reference))
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
            return (null, $"{Setting}: the file '{FileOf(options)}' cannot be read. Put the key there, with mode 600.");
        }

        var key = text?.Trim() ?? "";
        return key.Length > 0 && key.Length <= Secrets.SizeMaxBytes && key.All(letter => letter is > ' ' and <= '~')
            ? (key, null)
            : (null, $"{Setting}: '{options.ApiKey}' holds no key. A key is one line of visible ASCII characters.");
    }
}
