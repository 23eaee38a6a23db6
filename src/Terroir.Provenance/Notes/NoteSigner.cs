using System.Buffers.Binary;

namespace Terroir.Provenance.Notes;

/// <summary>Signs notes under a name.</summary>
/// <remarks>Safe to share between threads. It does not dispose of the key.</remarks>
public sealed class NoteSigner
{
    private readonly Func<byte[], byte[]> _sign;
    private readonly TimeProvider? _time;

    private NoteSigner(VerifierKey key, Func<byte[], byte[]> sign, TimeProvider? time)
    {
        Key = key;
        _sign = sign;
        _time = time;
    }

    /// <summary>The key that verifies what this one signs.</summary>
    public VerifierKey Key { get; }

    /// <summary>Signs the text of any note with Ed25519: what a log does with its checkpoints.</summary>
    /// <param name="name">The key's name; a log's origin.</param>
    /// <param name="key">The key.</param>
    public static NoteSigner Ed25519(string name, SiteKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var verifier = VerifierKey.Create(name, SignatureType.Ed25519, key.PublicKey.Span);
        return new NoteSigner(verifier, content => key.Sign(content), time: null);
    }

    /// <summary>Cosigns checkpoints with Ed25519: what a witness does.</summary>
    /// <param name="name">The witness's name.</param>
    /// <param name="key">A key that signs nothing else.</param>
    /// <param name="time">The clock that cosignatures carry.</param>
    public static NoteSigner Cosigner(string name, SiteKey key, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(time);
        var verifier = VerifierKey.Create(name, SignatureType.Cosignature, key.PublicKey.Span);
        return new NoteSigner(verifier, content => key.Sign(content), time);
    }

    /// <summary>Cosigns checkpoints with ML-DSA-44: what a witness, or a log, does.</summary>
    /// <param name="name">The witness's name, or the log's origin.</param>
    /// <param name="key">The key.</param>
    /// <param name="time">The clock that cosignatures carry.</param>
    public static NoteSigner Cosigner(string name, MlDsa44Key key, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(time);
        var verifier = VerifierKey.Create(name, SignatureType.MlDsaCosignature, key.PublicKey.Span);
        return new NoteSigner(verifier, content => key.Sign(content), time);
    }

    /// <summary>Signs.</summary>
    /// <param name="text">The text of a note; for a cosigner, of a checkpoint.</param>
    /// <exception cref="ProofFormatException">It is no checkpoint, and this cosigns.</exception>
    public NoteSignature Sign(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_time is null)
        {
            return new NoteSignature(Key.Name, Key.Id, _sign(NoteText.Utf8.GetBytes(text)));
        }

        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        var message = CosignedMessage.TryEncode(Key, text, timestamp)
            ?? throw new ProofFormatException("checkpoint", "only checkpoints are cosigned");
        var signature = _sign(message);
        var bytes = new byte[sizeof(long) + signature.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, timestamp);
        signature.CopyTo(bytes, sizeof(long));
        return new NoteSignature(Key.Name, Key.Id, bytes);
    }
}
