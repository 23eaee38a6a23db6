using System.Formats.Tar;
using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Archives;

/// <summary>A tape archive: its files are embedded files; links and devices are left out.</summary>
internal sealed class TarArchiveReader : FormatReader
{
    public override string Name => "tar";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var stream = ContentStream.Open(content);
        return Read(stream, UnpackBudget.For(content.Length, limits), limits, cancellationToken);
    }

    internal static ExtractedDocument Read(
        Stream stream,
        UnpackBudget budget,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
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
                    $"The archive has more than {limits.EntryCountMax} entries. Unpack it into a folder.");
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
}
