using System.IO.Compression;
using System.Text;

namespace Terroir.Bench.Ingesting;

/// <summary>A folder of office files made from the samples of <c>../shared/data/office-public</c>: each sample in turn,
/// each copy with bytes of its own, and with words of its own where the format makes that easy.</summary>
/// <remarks>Scans are left out: recognition is measured by itself.</remarks>
internal static class MixedFiles
{
    private const int FilesOfFolder = 100;

    private static readonly HashSet<string> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ".pdf", ".docx", ".pptx", ".xlsx", ".xlsm", ".odt", ".ods", ".odp", ".doc", ".html", ".md", ".csv", ".eml",
        ".msg",
    };

    /// <summary>Writes the files.</summary>
    /// <param name="folder">Where; everybody may read what is in it.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Their size in bytes.</returns>
    public static async Task<long> WriteAsync(string folder, int count, CancellationToken cancellationToken)
    {
        var samples = FindSamples();
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "permissions.yaml"),
            "allow: [everyone]\n",
            cancellationToken);
        var size = 0L;
        for (var number = 0; number < count; number++)
        {
            var sample = samples[number % samples.Length];
            var to = Path.Combine(folder, $"{number / FilesOfFolder:000}");
            Directory.CreateDirectory(to);
            var original = await File.ReadAllBytesAsync(sample, cancellationToken);
            var bytes = Vary(original, Path.GetExtension(sample), number);
            var name = $"{number:00000}-{Path.GetFileName(sample)}";
            await File.WriteAllBytesAsync(Path.Combine(to, name), bytes, cancellationToken);
            size += bytes.Length;
        }

        return size;
    }

    private static string[] FindSamples()
    {
        var root = JudgedSet.Find("office-public");
        return
        [
            .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Where(file => file.Contains("/sources/", StringComparison.Ordinal))
                .Where(file => !file.Contains("/ocr/", StringComparison.Ordinal))
                .Where(file => Formats.Contains(Path.GetExtension(file)))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static byte[] Vary(byte[] sample, string extension, int number)
    {
        var words = $"Dossier {number:00000}, exemplaire de travail {number * 7919 % 100_003:00000}.";
        return extension.ToUpperInvariant() switch
        {
            ".DOCX" => InsertParagraph(sample, words),
            ".PPTX" or ".XLSX" or ".XLSM" or ".ODT" or ".ODS" or ".ODP" => AddComment(sample, words),
            ".PDF" => Append(sample, $"\n% {words}\n"),
            ".DOC" or ".MSG" => Append(sample, words.PadRight(512, '\0')),
            ".CSV" => sample,
            _ => Append(sample, $"\n\n{words}\n"),
        };
    }

    private static byte[] Append(byte[] sample, string text) => [.. sample, .. Encoding.UTF8.GetBytes(text)];

    // The comment at the end of a ZIP file changes its bytes and nothing that is read.
    private static byte[] AddComment(byte[] sample, string text)
    {
        using var stream = new MemoryStream();
        stream.Write(sample);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            archive.Comment = text;
        }

        return stream.ToArray();
    }

    private static byte[] InsertParagraph(byte[] sample, string text)
    {
        using var stream = new MemoryStream();
        stream.Write(sample);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            if (archive.GetEntry("word/document.xml") is { } entry)
            {
                string xml;
                using (var reader = new StreamReader(entry.Open(), Encoding.UTF8))
                {
                    xml = reader.ReadToEnd();
                }

                entry.Delete();
                using var writer = new StreamWriter(archive.CreateEntry("word/document.xml").Open());
                writer.Write(xml.Replace(
                    "<w:body>",
                    $"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>",
                    StringComparison.Ordinal));
            }
        }

        return stream.ToArray();
    }
}
