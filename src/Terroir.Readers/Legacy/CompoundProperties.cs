using System.Buffers.Binary;
using System.Text;
using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Legacy;

/// <summary>The summary of an old Office file: title, author, dates ([MS-OLEPS]).</summary>
internal static class CompoundProperties
{
    private const int PropertyMax = 100;

    /// <summary>Fills in what the summary says; a damaged summary says nothing.</summary>
    public static ExtractedDocument Describe(CompoundFile file, ExtractedDocument document)
    {
        try
        {
            var entry = file.Find("\u0005SummaryInformation");
            return entry is null ? document : Describe(file.Read(entry), document);
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException)
        {
            return document;
        }
    }

    private static ExtractedDocument Describe(ReadOnlySpan<byte> bytes, ExtractedDocument document)
    {
        var start = BinaryPrimitives.ReadInt32LittleEndian(bytes[44..]);
        var section = bytes[start..];
        var count = Math.Min(BinaryPrimitives.ReadInt32LittleEndian(section[4..]), PropertyMax);
        var page = 1252;
        for (var index = 0; index < count; index++)
        {
            var id = BinaryPrimitives.ReadInt32LittleEndian(section[(8 + (index * 8))..]);
            var value = section[BinaryPrimitives.ReadInt32LittleEndian(section[(12 + (index * 8))..])..];
            switch (id)
            {
                case 1:
                    page = BinaryPrimitives.ReadUInt16LittleEndian(value[4..]);
                    break;
                case 2 when Text(value, page) is { Length: > 0 } title:
                    document = document with { Title = title };
                    break;
                case 4 when Text(value, page) is { Length: > 0 } author:
                    document = document with { Authors = [author] };
                    break;
                case 12:
                    document = document with { CreatedAt = Date(value) };
                    break;
                case 13:
                    document = document with { ModifiedAt = Date(value) };
                    break;
            }
        }

        return document;
    }

    private static string Text(ReadOnlySpan<byte> value, int page)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var length = BinaryPrimitives.ReadInt32LittleEndian(value[4..]);
        var isWide = BinaryPrimitives.ReadInt32LittleEndian(value) == 31;
        var bytes = value.Slice(8, Math.Clamp(isWide ? length * 2 : length, 0, value.Length - 8));
        return (isWide ? Encoding.Unicode : Encoding.GetEncoding(page)).GetString(bytes).TrimEnd('\0').Trim();
    }

    private static DateTimeOffset? Date(ReadOnlySpan<byte> value)
    {
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(value[4..]);
        return ticks > 0 && ticks < DateTime.MaxValue.ToFileTimeUtc() ? DateTimeOffset.FromFileTime(ticks) : null;
    }
}
