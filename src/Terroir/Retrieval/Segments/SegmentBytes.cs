using System.Security.Cryptography;

namespace Terroir.Retrieval.Segments;

/// <summary>The bytes of a segment, each chunk checked against its digest before the first of its bytes is given out.
/// </summary>
/// <remarks>Safe to share between threads. Opening reads the header and the digests only, so that a mapped segment
/// opens in the same time whatever its size. What a disk or a memory changes in a chunk after its check is not seen;
/// <c>terroir verify-store</c> hashes the whole.</remarks>
internal sealed class SegmentBytes
{
    private readonly ReadOnlyMemory<byte> _content;
    private readonly bool[] _isChecked;
    private readonly int _bodySize;
    private readonly string _name;

    /// <summary>Checks the header and the digests.</summary>
    /// <param name="content">A segment of the layout that is written.</param>
    /// <param name="name">What it is called in an error.</param>
    /// <exception cref="BlobCorruptException">They are damaged, or the length is another.</exception>
    public SegmentBytes(ReadOnlyMemory<byte> content, string name)
    {
        _content = content;
        _name = name;
        var bytes = content.Span;
        Header = SegmentHeader.Read(bytes);
        if (Header.SizeBytes != bytes.Length)
        {
            throw new BlobCorruptException(name);
        }

        _bodySize = (int)Header.BodySize;
        if (!Seal(bytes[..SegmentFormat.HeaderSizeBytes], bytes[_bodySize..^SegmentFormat.DigestSizeBytes])
            .AsSpan().SequenceEqual(bytes[^SegmentFormat.DigestSizeBytes..]))
        {
            throw new BlobCorruptException(name);
        }

        _isChecked = new bool[Header.ChunkCount];
    }

    public SegmentHeader Header { get; }

    /// <summary>The last bytes of a segment: the digest of its header and of all its digests.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> header, ReadOnlySpan<byte> digests)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(digests);
        return hash.GetHashAndReset();
    }

    /// <summary>Gives out a range of the body.</summary>
    /// <exception cref="BlobCorruptException">It is damaged, or it is not all there.</exception>
    public ReadOnlySpan<byte> Read(long offset, long length)
    {
        if (offset < 0 || length < 0 || offset + length > _bodySize)
        {
            throw Corrupt();
        }

        var last = (int)((offset + length - 1) >> SegmentFormat.ChunkSizeBits);
        for (var chunk = (int)(offset >> SegmentFormat.ChunkSizeBits); chunk <= last; chunk++)
        {
            if (!Volatile.Read(ref _isChecked[chunk]))
            {
                Check(chunk);
            }
        }

        return _content.Span.Slice((int)offset, (int)length);
    }

    /// <summary>Checks all chunks.</summary>
    /// <exception cref="BlobCorruptException">One is damaged.</exception>
    public void CheckAll() => Read(0, _bodySize);

    /// <summary>The error for this segment.</summary>
    public BlobCorruptException Corrupt() => new(_name);

    private void Check(int chunk)
    {
        var bytes = _content.Span;
        var start = chunk << SegmentFormat.ChunkSizeBits;
        Span<byte> digest = stackalloc byte[SegmentFormat.DigestSizeBytes];
        SHA256.HashData(bytes[start..Math.Min(start + SegmentFormat.ChunkSizeBytes, _bodySize)], digest);
        if (!digest.SequenceEqual(bytes.Slice(
            _bodySize + (chunk * SegmentFormat.DigestSizeBytes),
            SegmentFormat.DigestSizeBytes)))
        {
            throw Corrupt();
        }

        Volatile.Write(ref _isChecked[chunk], true);
    }
}
