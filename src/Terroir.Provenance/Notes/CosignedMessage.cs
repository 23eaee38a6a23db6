using System.Buffers.Binary;

namespace Terroir.Provenance.Notes;

/// <summary>What a cosignature signs (C2SP tlog-cosignature).</summary>
internal static class CosignedMessage
{
    private static ReadOnlySpan<byte> SubtreeLabel => "subtree/v1\n\0"u8;

    /// <summary>Encodes it; <see langword="null"/> if the text is no checkpoint that can be cosigned.</summary>
    public static byte[]? TryEncode(VerifierKey key, string text, long timestamp)
    {
        Checkpoint checkpoint;
        try
        {
            checkpoint = Checkpoint.Parse(text);
        }
        catch (ProofFormatException)
        {
            return null;
        }

        return key.Type == SignatureType.Cosignature
            ? NoteText.Utf8.GetBytes($"cosignature/v1\ntime {NoteText.Number(timestamp)}\n{text}")
            : EncodeSubtree(key.Name, checkpoint, timestamp);
    }

    // The whole tree is the subtree from 0 to its size. Names have at most 255 bytes, as a byte counts them.
    private static byte[] EncodeSubtree(string cosigner, Checkpoint checkpoint, long timestamp)
    {
        var name = NoteText.Utf8.GetBytes(cosigner);
        var origin = NoteText.Utf8.GetBytes(checkpoint.Origin);
        return
        [
            .. SubtreeLabel,
            (byte)name.Length, .. name,
            .. BigEndian(timestamp),
            (byte)origin.Length, .. origin,
            .. BigEndian(0),
            .. BigEndian(checkpoint.Size),
            .. checkpoint.Root.ToArray(),
        ];
    }

    private static byte[] BigEndian(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}
