using Terroir.Documents;

namespace Terroir.Readers.Office;

/// <summary>Word documents: headings and lists with their numbers, tables, notes, comments, text boxes, charts,
/// formulas; tracked changes as accepted; no headers and footers.</summary>
internal sealed class DocxReader : FormatReader
{
    public override string Name => "docx";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var package = new OfficePackage(content, limits, cancellationToken);
        var reading = DocxReading.Read(package.Main(), cancellationToken);
        return package.Describe(new ExtractedDocument
        {
            MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Reader = Name,
            Blocks = reading.Blocks,
            Warnings = reading.Warnings(),
        });
    }
}
