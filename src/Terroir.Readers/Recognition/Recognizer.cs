using Terroir.Documents;
using Terroir.Readers.Pdf;
using Terroir.Readers.Workers;

namespace Terroir.Readers.Recognition;

/// <summary>Reads pictures, and pages of PDF, by character recognition. It runs in a process that may start programs
/// and nothing else.</summary>
/// <param name="order">What is to be recognised.</param>
/// <param name="allowTime">Lets this process, and each program that it starts, use the processor so much
/// longer.</param>
/// <param name="onStart">Told the name of the reader before it begins with a file, and with each page.</param>
internal sealed class Recognizer(RecognitionOrder order, Action<TimeSpan> allowTime, Func<string, Task>? onStart = null)
    : IDocumentReader
{
    /// <summary>The name of the reader.</summary>
    public const string Name = "recognition";

    public async ValueTask<ReadOutcome> ReadAsync(
        ReadOnlyMemory<byte> content,
        string fileName,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        await TellAsync();
        Leptonica.Silence();
        var report = new RecognitionReport();
        PageSource? source;
        try
        {
            source = FormatDetector.Detect(content, fileName, limits) switch
            {
                FileFormat.Image => PageSource.OfPicture(content, report),
                FileFormat.Pdf => await PageSource.OfPdfAsync(
                    content, order.Pages, report, limits.Duration, cancellationToken),
                _ => null,
            };
        }
        catch (TimeoutException)
        {
            return ReadWorker.TooSlow(Name, limits.Duration);
        }

        if (source is null || source.Pages.Count == 0)
        {
            return report.Refusal ?? new Unreadable(
                UnreadableReason.Broken,
                Name,
                new Remark(RemarkCode.PictureDamaged));
        }

        var pages = await ReadPagesAsync(source, report, limits, cancellationToken);
        return pages.Count == 0 ? report.NothingRead() : new Extracted(Document(content, source, pages, report));
    }

    private async Task<List<RecognizedPage>> ReadPagesAsync(
        PageSource source,
        RecognitionReport report,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var pages = new List<RecognizedPage>();
        var hangCount = 0;
        foreach (var number in source.Pages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (hangCount == RecognitionLimits.HangCountMax)
            {
                report.AddBroken(number);
                continue;
            }

            allowTime(limits.Duration);
            await TellAsync();
            try
            {
                if (await ReadPageAsync(source, number, report, limits, cancellationToken) is { } page)
                {
                    pages.Add(page);
                }
            }
            catch (TimeoutException)
            {
                report.AddBroken(number);
                hangCount++;
            }

            // A page leaves tens of megabytes of pictures behind, and little else would ever collect them.
            GC.Collect();
        }

        return pages;
    }

    private Task TellAsync() => onStart?.Invoke(Name) ?? Task.CompletedTask;

    // One page that cannot be drawn or read does not cost the others.
    private async Task<RecognizedPage?> ReadPageAsync(
        PageSource source,
        int number,
        RecognitionReport report,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(limits.Duration * RecognitionLimits.PageDurationFactor);
        try
        {
            if (await source.DrawAsync(number, stop.Token) is not { } drawn)
            {
                report.AddBroken(number);
                return null;
            }

            using var picture = drawn.Picture;
            var page = await new PageRecognizer(drawn, number, order.Languages, limits.Duration)
                .ReadAsync(stop.Token);
            return report.Add(number, page, drawn.Scanned) ? page : null;
        }
        catch (InvalidDataException)
        {
            report.AddBroken(number);
            return null;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Page {number} takes too long.", exception);
        }
    }

    private static ExtractedDocument Document(
        ReadOnlyMemory<byte> content,
        PageSource source,
        List<RecognizedPage> pages,
        RecognitionReport report)
    {
        var about = source.IsPdf ? AboutOf(content) : null;
        var sheets = RunningHeads.Remove([.. pages.Select(RecognizedSheet.From)]);
        var blocks = PdfBlocks.From(
            [.. sheets.Select(sheet => (sheet, (IReadOnlyList<PdfPiece>)PageOrder.Of(sheet)))],
            about?.Outline ?? []);
        var aslant = pages.Where(page => page.Skew != 0).ToDictionary(page => page.Number);
        return new ExtractedDocument
        {
            MediaType = source.MediaType,
            Reader = Name,
            Title = about?.Title,
            Authors = about?.Authors ?? [],
            CreatedAt = about?.CreatedAt,
            ModifiedAt = about?.ModifiedAt,
            Language = about?.Language,
            Pages = report.Pages,
            Blocks = [.. blocks.Select(block => PlacedBack(block, aslant))],
            Warnings = report.Warnings,
        };
    }

    private static Block PlacedBack(Block block, Dictionary<int, RecognizedPage> aslant) => block switch
    {
        TableBlock table => table with
        {
            Place = PlacedBack(table.Place, aslant),
            Rows = [.. table.Rows.Select(row => row with { Place = PlacedBack(row.Place, aslant) })],
        },
        _ => block with { Place = PlacedBack(block.Place, aslant) },
    };

    private static SourcePlace PlacedBack(SourcePlace place, Dictionary<int, RecognizedPage> aslant) =>
        place is { Page: { } number, Box: { } box } && aslant.TryGetValue(number, out var page)
            ? place with { Box = RecognizedSheet.Aslant(box, page) }
            : place;

    // What the file says of itself is welcome, and no reason to fail.
    private static PdfAbout? AboutOf(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var document = PdfReader.OpenDocument(content);
            return PdfAbout.Of(document);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            return null;
        }
    }
}
