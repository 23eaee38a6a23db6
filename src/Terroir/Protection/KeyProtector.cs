using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Terroir.Protection;

/// <summary>What wraps the keys of a site: its master key, from a file or from a passphrase.</summary>
/// <remarks>Safe to share between threads. A passphrase is stretched by Argon2id (RFC 9106) once for each
/// salt.</remarks>
internal sealed class KeyProtector
{
    /// <summary>The length of a master key in bytes.</summary>
    public const int KeySizeBytes = 32;

    /// <summary>A passphrase has at least so many characters.</summary>
    public const int PassphraseLengthMin = MasterSecret.PassphraseLengthMin;

    private const int MemoryKibibytes = 64 << 10;
    private const int PassCount = 3;

    // What a key file may ask for at most, so that a forged one cannot take the machine's memory.
    private const int MemoryMaxKibibytes = 1 << 20;
    private const int PassCountMax = 64;
    private const int SaltSizeBytes = 16;
    private const int NonceSizeBytes = 12;
    private const int TagSizeBytes = 16;

    private readonly Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);
    private readonly byte[] _passphrase = [];
    private readonly ConcurrentDictionary<KeyWrapping, byte[]> _stretched = [];

    private KeyProtector(IReadOnlyList<byte[]> keys)
    {
        foreach (var key in keys)
        {
            _keys[CheckOf(key)] = key;
        }

        Wrapping = new KeyWrapping { Kind = KeyWrapping.KeyFile, Check = CheckOf(keys[0]) };
    }

    private KeyProtector(byte[] passphrase)
    {
        _passphrase = passphrase;
        Wrapping = new KeyWrapping
        {
            Kind = KeyWrapping.Passphrase,
            Salt = RandomNumberGenerator.GetHexString(2 * SaltSizeBytes, lowercase: true),
            MemoryKibibytes = MemoryKibibytes,
            PassCount = PassCount,
        };
    }

    /// <summary>How keys are wrapped that are wrapped from now on.</summary>
    public KeyWrapping Wrapping { get; }

    /// <summary>Takes a master key, and others that may have wrapped keys before.</summary>
    /// <param name="keys">32 bytes each, one at least; the first one wraps.</param>
    /// <exception cref="ArgumentException">One has another length.</exception>
    public static KeyProtector FromKeys(IReadOnlyList<byte[]> keys) => keys.All(key => key.Length == KeySizeBytes)
        ? new KeyProtector(keys)
        : throw new ArgumentException($"A master key has {KeySizeBytes} bytes.", nameof(keys));

    /// <summary>Takes a passphrase.</summary>
    /// <param name="passphrase">At least <see cref="PassphraseLengthMin"/> characters.</param>
    /// <exception cref="ArgumentException">It is shorter.</exception>
    public static KeyProtector FromPassphrase(string passphrase) => passphrase.Length >= PassphraseLengthMin
        ? new KeyProtector(Encoding.UTF8.GetBytes(NormalForm.Of(passphrase)))
        : throw new ArgumentException(
            $"A passphrase has at least {PassphraseLengthMin} characters.",
            nameof(passphrase));

    /// <summary>Wraps a secret.</summary>
    /// <param name="content">The secret.</param>
    /// <param name="context">What must be the same when it is unwrapped.</param>
    /// <returns>A random nonce, the secret in AES-256-GCM, the tag.</returns>
    public byte[] Wrap(ReadOnlySpan<byte> content, ReadOnlySpan<byte> context)
    {
        var result = new byte[NonceSizeBytes + content.Length + TagSizeBytes];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceSizeBytes));
        using var aes = new AesGcm(KeyFor(Wrapping)!, TagSizeBytes);
        aes.Encrypt(
            result.AsSpan(0, NonceSizeBytes),
            content,
            result.AsSpan(NonceSizeBytes, content.Length),
            result.AsSpan(NonceSizeBytes + content.Length),
            context);
        return result;
    }

    /// <summary>Unwraps a secret.</summary>
    /// <returns>The secret, or <see langword="null"/> if this is not what wrapped it.</returns>
    public byte[]? Unwrap(KeyWrapping wrapping, ReadOnlySpan<byte> content, ReadOnlySpan<byte> context)
    {
        if (content.Length < NonceSizeBytes + TagSizeBytes || KeyFor(wrapping) is not { } key)
        {
            return null;
        }

        var result = new byte[content.Length - NonceSizeBytes - TagSizeBytes];
        using var aes = new AesGcm(key, TagSizeBytes);
        try
        {
            aes.Decrypt(
                content[..NonceSizeBytes],
                content[NonceSizeBytes..^TagSizeBytes],
                content[^TagSizeBytes..],
                result,
                context);
            return result;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static string CheckOf(ReadOnlySpan<byte> key)
    {
        Span<byte> check = stackalloc byte[8];
        HKDF.Expand(HashAlgorithmName.SHA256, key, check, "terroir master key check"u8);
        return Convert.ToHexStringLower(check);
    }

    private byte[]? KeyFor(KeyWrapping wrapping) => wrapping.Kind switch
    {
        KeyWrapping.KeyFile => _keys.GetValueOrDefault(wrapping.Check ?? ""),
        KeyWrapping.Passphrase when _passphrase.Length > 0 && IsBounded(wrapping) =>
            _stretched.GetOrAdd(wrapping, Stretch),
        _ => null,
    };

    private static bool IsBounded(KeyWrapping wrapping) =>
        wrapping is { MemoryKibibytes: >= 8 and <= MemoryMaxKibibytes, PassCount: >= 1 and <= PassCountMax }
        && wrapping.Salt is { Length: 2 * SaltSizeBytes } salt
        && salt.All(char.IsAsciiHexDigitLower);

    private byte[] Stretch(KeyWrapping wrapping)
    {
        var algorithm = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters
        {
            DegreeOfParallelism = 1,
            MemorySize = wrapping.MemoryKibibytes,
            NumberOfPasses = wrapping.PassCount,
        });
        return algorithm.DeriveBytes(_passphrase, Convert.FromHexString(wrapping.Salt!), KeySizeBytes);
    }
}
