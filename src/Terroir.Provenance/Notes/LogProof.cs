using Terroir.Provenance.Merkle;

namespace Terroir.Provenance.Notes;

/// <summary>A proof in a file that something is in a log (C2SP tlog-proof, version 1): the place, the way to the root,
/// and the signed checkpoint.</summary>
/// <param name="Index">The place of the leaf, from 0.</param>
/// <param name="Path">The proof of inclusion; at most 63 hashes.</param>
/// <param name="Checkpoint">The checkpoint with its signatures.</param>
/// <param name="Extra">Bytes for the application, which nothing vouches for; <see langword="null"/> for none.</param>
public sealed record LogProof(
    long Index,
    IReadOnlyList<MerkleHash> Path,
    SignedNote Checkpoint,
    ReadOnlyMemory<byte>? Extra = null)
{
    /// <summary>The greatest length of a proof in bytes.</summary>
    public const int LengthMax = SignedNote.LengthMax + (128 * 1024);

    private const string Kind = "proof of logging";
    private const string FirstLine = "c2sp.org/tlog-proof@v1";
    private const string ExtraWord = "extra ";
    private const string IndexWord = "index ";

    /// <summary>Reads a proof.</summary>
    /// <param name="bytes">The bytes of the file.</param>
    /// <exception cref="ProofFormatException">They are no proof.</exception>
    public static LogProof Parse(ReadOnlySpan<byte> bytes)
    {
        ProofLength.Check(bytes, LengthMax, Kind);
        var split = bytes.IndexOf("\n\n"u8);
        if (split < 0)
        {
            throw new ProofFormatException(Kind, "no empty line precedes a checkpoint");
        }

        var lines = NoteText.Decode(bytes[..split], Kind).Split('\n');
        var at = 1;
        ReadOnlyMemory<byte>? extra = null;
        if (lines.Length > at && lines[at].StartsWith(ExtraWord, StringComparison.Ordinal))
        {
            extra = NoteText.Base64(lines[at][ExtraWord.Length..]) is { Length: > 0 } decoded
                ? decoded
                : throw new ProofFormatException(Kind, "its extra data are no base64");
            at++;
        }

        if (!string.Equals(lines[0], FirstLine, StringComparison.Ordinal)
            || lines.Length <= at
            || !lines[at].StartsWith(IndexWord, StringComparison.Ordinal)
            || !NoteText.TryParseNumber(lines[at][IndexWord.Length..], out var index))
        {
            throw new ProofFormatException(Kind, $"it does not begin with {FirstLine} and the index of an entry");
        }

        var path = HashLines.Parse(lines.AsSpan(at + 1), Kind);
        return new LogProof(index, path, SignedNote.Parse(bytes[(split + 2)..]), extra);
    }

    /// <summary>Verifies that a leaf is in the log.</summary>
    /// <param name="leaf">The hash of the leaf.</param>
    /// <param name="policy">Whom one trusts.</param>
    /// <returns>How the checkpoint was judged, and whether the path leads from the leaf to its root.</returns>
    public LogProofVerdict Verify(MerkleHash leaf, TrustPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var verdict = policy.Check(Checkpoint);
        var isIncluded = verdict.Checkpoint is { } checkpoint
            && MerkleVerifier.IsIncluded(Index, checkpoint.Size, leaf, Path, checkpoint.Root);
        return new LogProofVerdict(verdict, isIncluded);
    }

    /// <summary>Returns the bytes of the file.</summary>
    public byte[] ToBytes()
    {
        var extra = Extra is { Length: > 0 } bytes ? $"{ExtraWord}{Convert.ToBase64String(bytes.Span)}\n" : "";
        var head = $"{FirstLine}\n{extra}{IndexWord}{NoteText.Number(Index)}\n{HashLines.Format(Path)}\n";
        return [.. NoteText.Utf8.GetBytes(head), .. Checkpoint.ToBytes()];
    }
}
