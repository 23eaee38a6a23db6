using Terroir.Provenance;
using Terroir.Provenance.Notes;

namespace Terroir.Audit;

/// <summary>In whose name the ledger is kept.</summary>
/// <param name="site">The site's id.</param>
/// <param name="key">The site's signing key.</param>
public sealed class LedgerIdentity(string site, SiteKey key)
{
    /// <summary>What precedes the site's id in the origin of its log, until the project owns a domain.</summary>
    public const string OriginPrefix = "terroir.example/";

    /// <summary>The site's id.</summary>
    public string Site { get; } = site;

    /// <summary>The site's signing key: of checkpoints and of receipts.</summary>
    public SiteKey SigningKey { get; } = key;

    /// <summary>Signs checkpoints. The name of its key is the origin of the log.</summary>
    public NoteSigner Signer { get; } = NoteSigner.Ed25519(OriginPrefix + site, key);

    /// <summary>Opens a checkpoint that stands where this site's stands.</summary>
    /// <param name="note">The signed note.</param>
    /// <returns>The checkpoint.</returns>
    /// <exception cref="LedgerForkedException">It is none, or another's.</exception>
    internal Checkpoint OpenOwn(ReadOnlySpan<byte> note) =>
        Open(note) ?? throw new LedgerForkedException("has a checkpoint that this site did not sign", 0);

    /// <summary>Opens a minimum index that stands where this site's stands.</summary>
    /// <param name="note">The signed note; <see langword="null"/> for a log that was never pruned.</param>
    /// <returns>The least index that is published.</returns>
    /// <exception cref="LedgerForkedException">It is none, or another's.</exception>
    internal long OpenMinimum(byte[]? note) =>
        note is null ? 0
        : MinimumIndex.TryOpen(note, Signer.Key)?.Index
            ?? throw new LedgerForkedException("has a minimum index that this site did not sign", 0);

    /// <summary>Opens a checkpoint that this site signed.</summary>
    /// <param name="note">The signed note.</param>
    /// <returns>The checkpoint; <see langword="null"/> if it is none, or another's.</returns>
    public Checkpoint? Open(ReadOnlySpan<byte> note)
    {
        try
        {
            var signed = SignedNote.Parse(note);
            var checkpoint = Checkpoint.Parse(signed.Text);
            return signed.Verify([Signer.Key]) is { Count: > 0 }
                && string.Equals(checkpoint.Origin, Signer.Key.Name, StringComparison.Ordinal)
                ? checkpoint
                : null;
        }
        catch (ProofFormatException)
        {
            return null;
        }
    }
}
