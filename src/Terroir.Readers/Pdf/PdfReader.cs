using Terroir.Documents;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace Terroir.Readers.Pdf;

/// <summary>PDF with a text layer, by layout: words and lines of our own, tables before columns, headings by size,
/// no running heads.</summary>
internal sealed class PdfReader : FormatReader
{
    private readonly bool _keepsRunningHeads;

    public PdfReader(bool keepsRunningHeads = false) => _keepsRunningHeads = keepsRunningHeads;

    public override string Name => "pdf";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var document = OpenDocument(content);
        var report = new PdfReport();
        var sheets = PdfSheets.Read(document, report, limits, cancellationToken);
        report.RefuseIfUnread(sheets);
        var kept = _keepsRunningHeads ? sheets : RunningHeads.Remove(sheets);
        var pages = new List<(PdfSheet, IReadOnlyList<PdfPiece>)>(kept.Count);
        foreach (var sheet in kept)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pages.Add((sheet, PageOrder.Of(sheet)));
        }

        var about = PdfAbout.Of(document);
        return new ExtractedDocument
        {
            MediaType = "application/pdf",
            Reader = Name,
            Title = about.Title,
            Authors = about.Authors,
            CreatedAt = about.CreatedAt,
            ModifiedAt = about.ModifiedAt,
            Language = about.Language,
            Pages = report.Pages,
            Blocks = PdfBlocks.From(pages, about.Outline),
            Warnings = report.Warnings,
        };
    }

    internal static PdfDocument OpenDocument(ReadOnlyMemory<byte> content)
    {
        try
        {
            return PdfDocument.Open(content, new ParsingOptions { SkipMissingFonts = true, UseLenientParsing = true });
        }
        catch (PdfDocumentEncryptedException)
        {
            throw UnreadableException.Locked();
        }
    }
}
