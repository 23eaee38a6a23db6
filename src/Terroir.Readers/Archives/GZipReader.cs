using System.IO.Compression;
using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Archives;

/// <summary>A compressed file: the archive or the single file in it.</summary>
internal sealed class GZipReader : FormatReader
{
    private const int HeaderLength = 10;
    private const int HasName = 0x08;

    public override string Name => "gzip";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var budget = UnpackBudget.For(content.Length, limits);
        using var stream = new GZipStream(ContentStream.Open(content), CompressionMode.Decompress);
        var bytes = budget.ReadAll(stream, cancellationToken);
        if (FormatDetector.Detect(bytes, "", limits) == FileFormat.Tar)
        {
            return TarArchiveReader.Read(bytes, UnpackBudget.For(content.Length, limits), limits, cancellationToken);
        }

        return new ExtractedDocument
        {
            MediaType = "application/gzip",
            Reader = Name,
            Blocks = [],
            Embedded = bytes.Length == 0 ? [] : [new EmbeddedFile(NameOf(content.Span), bytes)],
        };
    }

    private static string NameOf(ReadOnlySpan<byte> content)
    {
        var rest = content.Length > HeaderLength && (content[3] & HasName) != 0 ? content[HeaderLength..] : default;
        var end = rest.IndexOf((byte)0);
        return (end > 0 ? EmbeddedPath.Clean(System.Text.Encoding.Latin1.GetString(rest[..end])) : null) ?? "content";
    }
}
