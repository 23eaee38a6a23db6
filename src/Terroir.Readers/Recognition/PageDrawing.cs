using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Terroir.Readers.Recognition;

/// <summary>Draws pages of a PDF with poppler's <c>pdfinfo</c> and <c>pdftoppm</c>.</summary>
internal static partial class PageDrawing
{
    public const string Program = "pdftoppm";
    private const string SizesProgram = "pdfinfo";
    private const double PointsPerInch = 72;

    /// <summary>Pages with greater numbers are not looked at.</summary>
    public const int PageNumberMax = 5_000;

    /// <summary>The sizes of the pages as they are shown, in points; none if the file cannot be opened.</summary>
    public static async Task<IReadOnlyList<PageSize>> SizesAsync(
        ReadOnlyMemory<byte> content,
        int pageMax,
        TimeSpan patience,
        CancellationToken cancellationToken)
    {
        var last = pageMax.ToString(CultureInfo.InvariantCulture);
        var answer = await RecognitionProgram.RunAsync(
            SizesProgram,
            ["-f", "1", "-l", last, "-"],
            content,
            RecognitionLimits.AnswerMaxBytes,
            patience,
            cancellationToken);
        if (answer is null)
        {
            return [];
        }

        var text = Encoding.UTF8.GetString(answer);
        var turned = PageTurn().Matches(text)
            .Where(match => Number(match, "degrees") is 90 or 270)
            .Select(match => match.Groups["page"].Value)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. PageLine().Matches(text).Select(match => turned.Contains(match.Groups["page"].Value)
                ? new PageSize(Number(match, "height"), Number(match, "width"))
                : new PageSize(Number(match, "width"), Number(match, "height"))),
        ];
    }

    /// <summary>Draws a page in shades of grey.</summary>
    /// <returns>The picture and its dots an inch; <see langword="null"/> if the page cannot be drawn.</returns>
    public static async Task<(Picture Picture, double Resolution)?> DrawAsync(
        ReadOnlyMemory<byte> content,
        int page,
        PageSize size,
        TimeSpan patience,
        CancellationToken cancellationToken)
    {
        var inches = size.Width * size.Height / (PointsPerInch * PointsPerInch);
        var resolution = Math.Floor(Math.Min(
            RecognitionLimits.Resolution,
            Math.Sqrt(RecognitionLimits.DrawnDotCountMax / Math.Max(inches, 1e-6))));
        if (!(resolution >= 1))
        {
            return null;
        }

        var number = page.ToString(CultureInfo.InvariantCulture);
        var answer = await RecognitionProgram.RunAsync(
            Program,
            [
                "-gray", "-cropbox", "-r", resolution.ToString(CultureInfo.InvariantCulture), "-f", number, "-l",
                    number,
                "-singlefile", "-",
            ],
            content,
            checked((int)RecognitionLimits.DrawnDotCountMax * 2),
            patience,
            cancellationToken);
        return answer is null or { Length: 0 } ? null : (Picture.Open(answer, tiffPage: null), resolution);
    }

    private static double Number(Match match, string group) =>
        double.TryParse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"^Page +(?<page>\d+) size: *(?<width>[\d.]+) x (?<height>[\d.]+) pts", RegexOptions.Multiline,
        10_000)]
    private static partial Regex PageLine();

    [GeneratedRegex(@"^Page +(?<page>\d+) rot: *(?<degrees>\d+)", RegexOptions.Multiline, 10_000)]
    private static partial Regex PageTurn();
}

/// <summary>The size of a page as it is shown, in points.</summary>
internal sealed record PageSize(double Width, double Height);
