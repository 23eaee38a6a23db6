using System.Globalization;
using Terroir.Documents;
using Terroir.Readers.Pdf;

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
        $"The picture has more than {RecognitionLimits.DotCountMax >> 20} million dots. Scan it at "
        + $"{RecognitionLimits.Resolution} dots an inch.");

    /// <summary>What the operator should know, in plain sentences.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            var warnings = new List<string>();
            Say(warnings, _read, "was", "were", "read by character recognition");
            Say(warnings, _doubtful, "was", "were",
                "recognised with doubt: scan anew, straight, at 300 dots an inch, with good contrast");
            Say(warnings, _coarse, "is", "are",
                $"scanned with fewer than {GoodResolutionMin:0} dots an inch: scan anew at 300");
            Say(warnings, _empty, "shows", "show",
                "no letters that can be recognised: blank, a drawing, or handwriting");
            Say(warnings, _broken, "could", "could", "not be drawn or recognised");
            Say(warnings, _large, "has", "have",
                $"more than {RecognitionLimits.DotCountMax >> 20} million dots and was not read");
            if (_end is { } end)
            {
                warnings.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Only the first {end} pages were recognised. Split the file."));
            }

            return warnings;
        }
    }

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
            _pages.Add(new PageReading(number, 0, "No letters can be recognised on the page."));
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
        _pages.Add(new PageReading(number, 0, "The page could not be drawn or recognised.")
        {
            NeedsRecognition = true,
        });
    }

    public void AddTooLarge(IReadOnlyList<int> numbers)
    {
        _large.AddRange(numbers);
        _pages.AddRange(numbers.Select(number => new PageReading(number, 0, "The page has too many dots.")));
    }

    /// <summary>Only so many pages are recognised.</summary>
    public void CutAt(int count) => _end = count;

    /// <summary>The verdict on a file of which no page has text.</summary>
    public Unreadable NothingRead() => _broken.Count > 0
        ? new Unreadable(
            UnreadableReason.NeedsRecognition,
            Recognizer.Name,
            $"Character recognition failed on {Ranges(_broken)}. Run 'terroir doctor', then 'terroir retry'.")
        : new Unreadable(
            UnreadableReason.NeedsRecognition,
            Recognizer.Name,
            "No letters can be recognised: the file shows a blank sheet, a drawing, or handwriting. If it holds print, "
            + "scan it anew, straight, at 300 dots an inch.");

    private static string ReasonOf(double confidence, double scanned) => string.Create(
        CultureInfo.InvariantCulture,
        $"Read by character recognition; the engine doubts {1 - confidence:0 %} of the letters")
        + (scanned < GoodResolutionMin ? ", and the scan is coarse." : ".");

    private static string Ranges(List<int> pages) =>
        $"page{(pages.Count == 1 ? "" : "s")} {PdfReport.Ranges(pages)}";

    private static void Say(List<string> warnings, List<int> pages, string one, string many, string what)
    {
        if (pages.Count > 0)
        {
            warnings.Add($"P{Ranges(pages)[1..]} {(pages.Count == 1 ? one : many)} {what}.");
        }
    }
}
