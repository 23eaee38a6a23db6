namespace Terroir.Readers.Recognition;

/// <summary>Where the pictures of pages come from: a picture file, or a PDF whose pages are drawn.</summary>
internal abstract class PageSource
{
    /// <summary>The pages to read, from 1.</summary>
    public required IReadOnlyList<int> Pages { get; init; }

    public required string MediaType { get; init; }

    public abstract bool IsPdf { get; }

    /// <summary>The pictures of a file; <see langword="null"/> if it is damaged or too large.</summary>
    public static PageSource? OfPicture(ReadOnlyMemory<byte> content, RecognitionReport report)
    {
        var headers = PictureFile.ReadHeaders(content.Span, RecognitionLimits.PageCountMax + 1);
        if (headers.Count > RecognitionLimits.PageCountMax)
        {
            report.CutAt(RecognitionLimits.PageCountMax);
        }

        var pages = Enumerable.Range(1, Math.Min(headers.Count, RecognitionLimits.PageCountMax)).ToArray();
        var small = pages.Where(page => headers[page - 1].DotCount <= RecognitionLimits.DotCountMax).ToArray();
        report.AddTooLarge([.. pages.Except(small)]);
        return small.Length == 0 ? null : new PictureSource(content, headers)
        {
            Pages = small,
            MediaType = MediaTypeOf(content.Span),
        };
    }

    /// <summary>The pages of a PDF; <see langword="null"/> if it cannot be opened.</summary>
    /// <param name="content">The file.</param>
    /// <param name="wanted">The pages to read; all if <see langword="null"/>.</param>
    /// <param name="report">Told of pages that are left out.</param>
    /// <param name="patience">How long a program may use no processor time.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<PageSource?> OfPdfAsync(
        ReadOnlyMemory<byte> content,
        IReadOnlyList<int>? wanted,
        RecognitionReport report,
        TimeSpan patience,
        CancellationToken cancellationToken)
    {
        var sizes = await PageDrawing.SizesAsync(content, PageDrawing.PageNumberMax, patience, cancellationToken);
        var pages = (wanted ?? Enumerable.Range(1, sizes.Count)).Where(page =>
            page >= 1 && page <= sizes.Count).ToArray();
        if (pages.Length > RecognitionLimits.PageCountMax)
        {
            pages = pages[..RecognitionLimits.PageCountMax];
            report.CutAt(RecognitionLimits.PageCountMax);
        }

        return pages.Length == 0 ? null : new DrawnSource(content, sizes, patience)
        {
            Pages = pages,
            MediaType = "application/pdf",
        };
    }

    /// <summary>Makes the picture of a page; <see langword="null"/> if that fails.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public abstract Task<DrawnPage?> DrawAsync(int page, CancellationToken cancellationToken);

    private static string MediaTypeOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, ..] => "image/png",
        [0xFF, ..] => "image/jpeg",
        [(byte)'G', ..] => "image/gif",
        [(byte)'I', ..] or [(byte)'M', ..] => "image/tiff",
        [(byte)'R', ..] => "image/webp",
        _ => "image/bmp",
    };

    private sealed class DrawnSource(ReadOnlyMemory<byte> content, IReadOnlyList<PageSize> sizes, TimeSpan patience)
        : PageSource
    {
        public override bool IsPdf => true;

        public override async Task<DrawnPage?> DrawAsync(int page, CancellationToken cancellationToken)
        {
            var size = sizes[page - 1];
            return await PageDrawing.DrawAsync(content, page, size, patience, cancellationToken) is { } drawn
                ? new DrawnPage(drawn.Picture, size, drawn.Resolution, drawn.Resolution)
                : null;
        }
    }

    private sealed class PictureSource(ReadOnlyMemory<byte> content, IReadOnlyList<PictureFile> headers) : PageSource
    {
        /// <summary>A sheet is as long as this, in inches, unless its file says something that can be.</summary>
        private const double SheetLength = 11.7;

        private const double LengthMin = 5;
        private const double LengthMax = 17;
        private const double EnlargementMax = 4;

        /// <summary>A picture is not enlarged beyond this many dots.</summary>
        private const double EnlargedDotsMax = 24_000_000;

        public override bool IsPdf => false;

        public override Task<DrawnPage?> DrawAsync(int page, CancellationToken cancellationToken)
        {
            var picture = Picture.Open(content.Span, headers[page - 1].TiffPage);
            double length = Math.Max(picture.Width, picture.Height);
            var stated = length / Math.Max(1, picture.Resolution);
            var resolution = length / (stated is > LengthMin and < LengthMax ? stated : SheetLength);
            var size = new PageSize(picture.Width / resolution * 72, picture.Height / resolution * 72);
            var factor = Math.Min(
                Math.Min(RecognitionLimits.Resolution / resolution, EnlargementMax),
                Math.Sqrt(EnlargedDotsMax / ((double)picture.Width * picture.Height)));
            if (factor is > 0.6 and < 1.2)
            {
                return Task.FromResult<DrawnPage?>(new DrawnPage(picture, size, resolution, resolution));
            }

            using (picture)
            {
                return Task.FromResult<DrawnPage?>(
                    new DrawnPage(picture.Scaled(factor), size, resolution * factor, resolution));
            }
        }
    }
}

/// <summary>The picture of a page.</summary>
/// <param name="Picture">The picture; who gets it gives it back.</param>
/// <param name="Size">The size of the page, in points.</param>
/// <param name="Resolution">Dots of the picture for an inch of the page.</param>
/// <param name="Scanned">How many dots an inch the file has, as far as that is known.</param>
internal sealed record DrawnPage(Picture Picture, PageSize Size, double Resolution, double Scanned);
