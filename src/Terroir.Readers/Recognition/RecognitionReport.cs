using System.Globalization;
using Terroir.Documents;

namespace Terroir.Readers.Recognition;

/// <summary>How well pages were recognised, and what their operator can do about it.</summary>
internal sealed class RecognitionReport
{
    /// <summary>What the engine is less sure of is no text: a drawing, a photograph, handwriting.</summary>
    private const double TextConfidenceMin = 0.4;

    /// <summary>Pages of which the engine is less sure are named in a warning.</summary>
    private const double GoodConfidenceMin = 0.8;

    /// <summary>Scans that are coarser lose accents and points.</summary>
    private const double GoodResolutionMin = 200;

    private static readonly string DotsMax = $"{RecognitionLimits.DotCountMax >> 20}";

    private readonly List<PageReading> _pages = [];
    private readonly List<int> _read = [];
    private readonly List<int> _doubtful = [];
    private readonly List<int> _coarse = [];
    private readonly List<int> _empty = [];
    private readonly List<int> _broken = [];
    private readonly List<int> _large = [];
    private int? _end;

    public IReadOnlyList<PageReading> Pages => [.. _pages.OrderBy(page => page.Page)];

    /// <summary>Why the file cannot be read at all, as far as its headers tell.</summary>
    public Unreadable? Refusal => _large.Count == 0 ? null : new Unreadable(
        UnreadableReason.TooLarge,
        Recognizer.Name,
        new Remark(RemarkCode.PictureTooLarge, DotsMax, $"{RecognitionLimits.Resolution}"));

    /// <summary>What the operator should know.</summary>
    public IReadOnlyList<Remark> Warnings =>
    [
        .. Counted.Pages(RemarkCode.PagesRecognized, _read),
        .. Counted.Pages(RemarkCode.PagesDoubtful, _doubtful),
        .. Counted.Pages(RemarkCode.PagesCoarse, _coarse, $"{GoodResolutionMin:0}"),
        .. Counted.Pages(RemarkCode.PagesBlank, _empty),
        .. Counted.Pages(RemarkCode.PagesNotRecognized, _broken),
        .. Counted.Pages(RemarkCode.PagesTooLarge, _large, DotsMax),
        .. Counted.Of(RemarkCode.PagesNotTried, _end ?? 0),
    ];

    /// <summary>Takes note of a page.</summary>
    /// <returns>Whether it has text that can be used.</returns>
    public bool Add(int number, RecognizedPage? page, double scanned)
    {
        if (page is null)
        {
            AddBroken(number);
            return false;
        }

        if (page.LetterCount == 0 || page.Confidence < TextConfidenceMin)
        {
            _empty.Add(number);
            _pages.Add(new PageReading(number, 0, new Remark(RemarkCode.PageBlank)));
            return false;
        }

        var confidence = Math.Round(page.Confidence, 2);
        _read.Add(number);
        if (confidence < GoodConfidenceMin)
        {
            _doubtful.Add(number);
        }

        if (scanned < GoodResolutionMin)
        {
            _coarse.Add(number);
        }

        _pages.Add(new PageReading(number, confidence, ReasonOf(confidence, scanned)));
        return true;
    }

    public void AddBroken(int number)
    {
        _broken.Add(number);
        _pages.Add(new PageReading(number, 0, new Remark(RemarkCode.PageNotRecognized))
        {
            NeedsRecognition = true,
        });
    }

    public void AddTooLarge(IReadOnlyList<int> numbers)
    {
        _large.AddRange(numbers);
        _pages.AddRange(numbers.Select(number =>
            new PageReading(number, 0, new Remark(RemarkCode.PageTooLarge))));
    }

    /// <summary>Only so many pages are recognised.</summary>
    public void CutAt(int count) => _end = count;

    /// <summary>The verdict on a file of which no page has text.</summary>
    public Unreadable NothingRead() => new(
        UnreadableReason.NeedsRecognition,
        Recognizer.Name,
        _broken.Count > 0
            ? Counted.OfPages(RemarkCode.RecognitionFailed, _broken)
            : new Remark(RemarkCode.NothingRecognized));

    private static Remark ReasonOf(double confidence, double scanned) => new(
        scanned < GoodResolutionMin ? RemarkCode.PageDoubtedAndCoarse : RemarkCode.PageDoubted,
        string.Create(CultureInfo.InvariantCulture, $"{(1 - confidence) * 100:0}"));
}
