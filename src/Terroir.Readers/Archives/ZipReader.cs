using System.IO.Compression;
using Terroir.Documents;

namespace Terroir.Readers.Archives;

/// <summary>A ZIP archive: its entries are embedded files. Limits count bytes that really come out.</summary>
internal sealed class ZipReader : FormatReader
{
    private const int SmallBytes = 1 << 20;

    public override string Name => "zip";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var archive = new ZipArchive(Open(content));
        if (archive.Entries.Count > limits.EntryCountMax)
        {
            throw new UnreadableException(
                UnreadableReason.TooLarge,
                $"The archive has more than {limits.EntryCountMax} entries. Unpack it into a folder of the source.");
        }

        var sizeMax = Math.Min(limits.SizeMaxBytes, Math.Max(SmallBytes, (
            long)content.Length * limits.ArchiveRatioMax));
        var size = 0L;
        var files = new List<EmbeddedFile>();
        foreach (var entry in archive.Entries.Where(entry => entry.Name.Length > 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.IsEncrypted)
            {
                throw new UnreadableException(
                    UnreadableReason.Encrypted,
                    "The archive asks for a password. Save it without one, then run 'terroir retry'.");
            }

            var bytes = Unpack(entry, sizeMax - size);
            size += bytes.Length;
            if (EmbeddedPath.Clean(entry.FullName) is { } path)
            {
                files.Add(new EmbeddedFile(path, bytes));
            }
        }

        return new ExtractedDocument
        {
            MediaType = "application/zip",
            Reader = Name,
            Blocks = [],
            Embedded = [.. files.DistinctBy(file => file.Path, StringComparer.Ordinal)],
        };
    }

    private static byte[] Unpack(ZipArchiveEntry entry, long sizeMax)
    {
        using var source = entry.Open();
        using var target = new MemoryStream();
        var buffer = new byte[81_920];
        int count;
        while ((count = source.Read(buffer)) > 0)
        {
            target.Write(buffer, 0, count);
            if (target.Length > sizeMax)
            {
                throw new UnreadableException(
                    UnreadableReason.TooLarge,
                    "The archive unpacks to more than the limit. Unpack it into a folder of the source.");
            }
        }

        return target.ToArray();
    }
}
