using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Archives;

/// <summary>A ZIP archive: its entries are embedded files. Limits count bytes that really come out.</summary>
internal sealed class ZipReader : FormatReader
{
    public override string Name => "zip";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var archive = ZipDirectory.Open(content, limits);
        var budget = UnpackBudget.For(content.Length, limits);
        var files = new List<EmbeddedFile>();
        var unsafeCount = 0;
        foreach (var entry in archive.Entries.Where(entry => entry.Name.Length > 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.IsEncrypted)
            {
                throw UnreadableException.Locked();
            }

            if (EmbeddedPath.Clean(entry.FullName) is not { } path)
            {
                unsafeCount++;
                continue;
            }

            using var source = entry.Open();
            files.Add(new EmbeddedFile(path, budget.ReadAll(source, cancellationToken)));
        }

        return new ExtractedDocument
        {
            MediaType = "application/zip",
            Reader = Name,
            Blocks = [],
            Embedded = [.. files.DistinctBy(file => file.Path, StringComparer.Ordinal)],
            Warnings = EmbeddedPath.Warnings(unsafeCount),
        };
    }
}
