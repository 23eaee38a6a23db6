namespace Terroir.Provenance.Notes;

/// <summary>A text and the signatures under it (C2SP signed-note).</summary>
/// <remarks>Reading verifies nothing. The text counts for nothing until <see cref="Verify"/> has found a key.</remarks>
public sealed record SignedNote
{
    /// <summary>The greatest length of a note in bytes: 16 signatures of ML-DSA-44 have room.</summary>
    public const int LengthMax = 128 * 1024;

    /// <summary>How many signatures a note may have.</summary>
    public const int SignaturesMax = 64;

    private const string Kind = "signed note";

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        Text = text;
        Signatures = signatures;
    }

    /// <summary>The text with its last line feed.</summary>
    public string Text { get; }

    /// <summary>The signatures in their order, not verified.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Signs a text.</summary>
    /// <param name="text">Lines, each ended by a line feed.</param>
    /// <param name="signers">Who signs; 1 to 64.</param>
    /// <exception cref="ProofFormatException">The text cannot be one of a note.</exception>
    public static SignedNote Sign(string text, params IReadOnlyList<NoteSigner> signers)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(signers);
        var note = new SignedNote(text, [.. signers.Select(signer => signer.Sign(text))]);
        return Parse(note.ToBytes());
    }

    /// <summary>Reads a note.</summary>
    /// <param name="bytes">The bytes of a file or a message.</param>
    /// <exception cref="ProofFormatException">They are no note.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> bytes)
    {
        ProofLength.Check(bytes, LengthMax, Kind);
        var whole = NoteText.Decode(bytes, Kind);
        var split = whole.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || split + 2 == whole.Length || !whole.EndsWith('\n'))
        {
            throw new ProofFormatException(Kind, "no empty line and signature lines end it");
        }

        var lines = whole[(split + 2)..^1].Split('\n');
        return lines.Length <= SignaturesMax
            ? new SignedNote(whole[..(split + 1)], Array.ConvertAll(lines, NoteSignature.Parse))
            : throw new ProofFormatException(Kind, $"it has more than {SignaturesMax} signatures");
    }

    /// <summary>Looks for signatures of keys that one trusts. Signatures of other keys are passed over.</summary>
    /// <param name="keys">The keys.</param>
    /// <returns>The signatures that hold, one for each key at most; <see langword="null"/> if one of a trusted key does
    /// not hold, because then the note was tampered with, whatever else holds.</returns>
    public IReadOnlyList<VerifiedSignature>? Verify(IEnumerable<VerifierKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var trusted = keys.ToList();
        var verified = new List<VerifiedSignature>();
        foreach (var signature in Signatures)
        {
            foreach (var key in trusted.Where(signature.IsOf))
            {
                if (!key.Verify(Text, signature.Signature.Span, out var timestamp))
                {
                    return null;
                }

                if (verified.TrueForAll(other => other.Key != key))
                {
                    verified.Add(new VerifiedSignature(key, timestamp));
                }
            }
        }

        return verified;
    }

    /// <summary>Adds signatures, such as those of witnesses; one that is there already is passed over.</summary>
    /// <param name="signatures">The signatures.</param>
    public SignedNote With(IEnumerable<NoteSignature> signatures)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        var lines = Signatures.Select(signature => signature.ToLine()).ToHashSet(StringComparer.Ordinal);
        return new SignedNote(Text, [.. Signatures, .. signatures.Where(added => lines.Add(added.ToLine()))]);
    }

    /// <summary>Returns the bytes of the note.</summary>
    public byte[] ToBytes() =>
        NoteText.Utf8.GetBytes($"{Text}\n{string.Concat(Signatures.Select(signature => signature.ToLine()))}");
}
