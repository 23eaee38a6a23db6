using System.IO.Compression;
using System.Text;

namespace Terroir.Readers;

/// <summary>Recognises a format by its first bytes; the name decides between kinds of plain text.</summary>
internal static class FormatDetector
{
    private const int ProbeLength = 2_048;

    public static FileFormat Detect(ReadOnlySpan<byte> content, string fileName)
    {
        var extension = Path.GetExtension(fileName).ToLowerInvariant();
        if (content[..Math.Min(content.Length, 1_024)].IndexOf("%PDF-"u8) >= 0)
        {
            return FileFormat.Pdf;
        }

        if (content.StartsWith("PK\x03\x04"u8))
        {
            return DetectPackage(content.ToArray(), extension);
        }

        if (content is [0xD0, 0xCF, 0x11, 0xE0, ..])
        {
            return extension is ".docx" or ".xlsx" or ".pptx" ? FileFormat.EncryptedOffice : FileFormat.Unknown;
        }

        return DetectText(content[..Math.Min(content.Length, ProbeLength)], extension);
    }

    private static FileFormat DetectPackage(byte[] content, string extension)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content));
            foreach (var entry in archive.Entries)
            {
                var format = entry.FullName switch
                {
                    "word/document.xml" => FileFormat.Docx,
                    "ppt/presentation.xml" => FileFormat.Pptx,
                    "xl/workbook.xml" => FileFormat.Xlsx,
                    _ => FileFormat.Unknown,
                };
                if (format != FileFormat.Unknown)
                {
                    return format;
                }
            }

            return FileFormat.Zip;
        }
        catch (InvalidDataException)
        {
            // Damaged: the reader of the promised format reports it.
            return extension switch
            {
                ".docx" => FileFormat.Docx,
                ".pptx" => FileFormat.Pptx,
                ".xlsx" => FileFormat.Xlsx,
                _ => FileFormat.Zip,
            };
        }
    }

    private static FileFormat DetectText(ReadOnlySpan<byte> head, string extension)
    {
        var isWide = head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
        if (!isWide && head.Contains((byte)0))
        {
            return FileFormat.Unknown;
        }

        var start = Encoding.Latin1.GetString(head).TrimStart('\uFEFF', '\u00EF', '\u00BB', '\u00BF', ' ', '\r',
            '\n', '\t');
        if (start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || extension is ".html" or ".htm" or ".xhtml")
        {
            return FileFormat.Html;
        }

        return extension switch
        {
            ".md" or ".markdown" => FileFormat.Markdown,
            ".csv" or ".tsv" => FileFormat.Csv,
            ".eml" => FileFormat.Mail,
            ".txt" or ".text" or ".log" or "" => FileFormat.Text,
            _ => start.StartsWith("{\\rtf", StringComparison.Ordinal) ? FileFormat.Unknown : FileFormat.Text,
        };
    }
}
