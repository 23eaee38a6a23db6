using Terroir.Documents;
using Terroir.Readers.Packages;
using Terroir.Readers.PlainText;

namespace Terroir.Readers;

/// <summary>Recognises a format by its content; the name decides only between kinds of plain text.</summary>
internal static class FormatDetector
{
    private const int PdfSearchLength = 1_024;
    private const int TarHeaderLength = 512;

    public static FileFormat Detect(ReadOnlyMemory<byte> content, string fileName, ReadLimits limits)
    {
        var bytes = content.Span;
        if (bytes[..Math.Min(bytes.Length, PdfSearchLength)].IndexOf("%PDF-"u8) >= 0)
        {
            return FileFormat.Pdf;
        }

        if (bytes.StartsWith("PK\x03\x04"u8) || bytes.StartsWith("PK\x05\x06"u8))
        {
            return DetectPackage(content, fileName, limits);
        }

        if (CompoundFile.IsSignature(bytes))
        {
            return DetectCompound(content, fileName);
        }

        return bytes switch
        {
            _ when bytes.StartsWith("{\\rtf"u8) => FileFormat.Rtf,
            _ when bytes.StartsWith<byte>([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) => FileFormat.SevenZip,
            [0x1F, 0x8B, 0x08, ..] => FileFormat.GZip,
            _ when IsTar(bytes) => FileFormat.Tar,
            _ when IsImage(bytes) => FileFormat.Image,
            _ => TextFormat.Detect(content, fileName, limits),
        };
    }

    /// <summary>Lists the formats that a name promises; empty if its extension promises none.</summary>
    public static IReadOnlyList<FileFormat> Promised(string fileName) =>
        Path.GetExtension(fileName).ToLowerInvariant() switch
        {
            ".pdf" => [FileFormat.Pdf],
            ".docx" or ".docm" or ".dotx" => [FileFormat.Docx],
            ".xlsx" or ".xlsm" or ".xltx" => [FileFormat.Xlsx],
            ".pptx" or ".pptm" or ".ppsx" => [FileFormat.Pptx],
            ".doc" or ".dot" => [FileFormat.Doc],
            ".xls" => [FileFormat.Xls],
            ".ppt" or ".pps" => [FileFormat.Ppt],
            ".odt" or ".ott" => [FileFormat.OpenDocumentText],
            ".ods" => [FileFormat.OpenDocumentSheet],
            ".odp" => [FileFormat.OpenDocumentSlides],
            ".epub" => [FileFormat.Epub],
            ".rtf" => [FileFormat.Rtf],
            ".html" or ".htm" => [FileFormat.Html],
            ".xhtml" => [FileFormat.Html, FileFormat.Xml],
            ".csv" or ".tsv" => [FileFormat.Csv],
            ".json" => [FileFormat.Json],
            ".jsonl" or ".ndjson" => [FileFormat.JsonLines, FileFormat.Json],
            ".xml" => [FileFormat.Xml, FileFormat.Html],
            ".eml" => [FileFormat.Mail],
            ".mbox" => [FileFormat.Mbox],
            ".msg" => [FileFormat.OutlookMail],
            ".zip" => [FileFormat.Zip],
            ".tar" => [FileFormat.Tar],
            ".gz" or ".tgz" => [FileFormat.GZip],
            ".7z" => [FileFormat.SevenZip],
            ".png" or ".jpg" or ".jpeg" or ".gif" or ".tif" or ".tiff" or ".bmp" or ".webp" => [FileFormat.Image],
            _ => [],
        };

    private static FileFormat DetectPackage(ReadOnlyMemory<byte> content, string fileName, ReadLimits limits)
    {
        var names = ZipDirectory.Names(content.Span, limits.EntryCountMax);
        if (names.Count == 0)
        {
            // Damaged: the reader of the promised format reports it.
            return Promised(fileName) is [var promised] && promised is FileFormat.Docx or FileFormat.Xlsx
                or FileFormat.Pptx or FileFormat.OpenDocumentText or FileFormat.OpenDocumentSheet
                or FileFormat.OpenDocumentSlides or FileFormat.Epub
                ? promised
                : FileFormat.Zip;
        }

        var found = PackageType(content, limits);
        if (found != FileFormat.Unknown)
        {
            return found;
        }

        var isOffice = names.Contains("[Content_Types].xml", StringComparer.OrdinalIgnoreCase);
        return names.FirstOrDefault(name => isOffice && name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
            && (name.StartsWith("word/", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("xl/", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase)))?[0] switch
        {
            'w' or 'W' => FileFormat.Docx,
            'x' or 'X' => FileFormat.Xlsx,
            'p' or 'P' => FileFormat.Pptx,
            _ => FileFormat.Zip,
        };
    }

    // OpenDocument and EPUB name their type in their first entry, stored as it is.
    private static FileFormat PackageType(ReadOnlyMemory<byte> content, ReadLimits limits)
    {
        const int TypeLengthMax = 100;
        try
        {
            using var archive = ZipDirectory.Open(content, limits);
            if (archive.GetEntry("mimetype") is not { Length: < TypeLengthMax, IsEncrypted: false } entry)
            {
                return archive.GetEntry("META-INF/container.xml") is not null ? FileFormat.Epub : FileFormat.Unknown;
            }

            using var reader = new StreamReader(entry.Open());
            var buffer = new char[TypeLengthMax];
            var type = new string(buffer, 0, reader.ReadBlock(buffer));
            return type.Trim() switch
            {
                "application/epub+zip" => FileFormat.Epub,
                var odf when odf.StartsWith("application/vnd.oasis.opendocument.text", StringComparison.Ordinal) =>
                    FileFormat.OpenDocumentText,
                var odf when odf.StartsWith("application/vnd.oasis.opendocument.spreadsheet",
                    StringComparison.Ordinal) => FileFormat.OpenDocumentSheet,
                var odf when odf.StartsWith("application/vnd.oasis.opendocument.presentation",
                    StringComparison.Ordinal) => FileFormat.OpenDocumentSlides,
                _ => FileFormat.Unknown,
            };
        }
        catch (Exception exception) when (exception is InvalidDataException or UnreadableException or IOException)
        {
            return FileFormat.Unknown;
        }
    }

    private static FileFormat DetectCompound(ReadOnlyMemory<byte> content, string fileName)
    {
        try
        {
            var file = new CompoundFile(content);
            return file switch
            {
                _ when file.Find("EncryptedPackage") is not null => FileFormat.EncryptedOffice,
                _ when file.Find("WordDocument") is not null => FileFormat.Doc,
                _ when file.Find("Workbook") is not null || file.Find("Book") is not null => FileFormat.Xls,
                _ when file.Find("PowerPoint Document") is not null => FileFormat.Ppt,
                _ when file.Find("__properties_version1.0") is not null => FileFormat.OutlookMail,
                _ => FileFormat.Unknown,
            };
        }
        catch (InvalidDataException)
        {
            return Promised(fileName) is [var promised] && promised is FileFormat.Doc or FileFormat.Xls
                or FileFormat.Ppt or FileFormat.OutlookMail
                ? promised
                : FileFormat.Unknown;
        }
    }

    // A tape archive has no signature of old: the header's checksum tells.
    private static bool IsTar(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < TarHeaderLength || bytes[0] == 0)
        {
            return false;
        }

        var sum = 0;
        for (var at = 0; at < TarHeaderLength; at++)
        {
            sum += at is >= 148 and < 156 ? ' ' : bytes[at];
        }

        var stated = 0;
        foreach (var digit in bytes.Slice(148, 8))
        {
            stated = digit is >= (byte)'0' and <= (byte)'7' ? (stated * 8) + digit - '0' : stated;
        }

        return stated == sum;
    }

    private static bool IsImage(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => true,
        [0xFF, 0xD8, 0xFF, ..] => true,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => true,
        [(byte)'I', (byte)'I', 0x2A, 0x00, ..] or [(byte)'M', (byte)'M', 0x00, 0x2A, ..] => true,
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => true,
        _ when bytes.StartsWith("RIFF"u8) && bytes.Length > 12 && bytes[8..].StartsWith("WEBP"u8) => true,
        _ => false,
    };
}
