using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Terroir.Provenance;

/// <summary>A signing key of ML-DSA-44 (FIPS 204), which a quantum computer does not break.</summary>
/// <remarks>Safe to share between threads. The seed is a secret. Signing is pure, with an empty context, and
/// deterministic: the same content has the same signature.</remarks>
public sealed class MlDsa44Key
{
    /// <summary>The length of a seed in bytes.</summary>
    public const int SeedLength = 32;

    /// <summary>The length of a public key in bytes.</summary>
    public const int PublicKeyLength = 1_312;

    /// <summary>The length of a signature in bytes.</summary>
    public const int SignatureLength = 2_420;

    private static readonly MLDsaParameters Parameters = MLDsaParameters.ml_dsa_44;
    private readonly MLDsaPrivateKeyParameters _key;

    private MlDsa44Key(MLDsaPrivateKeyParameters key)
    {
        _key = key;
        PublicKey = key.GetPublicKeyEncoded();
    }

    /// <summary>The public key: 1,312 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Takes a key from its seed.</summary>
    /// <param name="seed">32 random bytes.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public static MlDsa44Key FromSeed(ReadOnlySpan<byte> seed) => seed.Length == SeedLength
        ? new MlDsa44Key(MLDsaPrivateKeyParameters.FromSeed(Parameters, seed.ToArray()))
        : throw new ArgumentException("A seed has 32 bytes.", nameof(seed));

    /// <summary>Checks a signature.</summary>
    /// <param name="publicKey">1,312 bytes.</param>
    /// <param name="content">What was signed.</param>
    /// <param name="signature">2,420 bytes.</param>
    /// <returns>Whether the key signed exactly this.</returns>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) =>
        Verify(publicKey, content, context: [], signature);

    /// <summary>Signs.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>2,420 bytes.</returns>
    public byte[] Sign(ReadOnlySpan<byte> content)
    {
        var signer = new MLDsaSigner(Parameters, deterministic: true);
        signer.Init(forSigning: true, _key);
        signer.BlockUpdate(content);
        return signer.GenerateSignature();
    }

    internal static bool Verify(
        ReadOnlySpan<byte> publicKey,
        ReadOnlySpan<byte> content,
        byte[] context,
        ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != PublicKeyLength
            || signature.Length != SignatureLength
            || context.Length > byte.MaxValue)
        {
            return false;
        }

        var key = MLDsaPublicKeyParameters.FromEncoding(Parameters, publicKey.ToArray());
        var signer = new MLDsaSigner(Parameters, deterministic: true);
        signer.Init(forSigning: false, new ParametersWithContext(key, context));
        signer.BlockUpdate(content);
        return signer.VerifySignature(signature.ToArray());
    }
}
