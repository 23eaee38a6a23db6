using Terroir.Documents;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace Terroir.Readers.Pdf;

/// <summary>PDF with a text layer: lines from letters, headings by size, paragraphs by gaps, no running
/// heads.</summary>
internal sealed class PdfReader : FormatReader
{
    public override string Name => "pdf";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var document = OpenDocument(content.ToArray());
        var pages = new List<PdfPage>();
        foreach (var page in document.GetPages())
        {
            cancellationToken.ThrowIfCancellationRequested();
            pages.Add(PdfPage.From(page));
        }

        if (pages.TrueForAll(page => page.Lines.Count == 0))
        {
            throw new UnreadableException(
                UnreadableReason.NeedsRecognition,
                $"The {pages.Count} pages are pictures without text. Run character recognition on the file first.");
        }

        var empty = pages.Count(page => page.Lines.Count == 0);
        var title = document.Information.Title?.Trim();
        return new ExtractedDocument
        {
            MediaType = "application/pdf",
            Reader = Name,
            Title = string.IsNullOrEmpty(title) ? null : title,
            Authors = string.IsNullOrWhiteSpace(document.Information.Author) ? [] : [document.Information.Author],
            Blocks = PdfBlocks.From(pages),
            Warnings = empty == 0 ? [] : [$"{empty} of {pages.Count} pages have no text layer and were not read."],
        };
    }

    private static PdfDocument OpenDocument(byte[] content)
    {
        try
        {
            return PdfDocument.Open(content);
        }
        catch (PdfDocumentEncryptedException)
        {
            throw new UnreadableException(
                UnreadableReason.Encrypted,
                "The file asks for a password. Save it without one, then run 'terroir retry'.");
        }
    }
}
