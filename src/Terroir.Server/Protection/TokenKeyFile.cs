using System.Text.Json;
using Microsoft.Extensions.Options;
using Terroir.Protection;
using Terroir.Server.Sources;
using Terroir.Storage.Embedded;

namespace Terroir.Server.Protection;

/// <summary>The master key of a site as a token wrapped it: <c>keys/master.key.token</c>. The format is
/// <c>docs/formats/keys.md</c>.</summary>
internal static class TokenKeyFile
{
    private const int FormatWritten = 1;
    private const int WrappedLengthMin = 12 + 32 + 16;

    private static ReadOnlySpan<byte> Context => "terroir master key 1"u8;

    /// <summary>Opens the token that the settings name.</summary>
    /// <param name="site">The site.</param>
    /// <param name="options">Its settings, with a token.</param>
    /// <exception cref="OptionsValidationException">The PIN cannot be read.</exception>
    public static IKeyToken Open(SiteFolder site, ProtectionOptions options) => options.TpmPcrs.Length > 0
        ? new TpmToken(options.TpmPcrs, options.TpmDevice)
        : OpenPkcs11(site, options);

    /// <summary>Reads a master key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="token">What wrapped it.</param>
    /// <exception cref="SiteDamagedException">The file is none.</exception>
    /// <exception cref="TokenRefusedException">The token does not unwrap it, or is of another kind.</exception>
    public static byte[] Read(string path, IKeyToken token)
    {
        try
        {
            var json = string.Join('\n', File.ReadLines(path));
            return JsonSerializer.Deserialize<Content>(json, JsonSerializerOptions.Web)
                is { Format: FormatWritten, Wrapped.Length: >= WrappedLengthMin } content
                ? Unwrap(content, token)
                : throw new SiteDamagedException(path, "is no wrapped master key");
        }
        catch (JsonException)
        {
            throw new SiteDamagedException(path, "is no wrapped master key");
        }
    }

    /// <summary>Writes a master key, durably.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key.</param>
    /// <param name="token">What wraps it.</param>
    /// <exception cref="TokenRefusedException">The token does not wrap it.</exception>
    public static void Write(string path, byte[] key, IKeyToken token) => DurableFile.Replace(
        path,
        JsonSerializer.SerializeToUtf8Bytes(
            new Content(FormatWritten, token.Kind, token.Wrap(key, Context.ToArray())),
            JsonSerializerOptions.Web),
        DurableFile.OwnerOnly);

    private static byte[] Unwrap(Content content, IKeyToken token) =>
        string.Equals(content.Kind, token.Kind, StringComparison.Ordinal)
            ? token.Unwrap(content.Wrapped, Context.ToArray())
            : throw new TokenRefusedException(content.Kind is null
                ? "a PKCS#11 token wrapped keys/master.key.token. Set 'tokenModule:' in place of 'tpmPcrs:'."
                : "a TPM wrapped keys/master.key.token. Set 'tpmPcrs:' in place of 'tokenModule:'.");

    private static Pkcs11Token OpenPkcs11(SiteFolder site, ProtectionOptions options)
    {
        _ = SecretReference.TryParse(options.TokenPin, out var reference);
        try
        {
            return (Secrets.ReadText(reference!, site) ?? "").TrimEnd('\r', '\n') is { Length: > 0 } pin
                ? new Pkcs11Token(options.TokenModule, options.TokenLabel, options.TokenKey, pin)
                : throw Refuse(options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refuse(options);
        }
    }

    private static OptionsValidationException Refuse(ProtectionOptions options) => new(
        ProtectionOptions.Section,
        typeof(ProtectionOptions),
        [$"protection: tokenPin: '{options.TokenPin}' cannot be read. Put the PIN there, with mode 600."]);

    private sealed record Content(int Format, string? Kind, byte[] Wrapped);
}
