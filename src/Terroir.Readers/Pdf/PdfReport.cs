using System.Globalization;
using Terroir.Documents;

namespace Terroir.Readers.Pdf;

/// <summary>What could not be read well, page by page.</summary>
internal sealed class PdfReport
{
    /// <summary>A page with a greater share of letters without Unicode is garbled.</summary>
    private const double GarbledShare = 0.1;

    /// <summary>What a text layer made by recognition is worth (an estimate: about one letter in twenty is wrong).
    /// </summary>
    private const double HiddenConfidence = 0.8;

    private readonly List<PageReading> _pages = [];
    private readonly List<int> _empty = [];
    private readonly List<int> _garbled = [];
    private readonly List<int> _broken = [];
    private readonly List<int> _cut = [];
    private Exception? _fault;
    private string? _end;

    /// <summary>What the operator should know, in plain sentences.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            var warnings = new List<string>();
            Say(warnings, _empty, "no text layer and was not read: run character recognition on it",
                "no text layer and were not read: run character recognition on them");
            Say(warnings, _garbled, "letters that the file does not map to Unicode; its text is partly wrong",
                "letters that the file does not map to Unicode; their text is partly wrong");
            Say(warnings, _broken, "damage and was not read", "damage and were not read");
            Say(warnings, _cut, "too many letters; only the first were read",
                "too many letters; only the first were read");
            if (_end is not null)
            {
                warnings.Add(_end);
            }

            return warnings;
        }
    }

    /// <summary>How well each page was read.</summary>
    public IReadOnlyList<PageReading> Pages => _pages;

    public void Add(PdfSheet sheet)
    {
        if (sheet.Words.Count == 0 && sheet.ImageCount > 0)
        {
            _empty.Add(sheet.Number);
            _pages.Add(new PageReading(sheet.Number, 0, "The page is a picture without a text layer.")
            {
                NeedsRecognition = true,
            });
        }
        else if (sheet.UnreadableShare > GarbledShare)
        {
            _garbled.Add(sheet.Number);
            _pages.Add(new PageReading(
                sheet.Number,
                Math.Round(1 - sheet.UnreadableShare, 2),
                "The fonts do not say which letters they draw.")
            {
                NeedsRecognition = true,
            });
        }
        else if (sheet.IsHidden)
        {
            _pages.Add(new PageReading(
                sheet.Number,
                HiddenConfidence,
                "The text is the invisible layer of a scanned page; it is as good as the recognition was."));
        }
        else
        {
            var confidence = Math.Round(1 - sheet.UnreadableShare, 2);
            _pages.Add(new PageReading(
                sheet.Number,
                confidence,
                confidence < 1 ? "A few letters have no Unicode." : ""));
        }

        if (sheet.IsCut)
        {
            _cut.Add(sheet.Number);
        }
    }

    public void AddBroken(int number, Exception fault)
    {
        _broken.Add(number);
        _pages.Add(new PageReading(number, 0, "The page is damaged."));
        _fault ??= fault;
    }

    public void CutAt(int number, int count) => _end = string.Create(
        CultureInfo.InvariantCulture,
        $"Only the first {number - 1} of {count} pages were read: the document is too long. Split it.");

    /// <summary>Ends the reading of a file that gives no text at all, with the reason.</summary>
    public void RefuseIfUnread(IReadOnlyList<PdfSheet> sheets)
    {
        if (sheets.Any(sheet => sheet.Words.Count > 0))
        {
            if (sheets.Where(sheet => sheet.Words.Count > 0).All(sheet => sheet.UnreadableShare > 0.5))
            {
                throw new UnreadableException(
                    UnreadableReason.NeedsRecognition,
                    "The fonts of the file do not say which letters they draw, so that its text cannot be read. Run "
                    + $"character recognition on pages {Ranges([.. sheets.Select(sheet => sheet.Number)])}.");
            }

            return;
        }

        if (_fault is not null && sheets.Count == 0)
        {
            throw new UnreadableException(
                UnreadableReason.Broken,
                $"No page can be read ({_fault.GetType().Name}). Open the file, save it anew, then run "
                + "'terroir retry'.");
        }

        if (_empty.Count > 0)
        {
            throw new UnreadableException(
                UnreadableReason.NeedsRecognition,
                (_empty.Count == 1 ? $"Page {Ranges(_empty)} is a picture" : $"Pages {Ranges(_empty)} are pictures")
                + " without text. Run character recognition on the file first.");
        }
    }

    private static void Say(List<string> warnings, List<int> pages, string one, string many)
    {
        if (pages.Count == 1)
        {
            warnings.Add($"Page {Ranges(pages)} has {one}.");
        }
        else if (pages.Count > 1)
        {
            warnings.Add($"Pages {Ranges(pages)} have {many}.");
        }
    }

    /// <summary>Page numbers as ranges, such as <c>1-3, 7</c>.</summary>
    internal static string Ranges(IReadOnlyList<int> pages)
    {
        var ranges = new List<string>();
        for (var start = 0; start < pages.Count;)
        {
            var end = start;
            while (end + 1 < pages.Count && pages[end + 1] == pages[end] + 1)
            {
                end++;
            }

            var first = pages[start].ToString(CultureInfo.InvariantCulture);
            ranges.Add(start == end ? first : string.Create(CultureInfo.InvariantCulture, $"{first}-{pages[end]}"));
            start = end + 1;
        }

        return string.Join(", ", ranges);
    }
}
