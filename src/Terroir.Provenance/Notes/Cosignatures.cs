namespace Terroir.Provenance.Notes;

/// <summary>The body of a witness's answer: signature lines.</summary>
public static class Cosignatures
{
    /// <summary>Reads a body and keeps the cosignatures that hold.</summary>
    /// <param name="body">The bytes that a witness sent.</param>
    /// <param name="checkpoint">The checkpoint that it was asked to cosign.</param>
    /// <param name="keys">The keys of witnesses that one trusts.</param>
    /// <returns>The checkpoint with the cosignatures of these keys; those of others are passed over.</returns>
    /// <exception cref="ProofFormatException">The body is not made of signature lines, or a cosignature of a trusted
    /// key does not hold.</exception>
    public static SignedNote Add(ReadOnlySpan<byte> body, SignedNote checkpoint, IEnumerable<VerifierKey> keys)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var trusted = keys.ToList();
        var answer = SignedNote.Parse([.. NoteText.Utf8.GetBytes(checkpoint.Text + "\n"), .. body]);
        if (answer.Verify(trusted) is null)
        {
            throw new ProofFormatException("cosignature", "it does not hold for the key that it claims");
        }

        return checkpoint.With(answer.Signatures.Where(signature => trusted.Exists(signature.IsOf)));
    }
}
