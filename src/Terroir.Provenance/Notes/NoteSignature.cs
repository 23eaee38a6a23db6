using System.Buffers.Binary;

namespace Terroir.Provenance.Notes;

/// <summary>A signature line of a note, not verified.</summary>
/// <param name="Name">The name of the key that it claims.</param>
/// <param name="KeyId">The id of that key.</param>
/// <param name="Signature">The bytes after the id.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    private const string Kind = "signature line";
    private const string Dash = "\u2014 ";

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line without its line feed.</param>
    /// <exception cref="ProofFormatException">It is no signature line.</exception>
    public static NoteSignature Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var parts = line.Split(' ', 4);
        if (!line.StartsWith(Dash, StringComparison.Ordinal) || parts.Length != 3 || !NoteText.IsKeyName(parts[1]))
        {
            throw new ProofFormatException(Kind, "it does not read: dash, name of a key, base64");
        }

        return NoteText.Base64(parts[2]) is { Length: > sizeof(uint) } bytes
            ? new NoteSignature(parts[1], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(sizeof(uint)))
            : throw new ProofFormatException(Kind, "what it signs with is no base64 of five bytes or more");
    }

    /// <summary>Whether a key is the one that the line claims.</summary>
    /// <param name="key">The key.</param>
    public bool IsOf(VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Id == KeyId && string.Equals(key.Name, Name, StringComparison.Ordinal);
    }

    /// <summary>Returns the line, with its line feed.</summary>
    public string ToLine()
    {
        var bytes = new byte[sizeof(uint) + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.Span.CopyTo(bytes.AsSpan(sizeof(uint)));
        return $"{Dash}{Name} {Convert.ToBase64String(bytes)}\n";
    }
}
