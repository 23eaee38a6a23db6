using SharpCompress.Archives.SevenZip;
using SharpCompress.Common;
using SharpCompress.Readers;
using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Archives;

/// <summary>A 7z archive: its files are embedded files.</summary>
internal sealed class SevenZipReader : FormatReader
{
    public override string Name => "7z";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var budget = UnpackBudget.For(content.Length, limits);
        var files = new List<EmbeddedFile>();
        var unsafeCount = 0;
        try
        {
            using var archive = SevenZipArchive.OpenArchive(ContentStream.Open(content), new ReaderOptions());
            foreach (var entry in archive.Entries.Take(limits.EntryCountMax + 1).Where(entry => !entry.IsDirectory))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (entry.IsEncrypted)
                {
                    throw UnreadableException.Locked();
                }

                if (files.Count >= limits.EntryCountMax)
                {
                    throw new UnreadableException(
                        UnreadableReason.TooLarge,
                        RemarkCode.TooManyEntries,
                        limits.EntryCountMax);
                }

                if (EmbeddedPath.Clean(entry.Key ?? "") is not { } path)
                {
                    unsafeCount++;
                    continue;
                }

                using var source = entry.OpenEntryStream();
                files.Add(new EmbeddedFile(path, budget.ReadAll(source, cancellationToken)));
            }
        }
        catch (CryptographicException)
        {
            throw UnreadableException.Locked();
        }

        return new ExtractedDocument
        {
            MediaType = "application/x-7z-compressed",
            Reader = Name,
            Blocks = [],
            Embedded = [.. files.DistinctBy(file => file.Path, StringComparer.Ordinal)],
            Warnings = EmbeddedPath.Warnings(unsafeCount),
        };
    }
}
