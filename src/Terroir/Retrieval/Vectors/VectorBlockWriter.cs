using System.Security.Cryptography;

namespace Terroir.Retrieval.Vectors;

/// <summary>Writes a block's bytes from start to end, hashing each section on the way.</summary>
internal sealed class VectorBlockWriter(Stream target, VectorRows rows, Clusters clusters, BlockEncoding encoding)
{
    // How many rows are looked at between two questions whether to stop.
    private const int StopEvery = 1_024;

    private readonly VectorBlockFormat _format = encoding.Format;
    private readonly byte[] _footer = new byte[VectorBlockFormat.FooterSizeBytes];
    private long _written;
    private int _section;

    /// <summary>Writes everything.</summary>
    public void Write(ulong seed, IProgress<VectorBuildProgress>? progress, CancellationToken cancellationToken)
    {
        var header = new byte[VectorBlockFormat.HeaderSizeBytes];
        new VectorBlockHeader(
            encoding.Metric,
            _format.Dimensions,
            _format.RowCount,
            _format.ListCount,
            encoding.NormMax,
            encoding.CodeNormMax,
            encoding.Gain,
            seed).Write(header);
        target.Write(header);
        _written = header.Length;

        WriteSection([Bytes(clusters.Starts)]);
        WriteSection([Bytes<float>(
            [.. Enumerable.Range(0, clusters.ListCount).Select(encoding.Radius).SelectMany(Pair)])]);
        WriteSection([Bytes(clusters.Mean), Bytes(clusters.Centres)]);
        WriteSection([encoding.CentreCodes]);
        WriteSection([encoding.Bits]);
        WriteSection([encoding.Coarse]);
        WriteSection([encoding.Fine]);
        WriteSection([Bytes<int>([.. clusters.Order.Select(rows.Number)])]);
        WriteSection([Bytes<ulong>([.. clusters.Order.Select(rows.Key)])]);
        WriteSection(Originals(progress, cancellationToken));

        var hashedSize = VectorBlockFormat.SectionCount * VectorBlockFormat.HashSizeBytes;
        SHA256.HashData([.. header, .. _footer.AsSpan(0, hashedSize)], _footer.AsSpan(hashedSize));
        target.Write(_footer);
    }

    private static float[] Pair((float Least, float Greatest) radius) => [radius.Least, radius.Greatest];

    private static byte[] Bytes<T>(T[] values)
        where T : unmanaged
    {
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Vector blocks are written by little endian machines.");
        }

        return bytes;
    }

    private IEnumerable<byte[]> Originals(
        IProgress<VectorBuildProgress>? progress,
        CancellationToken cancellationToken)
    {
        var bytes = new byte[_format.Stride * sizeof(float)];
        for (var place = 0; place < clusters.Order.Length; place++)
        {
            if (place % StopEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(new VectorBuildProgress(
                    VectorBuildPhase.Write,
                    (double)place / clusters.Order.Length));
            }

            Copy(clusters.Order[place], bytes);
            yield return bytes;
        }
    }

    private unsafe void Copy(int row, byte[] bytes) =>
        new ReadOnlySpan<byte>(rows.Row(row), bytes.Length).CopyTo(bytes);

    private void WriteSection(IEnumerable<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(part);
            target.Write(part);
            _written += part.Length;
        }

        var padding = new byte[(int)(-_written & (VectorBlockFormat.AlignmentBytes - 1))];
        hash.AppendData(padding);
        target.Write(padding);
        _written += padding.Length;
        hash.GetHashAndReset(_footer.AsSpan(_section * VectorBlockFormat.HashSizeBytes));
        _section++;
    }
}
