using Terroir.Documents;

namespace Terroir.Readers.Office;

/// <summary>Rich Text Format: text, headings, list items, tables, notes and links.</summary>
internal sealed class RtfReader : FormatReader
{
    public override string Name => "rtf";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var reading = new RtfReading(limits, cancellationToken);
        reading.Read(content.Span);
        return new ExtractedDocument
        {
            MediaType = "application/rtf",
            Reader = Name,
            Title = reading.Info("title"),
            Authors = reading.Info("author") is { } author ? [author] : [],
            Blocks = reading.Blocks,
            Warnings = Counted.Of(RemarkCode.HiddenTextLeftOut, reading.HiddenCount),
        };
    }
}
