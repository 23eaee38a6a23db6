using System.Security.Cryptography;
using Terroir.Provenance;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;

namespace Terroir.Verify;

/// <summary>Reads the files that the options name.</summary>
internal static class EvidenceFiles
{
    /// <summary>The greatest length of a file in bytes.</summary>
    private const long LengthMax = 256 << 20;

    // What precedes the 32 bytes of an Ed25519 key in DER (RFC 8410).
    private static readonly byte[] DerPrefix = Convert.FromHexString("302a300506032b6570032100");

    public static async Task<ReceiptEvidence> ReadAsync(
        VerifyOptions options,
        Func<string, ILedgerSource> open,
        CancellationToken cancellationToken)
    {
        var keys = new List<ReadOnlyMemory<byte>>();
        foreach (var key in options.Values["--key"])
        {
            keys.Add(Key(File.Exists(key) ? await File.ReadAllTextAsync(key, cancellationToken) : key));
        }

        var documents = new List<ReadOnlyMemory<byte>>();
        foreach (var document in options.Values["--doc"])
        {
            documents.Add(await ReadFileAsync(document, cancellationToken));
        }

        var policy = await ReadOptionAsync(options, "--policy", cancellationToken);
        return new ReceiptEvidence
        {
            Bundle = await ReadFileAsync(options.Receipt, cancellationToken),
            Keys = keys,
            Policy = policy is { } bytes ? TrustPolicy.Parse(bytes.Span) : null,
            Proof = await ReadOptionAsync(options, "--proof", cancellationToken),
            Openings = await ReadOptionAsync(options, "--openings", cancellationToken),
            Documents = documents,
            Ledger = options.Values["--ledger"].LastOrDefault() is { } ledger ? open(ledger) : null,
        };
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadOptionAsync(
        VerifyOptions options,
        string name,
        CancellationToken cancellationToken) =>
        options.Values[name].LastOrDefault() is { } path
            ? await ReadFileAsync(path, cancellationToken)
            : default(ReadOnlyMemory<byte>?);

    private static async Task<ReadOnlyMemory<byte>> ReadFileAsync(string path, CancellationToken cancellationToken) =>
        new FileInfo(path) is { Exists: true, Length: > LengthMax }
            ? throw new IOException($"{path} is longer than any file that is read.")
            : await File.ReadAllBytesAsync(path, cancellationToken);

    private static ReadOnlyMemory<byte> Key(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 2 * SiteKey.Length && trimmed.All(char.IsAsciiHexDigit))
        {
            return Convert.FromHexString(trimmed);
        }

        if (PemEncoding.TryFind(trimmed, out var fields))
        {
            var der = Convert.FromBase64String(trimmed[fields.Base64Data]);
            return der.Length == DerPrefix.Length + SiteKey.Length && der.AsSpan().StartsWith(DerPrefix)
                ? der.AsMemory(DerPrefix.Length)
                : throw new FormatException("The PEM holds no public key of Ed25519.");
        }

        var key = VerifierKey.Parse(trimmed);
        return key.Type == SignatureType.Ed25519
            ? key.PublicKey
            : throw new FormatException("The verifier key is none of Ed25519 (type 1).");
    }
}
