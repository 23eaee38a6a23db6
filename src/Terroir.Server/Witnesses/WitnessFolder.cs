using System.Security.Cryptography;
using System.Text;
using Terroir.Audit;
using Terroir.Provenance;
using Terroir.Provenance.Notes;
using Terroir.Storage.Embedded;

namespace Terroir.Server.Witnesses;

/// <summary>The key of this site as a witness, and what it cosigned last of each log: the folder
/// <c>witness</c>.</summary>
/// <remarks>A witness that is put back from an older copy would cosign a second history, so what a backup holds of it
/// (<see cref="WitnessBackup"/>) cosigns nothing of a log before that was confirmed.</remarks>
internal sealed class WitnessFolder(SiteFolder site, TimeProvider timeProvider)
{
    private const int SecretLength = 32;

    private string KeyFile => site.WitnessKeyFile;

    /// <summary>Opens the keys of the witness, and makes them the first time.</summary>
    /// <param name="identity">Whose witness.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>One signer with Ed25519 and one with ML-DSA-44.</returns>
    /// <exception cref="SiteDamagedException">The file of the key is none.</exception>
    public async Task<IReadOnlyList<NoteSigner>> OpenSignersAsync(
        LedgerIdentity identity,
        CancellationToken cancellationToken)
    {
        var secret = await ReadSecretAsync(cancellationToken) ?? CreateSecret();
        var name = $"{LedgerIdentity.OriginPrefix}witness/{identity.Site}";
        return
        [
            NoteSigner.Cosigner(name, SiteKey.FromSeed(Derive(secret, "ed25519")), timeProvider),
            NoteSigner.Cosigner(name, MlDsa44Key.FromSeed(Derive(secret, "ml-dsa-44")), timeProvider),
        ];
    }

    /// <summary>Reads what was cosigned last of a log.</summary>
    /// <param name="log">The SHA-256 of its origin.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The note; <see langword="null"/> if nothing was.</returns>
    public async Task<byte[]?> ReadAsync(ContentHash log, CancellationToken cancellationToken) =>
        File.Exists(FileOf(log)) ? await File.ReadAllBytesAsync(FileOf(log), cancellationToken) : null;

    /// <summary>Keeps what is cosigned of a log, durably.</summary>
    /// <param name="log">The SHA-256 of its origin.</param>
    /// <param name="note">The note.</param>
    public void Write(ContentHash log, byte[] note)
    {
        DurableFile.EnsureFolder(site.WitnessedLogsFolder);
        DurableFile.Replace(FileOf(log), note);
    }

    /// <summary>Whether what is kept of a log is what was cosigned last: not in a site that was put back from a backup,
    /// until it was confirmed.</summary>
    /// <param name="log">The SHA-256 of its origin.</param>
    public bool IsConfirmed(ContentHash log) =>
        !File.Exists(site.RestoredWitnessFile) || File.Exists(ConfirmedFileOf(log));

    /// <summary>Notes durably that what is kept of a log is what was cosigned last.</summary>
    /// <param name="log">The SHA-256 of its origin.</param>
    public void Confirm(ContentHash log)
    {
        DurableFile.EnsureFolder(site.ConfirmedLogsFolder);
        DurableFile.Replace(ConfirmedFileOf(log), []);
    }

    /// <summary>Opens what was cosigned last of a log.</summary>
    /// <param name="log">The SHA-256 of its origin.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="SiteDamagedException">The file is none: nothing may be cosigned before it is put right.
    /// </exception>
    public async Task<Checkpoint?> OpenAsync(ContentHash log, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(log, cancellationToken) is { } note
                ? Checkpoint.Parse(SignedNote.Parse(note).Text)
                : null;
        }
        catch (ProofFormatException)
        {
            throw new SiteDamagedException(FileOf(log), "is no checkpoint");
        }
    }

    // Each kind of signature has a key of its own, by HKDF (RFC 5869).
    private static byte[] Derive(byte[] secret, string kind) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        secret,
        SecretLength,
        info: Encoding.ASCII.GetBytes($"terroir/witness/{kind}/v1"));

    private async Task<byte[]?> ReadSecretAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(KeyFile))
        {
            return null;
        }

        try
        {
            var digits = await File.ReadAllTextAsync(KeyFile, cancellationToken);
            return Convert.FromHexString(digits.Trim()) is { Length: SecretLength } secret
                ? secret
                : throw new SiteDamagedException(KeyFile, "is no key of a witness");
        }
        catch (FormatException)
        {
            throw new SiteDamagedException(KeyFile, "is no key of a witness");
        }
    }

    private byte[] CreateSecret()
    {
        var secret = RandomNumberGenerator.GetBytes(SecretLength);
        DurableFile.EnsureFolder(site.WitnessFolder);
        DurableFile.Replace(
            KeyFile,
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret)),
            DurableFile.OwnerOnly);
        return secret;
    }

    private string FileOf(ContentHash log) => Path.Combine(site.WitnessedLogsFolder, log.Hex);

    private string ConfirmedFileOf(ContentHash log) => Path.Combine(site.ConfirmedLogsFolder, log.Hex);
}
