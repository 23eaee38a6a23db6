using System.Buffers.Binary;

namespace Terroir.Provenance.Merkle;

/// <summary>A bundle of entries: each its length as two bytes, big end first, and its bytes.</summary>
public static class EntryBundle
{
    /// <summary>The greatest length of an entry in bytes.</summary>
    public const int EntryLengthMax = ushort.MaxValue;

    /// <summary>Writes a bundle.</summary>
    /// <param name="entries">1 to 256 entries, each of at most 65,535 bytes.</param>
    /// <exception cref="ArgumentException">There are others.</exception>
    public static byte[] Write(IReadOnlyList<byte[]> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count is < 1 or > TilePath.FullWidth || entries.Any(entry => entry.Length > EntryLengthMax))
        {
            throw new ArgumentException("A bundle has 1 to 256 entries of at most 65,535 bytes.", nameof(entries));
        }

        var bytes = new byte[entries.Sum(entry => entry.Length + 2)];
        var at = 0;
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)entry.Length);
            entry.CopyTo(bytes, at + 2);
            at += entry.Length + 2;
        }

        return bytes;
    }

    /// <summary>Reads a bundle.</summary>
    /// <param name="bundle">Its bytes.</param>
    /// <param name="width">How many entries its name says.</param>
    /// <exception cref="ProofFormatException">It holds fewer or more.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> bundle, int width)
    {
        var entries = new List<ReadOnlyMemory<byte>>(Math.Min(width, TilePath.FullWidth));
        while (bundle.Length > 0)
        {
            var length = bundle.Length < 2 ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (length > bundle.Length - 2 || entries.Count == width)
            {
                throw new ProofFormatException("bundle of entries", $"after entry {entries.Count} comes no whole one");
            }

            entries.Add(bundle.Slice(2, length));
            bundle = bundle[(2 + length)..];
        }

        return entries.Count == width
            ? entries
            : throw new ProofFormatException("bundle of entries", $"it has {entries.Count} of {width} entries");
    }
}
