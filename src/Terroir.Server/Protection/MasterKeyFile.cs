using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Terroir.Protection;
using Terroir.Server.Sources;
using Terroir.Storage.Embedded;

namespace Terroir.Server.Protection;

/// <summary>Finds what wraps a site's keys: what the settings name, or the master key in the site's own
/// folder.</summary>
public static class MasterKeyFile
{
    private const int KeySizeBytes = 32;

    /// <summary>Reads the secret of a site.</summary>
    /// <param name="site">The site.</param>
    /// <param name="options">Its settings.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="OptionsValidationException">The settings name something that is no such secret.</exception>
    /// <exception cref="SiteDamagedException">The site's own master key is missing or is none.</exception>
    public static MasterSecret Read(SiteFolder site, ProtectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(options);
        if (options.FindFault() is { } fault)
        {
            throw Refuse(fault);
        }

        if (options.Passphrase.Length > 0)
        {
            return TryReadPassphrase(ReadText(site, options.Passphrase, "passphrase"))
                ?? throw Refuse($"protection: passphrase: '{options.Passphrase}' holds none. It has 12 characters or "
                    + "more, on one line.");
        }

        return options.MasterKey.Length > 0
            ? TryReadKey(ReadText(site, options.MasterKey, "masterKey")) is { } key
                ? MasterSecret.FromKeys([key])
                : throw Refuse($"protection: masterKey: '{options.MasterKey}' holds none. It is 64 hexadecimal digits.")
            : ReadOwn(site, options);
    }

    /// <summary>Reads a secret from a file that a person names.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isPassphrase">Whether it holds a passphrase; else a master key.</param>
    /// <returns>The secret, or <see langword="null"/> if the file holds none.</returns>
    public static MasterSecret? TryRead(string path, bool isPassphrase)
    {
        if (new FileInfo(path) is not { Exists: true, Length: <= Secrets.SizeMaxBytes })
        {
            return null;
        }

        var text = File.ReadAllText(path);
        return isPassphrase
            ? TryReadPassphrase(text)
            : TryReadKey(text) is { } key ? MasterSecret.FromKeys([key]) : null;
    }

    /// <summary>Makes the master key of a site that has none and no wrapped key.</summary>
    /// <param name="site">The site.</param>
    public static void Create(SiteFolder site)
    {
        ArgumentNullException.ThrowIfNull(site);
        if (!File.Exists(site.MasterKeyFile)
            && !File.Exists(site.TokenKeyFile)
            && !Directory.Exists(site.KeyRingFolder))
        {
            Write(site.MasterKeyFile, RandomNumberGenerator.GetBytes(KeySizeBytes));
        }
    }

    /// <summary>Puts another master key in the place of a site's own, and wraps every key anew.</summary>
    /// <remarks>The next key is durable before the first key is wrapped under it, and takes its place after the last:
    /// a site that was stopped between opens with both, and the rotation is run again.</remarks>
    /// <param name="site">The site.</param>
    /// <param name="ring">Its keys.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="toToken">Whether the token of the settings wraps the new one; <see langword="null"/> for as it
    /// was.</param>
    /// <returns>How many keys were wrapped anew.</returns>
    /// <exception cref="TokenRefusedException">The token does not wrap it, and nothing was changed.</exception>
    public static int Rotate(SiteFolder site, IKeyRing ring, ProtectionOptions options, bool? toToken = null)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(ring);
        ArgumentNullException.ThrowIfNull(options);
        return toToken ?? File.Exists(site.TokenKeyFile)
            ? RotateInToken(site, ring, TokenKeyFile.Open(site, options))
            : RotateInFile(site, ring);
    }

    private static int RotateInFile(SiteFolder site, IKeyRing ring)
    {
        byte[] next = [];
        return ring.Rewrap(
            () =>
            {
                next = TryReadKey(ReadIfThere(site.NextMasterKeyFile))
                    ?? RandomNumberGenerator.GetBytes(KeySizeBytes);
                Write(site.NextMasterKeyFile, next);
                return MasterSecret.FromKeys([next]);
            },
            () =>
            {
                Write(site.MasterKeyFile, next);
                File.Delete(site.TokenKeyFile);
                File.Delete(site.NextTokenKeyFile);
                File.Delete(site.NextMasterKeyFile);
            });
    }

    private static int RotateInToken(SiteFolder site, IKeyRing ring, IKeyToken token)
    {
        byte[] next = [];
        return ring.Rewrap(
            () =>
            {
                next = File.Exists(site.NextTokenKeyFile)
                    ? TokenKeyFile.Read(site.NextTokenKeyFile, token)
                    : RandomNumberGenerator.GetBytes(KeySizeBytes);
                TokenKeyFile.Write(site.NextTokenKeyFile, next, token);
                return MasterSecret.FromKeys([next]);
            },
            () =>
            {
                TokenKeyFile.Write(site.TokenKeyFile, next, token);
                File.Delete(site.MasterKeyFile);
                File.Delete(site.NextMasterKeyFile);
                File.Delete(site.NextTokenKeyFile);
            });
    }

    // Of a rotation that was stopped several are there; the first wraps what comes, the others open what is wrapped.
    private static MasterSecret ReadOwn(SiteFolder site, ProtectionOptions options)
    {
        Create(site);
        string[] wrapped = [.. new[] { site.TokenKeyFile, site.NextTokenKeyFile }.Where(File.Exists)];
        if (wrapped.Length > 0 && !options.HasToken)
        {
            throw Refuse($"protection: '{wrapped[0]}' is wrapped by a token or a TPM. Set 'tokenModule:', "
                + "'tokenLabel:' and 'tokenPin:', or 'tpmPcrs:'. To take them out, bring the key out of the token "
                + "first: 'terroir key rotate --to file'.");
        }

        var token = wrapped.Length > 0 ? TokenKeyFile.Open(site, options) : null;
        var keys = wrapped.Select(path => TokenKeyFile.Read(path, token!)).ToList();
        if (!File.Exists(site.TokenKeyFile))
        {
            keys.Insert(0, ReadOwnFile(site));
        }
        else if (TryReadKey(ReadIfThere(site.MasterKeyFile)) is { } former)
        {
            keys.Add(former);
        }

        if (TryReadKey(ReadIfThere(site.NextMasterKeyFile)) is { } next)
        {
            keys.Add(next);
        }

        return MasterSecret.FromKeys(keys);
    }

    private static byte[] ReadOwnFile(SiteFolder site) => File.Exists(site.MasterKeyFile)
        ? TryReadKey(ReadIfThere(site.MasterKeyFile))
            ?? throw new SiteDamagedException(site.MasterKeyFile, "is no master key")
        : throw new SiteDamagedException(site.MasterKeyFile, "is missing");

    private static string ReadIfThere(string path) => File.Exists(path) ? string.Join('\n', File.ReadLines(path)) : "";

    private static string ReadText(SiteFolder site, string setting, string name)
    {
        _ = SecretReference.TryParse(setting, out var reference);
        try
        {
            return Secrets.ReadText(reference!, site) ?? "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refuse($"protection: {name}: '{setting}' cannot be read. Put the secret there, with mode 600.");
        }
    }

    private static byte[]? TryReadKey(string text) =>
        text.Trim() is { Length: 2 * KeySizeBytes } digits && digits.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(digits)
            : null;

    private static MasterSecret? TryReadPassphrase(string text) =>
        text.TrimEnd('\r', '\n') is { Length: >= MasterSecret.PassphraseLengthMin } line && !line.Contains('\n')
            ? MasterSecret.FromPassphrase(line)
            : null;

    private static void Write(string path, byte[] key) =>
        DurableFile.Replace(path, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key)), DurableFile.OwnerOnly);

    private static OptionsValidationException Refuse(string fault) =>
        new(ProtectionOptions.Section, typeof(ProtectionOptions), [fault]);
}
