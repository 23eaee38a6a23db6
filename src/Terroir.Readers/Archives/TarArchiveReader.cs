using System.Formats.Tar;
using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Archives;

/// <summary>A tape archive: its files are embedded files; links and devices are left out.</summary>
internal sealed class TarArchiveReader : FormatReader
{
    private const int HeaderLength = 512;
    private const int SizeOffset = 124;
    private const int SizeLength = 12;
    private const int TypeOffset = 156;
    private const int AttributesMaxBytes = 1 << 20;

    public override string Name => "tar";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        return Read(content, UnpackBudget.For(content.Length, limits), limits, cancellationToken);
    }

    internal static ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        UnpackBudget budget,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        CheckHeaders(content.Span, limits);
        using var stream = ContentStream.Open(content);
        using var reader = new TarReader(stream, leaveOpen: true);
        var files = new List<EmbeddedFile>();
        var unsafeCount = 0;
        var count = 0;
        while (reader.GetNextEntry() is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++count > limits.EntryCountMax)
            {
                throw new UnreadableException(
                    UnreadableReason.TooLarge,
                    RemarkCode.TooManyEntries,
                    limits.EntryCountMax);
            }

            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                || entry.DataStream is not { } data)
            {
                continue;
            }

            if (EmbeddedPath.Clean(entry.Name) is { } path && !entry.Name.StartsWith('/'))
            {
                files.Add(new EmbeddedFile(path, budget.ReadAll(data, cancellationToken)));
            }
            else
            {
                unsafeCount++;
            }
        }

        return new ExtractedDocument
        {
            MediaType = "application/x-tar",
            Reader = "tar",
            Blocks = [],
            Embedded = [.. files.DistinctBy(file => file.Path, StringComparer.Ordinal)],
            Warnings = EmbeddedPath.Warnings(unsafeCount),
        };
    }

    // The library holds long names and attributes whole, as long as their headers say they are.
    private static void CheckHeaders(ReadOnlySpan<byte> content, ReadLimits limits)
    {
        var count = 0;
        for (long at = 0; at + HeaderLength <= content.Length && content[(int)at] != 0;)
        {
            var header = content.Slice((int)at, HeaderLength);
            long size = 0;
            foreach (var digit in header.Slice(SizeOffset, SizeLength))
            {
                size = digit is >= (byte)'0' and <= (byte)'7' ? (size * 8) + digit - '0' : size;
            }

            if (header[TypeOffset] is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K' && size > AttributesMaxBytes)
            {
                throw new UnreadableException(
                    UnreadableReason.TooLarge,
                    RemarkCode.EntryNameTooLong);
            }

            if (++count > 2 * limits.EntryCountMax)
            {
                return;
            }

            at += HeaderLength + ((size + HeaderLength - 1) / HeaderLength * HeaderLength);
        }
    }
}
