namespace Terroir.Provenance.Receipts;

/// <summary>What shows a commitment: its salt and its bytes.</summary>
/// <param name="Salt">32 bytes.</param>
/// <param name="Content">The bytes.</param>
public sealed record Opening(byte[] Salt, byte[] Content)
{
    /// <summary>Commits to bytes with a new salt.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="salts">Where salts come from.</param>
    public static Opening Of(ReadOnlySpan<byte> content, Func<byte[]> salts)
    {
        ArgumentNullException.ThrowIfNull(salts);
        return new Opening(salts(), content.ToArray());
    }

    /// <summary>The commitment.</summary>
    public ContentHash Commit() => Commitment.Of(Salt, Content);

    /// <summary>Whether this shows a commitment.</summary>
    /// <param name="commitment">The commitment.</param>
    public bool Opens(ContentHash commitment) =>
        Salt is { Length: Commitment.SaltLength } && Content is not null && Commit() == commitment;
}
