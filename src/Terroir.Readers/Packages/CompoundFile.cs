using System.Buffers.Binary;
using System.Text;

namespace Terroir.Readers.Packages;

/// <summary>The compound file of old Office and of Outlook: storages and streams in sectors ([MS-CFB]).</summary>
/// <remarks>Chains are followed at most once round the file, so that a cycle ends. A broken file raises
/// <see cref="InvalidDataException"/>.</remarks>
internal sealed class CompoundFile
{
    private const int HeaderLength = 512;
    private const int EntryLength = 128;
    private const int NameLength = 64;
    private const uint LastSector = 0xFFFFFFFA;
    private const uint NoEntry = 0xFFFFFFFF;

    private readonly ReadOnlyMemory<byte> _content;
    private readonly int _sectorLength;
    private readonly int _miniLength;
    private readonly int _miniCutoff;
    private readonly uint[] _next;
    private readonly uint[] _miniNext;
    private readonly byte[] _mini;

    public CompoundFile(ReadOnlyMemory<byte> content)
    {
        _content = content;
        if (content.Length < HeaderLength || !IsSignature(content.Span))
        {
            throw new InvalidDataException("There is no compound file header.");
        }

        var header = content.Span;
        var sectorShift = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]);
        var miniShift = BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        if (sectorShift is not (9 or 12) || miniShift is < 4 or > 9)
        {
            throw new InvalidDataException("The sectors have an unknown length.");
        }

        _sectorLength = 1 << sectorShift;
        _miniLength = 1 << miniShift;
        _miniCutoff = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(header[56..]), 1 << 16);
        _next = ReadTable(FatSectors());
        Entries = ReadEntries(Chain(BinaryPrimitives.ReadUInt32LittleEndian(header[48..])));
        _miniNext = ReadTable(SectorsOf(BinaryPrimitives.ReadUInt32LittleEndian(header[60..])));
        _mini = Entries.Count > 0 ? Chain(Entries[0].Start) : [];
    }

    /// <summary>All storages and streams; the first is the root.</summary>
    public IReadOnlyList<CompoundEntry> Entries { get; }

    public static bool IsSignature(ReadOnlySpan<byte> content) =>
        content.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    /// <summary>Finds an entry anywhere in the file by name.</summary>
    public CompoundEntry? Find(string name) =>
        Entries.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Lists what stands directly in a storage.</summary>
    public IReadOnlyList<CompoundEntry> Children(CompoundEntry storage)
    {
        var found = new List<CompoundEntry>();
        var seen = new HashSet<uint>();
        var open = new Stack<uint>();
        open.Push(storage.Child);
        while (open.TryPop(out var id))
        {
            if (id != NoEntry && id < Entries.Count && seen.Add(id))
            {
                var entry = Entries[(int)id];
                found.Add(entry);
                open.Push(entry.Left);
                open.Push(entry.Right);
            }
        }

        return found;
    }

    /// <summary>Reads a stream.</summary>
    public byte[] Read(CompoundEntry entry)
    {
        if (entry.Length > _content.Length)
        {
            throw new InvalidDataException("A stream is longer than the file.");
        }

        var bytes = entry.Length < _miniCutoff ? MiniChain(entry.Start) : Chain(entry.Start);
        return bytes.Length > entry.Length ? bytes[..(int)entry.Length] : bytes;
    }

    private IEnumerable<uint> FatSectors()
    {
        var sectors = new List<uint>();
        for (var index = 0; index < 109; index++)
        {
            sectors.Add(BinaryPrimitives.ReadUInt32LittleEndian(_content.Span[(76 + (index * 4))..]));
        }

        var next = BinaryPrimitives.ReadUInt32LittleEndian(_content.Span[68..]);
        for (var count = 0; next < LastSector && count <= _content.Length / _sectorLength; count++)
        {
            var sector = Sector(next);
            for (var at = 0; at < _sectorLength - 4; at += 4)
            {
                sectors.Add(BinaryPrimitives.ReadUInt32LittleEndian(sector[at..]));
            }

            next = BinaryPrimitives.ReadUInt32LittleEndian(sector[(_sectorLength - 4)..]);
        }

        return sectors.Where(sector => sector < LastSector).Take((_content.Length / _sectorLength) + 1);
    }

    private uint[] ReadTable(IEnumerable<uint> sectors)
    {
        var table = new List<uint>();
        foreach (var number in sectors)
        {
            var sector = Sector(number);
            for (var at = 0; at < _sectorLength; at += 4)
            {
                table.Add(BinaryPrimitives.ReadUInt32LittleEndian(sector[at..]));
            }
        }

        return [.. table];
    }

    private IEnumerable<uint> SectorsOf(uint first)
    {
        var count = 0;
        for (var at = first; at < LastSector && at < _next.Length && count <= _next.Length; at = _next[at], count++)
        {
            yield return at;
        }
    }

    private byte[] Chain(uint first)
    {
        using var bytes = new MemoryStream();
        foreach (var sector in SectorsOf(first))
        {
            if (bytes.Length > _content.Length)
            {
                throw new InvalidDataException("A chain of sectors is longer than the file.");
            }

            bytes.Write(Sector(sector));
        }

        return bytes.ToArray();
    }

    private byte[] MiniChain(uint first)
    {
        using var bytes = new MemoryStream();
        var count = 0;
        for (var at = first; at < LastSector && at < _miniNext.Length && count <= _miniNext.Length; count++)
        {
            var start = at * (long)_miniLength;
            if (start + _miniLength > _mini.Length)
            {
                throw new InvalidDataException("A short sector lies outside the file.");
            }

            bytes.Write(_mini.AsSpan((int)start, _miniLength));
            at = _miniNext[at];
        }

        return bytes.ToArray();
    }

    // The last sector of a file may be cut short; what is missing reads as zeros.
    private ReadOnlySpan<byte> Sector(uint number)
    {
        var start = (number + 1L) * _sectorLength;
        if (start >= _content.Length)
        {
            throw new InvalidDataException("A sector lies outside the file.");
        }

        var rest = _content.Span[(int)start..];
        if (rest.Length >= _sectorLength)
        {
            return rest[.._sectorLength];
        }

        var padded = new byte[_sectorLength];
        rest.CopyTo(padded);
        return padded;
    }

    private static List<CompoundEntry> ReadEntries(byte[] directory)
    {
        var entries = new List<CompoundEntry>();
        for (var at = 0; at + EntryLength <= directory.Length; at += EntryLength)
        {
            var entry = directory.AsSpan(at, EntryLength);
            var length = Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(entry[NameLength..]) - 2, 0, NameLength);
            entries.Add(new CompoundEntry(
                Encoding.Unicode.GetString(entry[..length]),
                entry[66] is 1 or 5,
                BinaryPrimitives.ReadUInt32LittleEndian(entry[68..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[72..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[76..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[116..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[120..])));
        }

        return entries;
    }
}

/// <summary>A storage or a stream of a compound file.</summary>
internal sealed record CompoundEntry(
    string Name,
    bool IsStorage,
    uint Left,
    uint Right,
    uint Child,
    uint Start,
    long Length);
