using Terroir.Provenance.Merkle;

namespace Terroir.Provenance.Notes;

/// <summary>The body of <c>add-checkpoint</c>: a log asks a witness to cosign (C2SP tlog-witness).</summary>
/// <param name="OldSize">The size of the checkpoint that the witness cosigned last; 0 for none.</param>
/// <param name="Proof">The proof that the log only grew since; empty where <paramref name="OldSize"/> is 0.</param>
/// <param name="Checkpoint">The new checkpoint with the log's signature.</param>
public sealed record AddCheckpointRequest(long OldSize, IReadOnlyList<MerkleHash> Proof, SignedNote Checkpoint)
{
    /// <summary>The greatest length of a body in bytes.</summary>
    public const int LengthMax = SignedNote.LengthMax + (8 * 1024);

    private const string Kind = "request to a witness";
    private const string OldWord = "old ";

    /// <summary>Reads a body.</summary>
    /// <param name="body">Its bytes.</param>
    /// <exception cref="ProofFormatException">It is no such body.</exception>
    public static AddCheckpointRequest Parse(ReadOnlySpan<byte> body)
    {
        var split = body.Length > LengthMax ? -1 : body.IndexOf("\n\n"u8);
        if (split < 0)
        {
            throw new ProofFormatException(Kind, "no empty line precedes a checkpoint, or it is too long");
        }

        var lines = NoteText.Decode(body[..split], Kind).Split('\n');
        if (!lines[0].StartsWith(OldWord, StringComparison.Ordinal)
            || !NoteText.TryParseNumber(lines[0][OldWord.Length..], out var oldSize))
        {
            throw new ProofFormatException(Kind, "its first line is not 'old' and a size");
        }

        var proof = HashLines.Parse(lines.AsSpan(1), Kind);
        return new AddCheckpointRequest(oldSize, proof, SignedNote.Parse(body[(split + 2)..]));
    }

    /// <summary>Returns the body.</summary>
    public byte[] ToBytes() =>
    [
        .. NoteText.Utf8.GetBytes($"{OldWord}{NoteText.Number(OldSize)}\n{HashLines.Format(Proof)}\n"),
        .. Checkpoint.ToBytes(),
    ];
}
