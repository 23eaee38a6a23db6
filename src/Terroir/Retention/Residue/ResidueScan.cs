using System.Numerics;

namespace Terroir.Retention.Residue;

/// <summary>Looks for probes in streams of bytes.</summary>
internal sealed class ResidueScan
{
    private const int ChunkSizeBytes = 1 << 20;
    private const int FilterBits = 20;

    private readonly ResidueProbes _probes;
    private readonly (int Length, ulong Weight, HashSet<ulong> Set, ulong[] Filter)[] _lengths;

    public ResidueScan(ResidueProbes probes)
    {
        _probes = probes;
        _lengths =
        [
            .. probes.Sets.OrderBy(item => item.Key)
                .Select(item => (item.Key, probes.WeightOf(item.Key), item.Value, FilterOf(item.Value))),
        ];
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="found">Told of each place: the offset, the length, the hash.</param>
    /// <param name="cancellationToken">Stops between two chunks.</param>
    /// <returns>How many bytes there were.</returns>
    public async Task<long> RunAsync(
        Stream stream,
        Action<long, int, ulong> found,
        CancellationToken cancellationToken)
    {
        var keep = _lengths.Length == 0 ? 0 : _lengths[^1].Length - 1;
        var buffer = new byte[keep + ChunkSizeBytes];
        var (kept, offset) = (0, 0L);
        int read;
        while ((read = await stream.ReadAtLeastAsync(
            buffer.AsMemory(kept, ChunkSizeBytes),
            ChunkSizeBytes,
            throwOnEndOfStream: false,
            cancellationToken)) > 0)
        {
            Scan(buffer.AsSpan(0, kept + read), kept, offset - kept, found);
            offset += read;
            var next = Math.Min(keep, kept + read);
            buffer.AsSpan(kept + read - next, next).CopyTo(buffer);
            kept = next;
        }

        return offset;
    }

    /// <summary>Looks at bytes that are in memory.</summary>
    public void Run(ReadOnlySpan<byte> bytes, Action<long, int, ulong> found) => Scan(bytes, 0, 0, found);

    // Windows that end before "seen" were looked at with the chunk before.
    private void Scan(ReadOnlySpan<byte> bytes, int seen, long start, Action<long, int, ulong> found)
    {
        foreach (var (length, weight, set, filter) in _lengths)
        {
            var first = Math.Max(0, seen - length + 1);
            if (first + length > bytes.Length)
            {
                continue;
            }

            var hash = _probes.HashOf(bytes.Slice(first, length));
            for (var at = first; ; at++)
            {
                if (MayHold(filter, hash) && set.Contains(hash))
                {
                    found(start + at, length, hash);
                }

                if (at + length == bytes.Length)
                {
                    break;
                }

                hash = ((hash - ((bytes[at] + 1UL) * weight)) * _probes.Base) + bytes[at + length] + 1;
            }
        }
    }

    private static ulong[] FilterOf(HashSet<ulong> hashes)
    {
        var filter = new ulong[(1 << FilterBits) / 64];
        foreach (var hash in hashes)
        {
            var bit = BitOf(hash);
            filter[bit >> 6] |= 1UL << (int)(bit & 63);
        }

        return filter;
    }

    private static bool MayHold(ulong[] filter, ulong hash)
    {
        var bit = BitOf(hash);
        return (filter[bit >> 6] >> (int)(bit & 63) & 1) != 0;
    }

    // Fibonacci hashing: the high bits of a product depend on all bits.
    private static uint BitOf(ulong hash) =>
        (uint)(BitOperations.RotateLeft(hash, 32) * 0x9E3779B97F4A7C15UL >> (64 - FilterBits));
}
