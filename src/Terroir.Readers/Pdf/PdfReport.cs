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
    private readonly List<int> _poor = [];
    private readonly List<int> _broken = [];
    private readonly List<int> _cut = [];
    private Exception? _fault;
    private Remark? _end;

    /// <summary>What the operator should know.</summary>
    public IReadOnlyList<Remark> Warnings =>
    [
        .. Counted.Pages(RemarkCode.PagesWithoutText, _empty),
        .. Counted.Pages(RemarkCode.PagesUnmapped, _garbled),
        .. Counted.Pages(RemarkCode.PagesImplausible, _poor),
        .. Counted.Pages(RemarkCode.PagesDamaged, _broken),
        .. Counted.Pages(RemarkCode.PagesCut, _cut),
        .. _end is null ? Array.Empty<Remark>() : [_end],
    ];

    /// <summary>How well each page was read.</summary>
    public IReadOnlyList<PageReading> Pages => _pages;

    public void Add(PdfSheet sheet)
    {
        if (sheet.Words.Count == 0 && sheet.ImageCount > 0)
        {
            _empty.Add(sheet.Number);
            _pages.Add(new PageReading(sheet.Number, 0, new Remark(RemarkCode.PageIsPicture))
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
                new Remark(RemarkCode.PageUnmapped))
            {
                NeedsRecognition = true,
            });
        }
        else if (sheet.Plausibility.IsPoor(sheet.IsHidden))
        {
            AddPoor(sheet);
        }
        else if (sheet.IsHidden)
        {
            _pages.Add(new PageReading(
                sheet.Number,
                HiddenConfidence,
                new Remark(RemarkCode.PageHasHiddenText)));
        }
        else
        {
            var confidence = Math.Round(1 - sheet.UnreadableShare, 2);
            _pages.Add(new PageReading(
                sheet.Number,
                confidence,
                confidence < 1 ? new Remark(RemarkCode.PageFewUnmapped) : null));
        }

        if (sheet.IsCut)
        {
            _cut.Add(sheet.Number);
        }
    }

    public void AddBroken(int number, Exception fault)
    {
        _broken.Add(number);
        _pages.Add(new PageReading(number, 0, new Remark(RemarkCode.PageDamaged)));
        _fault ??= fault;
    }

    public void CutAt(int number, int count) => _end = new Remark(
        RemarkCode.PagesUnread,
        (number - 1).ToString(CultureInfo.InvariantCulture),
        count.ToString(CultureInfo.InvariantCulture));

    /// <summary>Ends the reading of a file that gives no text at all, with the reason.</summary>
    public void RefuseIfUnread(IReadOnlyList<PdfSheet> sheets)
    {
        if (sheets.Any(sheet => sheet.Words.Count > 0))
        {
            if (sheets.Where(sheet => sheet.Words.Count > 0).All(sheet => sheet.UnreadableShare > 0.5))
            {
                throw new UnreadableException(
                    UnreadableReason.NeedsRecognition,
                    Counted.OfPages(RemarkCode.FontsUnmapped, [.. sheets.Select(sheet => sheet.Number)]));
            }

            return;
        }

        if (_fault is not null && sheets.Count == 0)
        {
            throw new UnreadableException(
                UnreadableReason.Broken,
                RemarkCode.NoPageRead,
                _fault.GetType().Name);
        }

        if (_empty.Count > 0)
        {
            throw new UnreadableException(
                UnreadableReason.NeedsRecognition,
                Counted.OfPages(RemarkCode.OnlyPictures, _empty));
        }
    }

    private void AddPoor(PdfSheet sheet)
    {
        var fault = sheet.Plausibility.Fault;
        _poor.Add(sheet.Number);
        _pages.Add(new PageReading(
            sheet.Number,
            Math.Round(Math.Min(HiddenConfidence, 1 - fault), 2),
            new Remark(RemarkCode.PageImplausible, string.Create(CultureInfo.InvariantCulture, $"{fault * 100:0}")))
        {
            NeedsRecognition = true,
        });
    }
}
