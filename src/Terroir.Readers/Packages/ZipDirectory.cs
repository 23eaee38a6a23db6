using System.Buffers.Binary;
using System.IO.Compression;
using Terroir.Documents;

namespace Terroir.Readers.Packages;

/// <summary>Opens ZIP files. The entries are counted in the bytes before any object is made for them.</summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int EndSearchLength = EndLength + ushort.MaxValue;
    private const int HeaderLength = 46;
    private const int LocatorLength = 20;

    public static ZipArchive Open(ReadOnlyMemory<byte> content, ReadLimits limits)
    {
        if (CountUpTo(content.Span, limits.EntryCountMax + 1) > limits.EntryCountMax)
        {
            throw new UnreadableException(
                UnreadableReason.TooLarge,
                RemarkCode.TooManyEntries,
                limits.EntryCountMax);
        }

        return new ZipArchive(ContentStream.Open(content), ZipArchiveMode.Read);
    }

    /// <summary>Lists the names of the entries; empty if the directory cannot be read.</summary>
    public static IReadOnlyList<string> Names(ReadOnlySpan<byte> content, int countMax)
    {
        var names = new List<string>();
        for (var at = Start(content); names.Count < countMax && IsHeader(content, at); at = Next(content, at))
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(content[(at + 28)..]);
            if (at + HeaderLength + length > content.Length)
            {
                break;
            }

            names.Add(System.Text.Encoding.UTF8.GetString(content.Slice(at + HeaderLength, length)));
        }

        return names;
    }

    private static int CountUpTo(ReadOnlySpan<byte> content, int countMax)
    {
        var count = 0;
        for (var at = Start(content); count < countMax && IsHeader(content, at); at = Next(content, at))
        {
            count++;
        }

        return count;
    }

    private static bool IsHeader(ReadOnlySpan<byte> content, int at) =>
        at >= 0 && at <= content.Length - HeaderLength && content[at..].StartsWith("PK\x01\x02"u8);

    private static int Next(ReadOnlySpan<byte> content, int at) =>
        at + HeaderLength
        + BinaryPrimitives.ReadUInt16LittleEndian(content[(at + 28)..])
        + BinaryPrimitives.ReadUInt16LittleEndian(content[(at + 30)..])
        + BinaryPrimitives.ReadUInt16LittleEndian(content[(at + 32)..]);

    // Where the directory begins; -1 if the file has none. A file with 64-bit fields says so in a locator.
    private static int Start(ReadOnlySpan<byte> content)
    {
        var first = Math.Max(0, content.Length - EndSearchLength);
        var end = content[first..].LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || first + end > content.Length - EndLength)
        {
            return -1;
        }

        var at = first + end;
        long start = BinaryPrimitives.ReadUInt32LittleEndian(content[(at + 16)..]);
        if (start == uint.MaxValue && at >= LocatorLength
            && content[(at - LocatorLength)..].StartsWith("PK\x06\x07"u8))
        {
            var wide = BinaryPrimitives.ReadInt64LittleEndian(content[(at - LocatorLength + 8)..]);
            start = wide >= 0 && wide <= content.Length - 56
                ? BinaryPrimitives.ReadInt64LittleEndian(content[((int)wide + 48)..])
                : -1;
        }

        return start >= 0 && start < content.Length ? (int)start : -1;
    }
}
