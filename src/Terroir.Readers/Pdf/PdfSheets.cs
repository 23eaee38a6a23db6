using Terroir.Documents;
using UglyToad.PdfPig;

namespace Terroir.Readers.Pdf;

/// <summary>Reads the pages of a document, one by one and within bounds.</summary>
internal static class PdfSheets
{
    /// <summary>Pages beyond are not read; the document says so.</summary>
    public const int PageCountMax = 5_000;

    /// <summary>A document with more words is read as far as that.</summary>
    public const int WordCountMax = 3_000_000;

    public static IReadOnlyList<PdfSheet> Read(
        PdfDocument document,
        PdfReport report,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var sheets = new List<PdfSheet>();
        var source = PdfSource.Of(document);
        var words = 0;
        var letters = 0L;
        for (var number = 1; number <= document.NumberOfPages; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (number > PageCountMax || words > WordCountMax || letters > limits.TextLengthMax)
            {
                report.CutAt(number, document.NumberOfPages);
                break;
            }

            if (ReadPage(document, source, number, report) is { } sheet)
            {
                words += sheet.Words.Count;
                letters += sheet.Words.Sum(word => (long)word.Text.Length);
                sheets.Add(sheet);
                report.Add(sheet);
            }
        }

        return sheets;
    }

    // One broken page does not cost the others.
    private static PdfSheet? ReadPage(PdfDocument document, PdfSource source, int number, PdfReport report)
    {
        try
        {
            return PdfSheet.From(document.GetPage(number), source);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            report.AddBroken(number, exception);
            return null;
        }
    }
}
