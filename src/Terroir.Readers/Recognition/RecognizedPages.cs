using Terroir.Documents;
using Terroir.Readers.Pdf;

namespace Terroir.Readers.Recognition;

/// <summary>Puts recognised pages in their places among those that have a text layer.</summary>
internal static class RecognizedPages
{
    /// <summary>Specks of a scan make letters too: a recognition that has fewer than this share is no better.</summary>
    private const double LettersOfImplausibleMin = 0.5;

    /// <summary>Puts them together. What a page had before that needed recognition, such as letters without
    /// Unicode, gives way, if more was recognised.</summary>
    public static Extracted Insert(ExtractedDocument read, ReadOutcome outcome)
    {
        if (outcome is not Extracted { Document: var recognized })
        {
            var why = outcome is Unreadable unreadable ? unreadable.Advice : [];
            return new Extracted(read with
            {
                Warnings = [.. read.Warnings, new Remark(RemarkCode.RecognitionGaveUp), .. why],
            });
        }

        var better = recognized.Pages
            .Where(page => IsBetter(page, read, recognized))
            .Select(page => page.Page)
            .ToHashSet();
        var blocks = new List<Block>();
        var open = better.Order().ToList();
        foreach (var block in read.Blocks)
        {
            // The end of a page stands before the page that begins with it.
            var page = block.Place.Page ?? 0;
            AddBefore(block is PageBreakBlock ? page : page + 1);
            if (block is PageBreakBlock || !better.Contains(page))
            {
                blocks.Add(block);
            }
        }

        AddBefore(int.MaxValue);
        return new Extracted(read with
        {
            Blocks = blocks,
            Pages = [.. read.Pages.Select(page => Better(page, recognized, better))],
            Warnings = [.. read.Warnings.Where(warning => !IsOutdated(warning, read, better)), .. recognized.Warnings],
        });

        void AddBefore(int end)
        {
            while (open.Count > 0 && open[0] < end)
            {
                var number = open[0];
                open.RemoveAt(0);
                if (blocks.Count > 0 && blocks[^1] is not PageBreakBlock)
                {
                    blocks.Add(new PageBreakBlock(new SourcePlace { Page = number }));
                }

                blocks.AddRange(recognized.Blocks
                    .Where(block => block.Place.Page == number && block is not PageBreakBlock));
            }
        }
    }

    private static bool IsBetter(PageReading page, ExtractedDocument read, ExtractedDocument recognized)
    {
        if (page.Confidence <= 0)
        {
            return false;
        }

        var (before, after) = (Letters(read.Blocks, page.Page), Letters(recognized.Blocks, page.Page));
        if (!read.Pages.Any(other => other.Page == page.Page && other.Reason?.Code is RemarkCode.PageImplausible))
        {
            return after > before * page.Confidence;
        }

        // What was doubted only for how its words look gives way to words that look better, and never to a few of them.
        return after > before * LettersOfImplausibleMin
            && Plausibility(recognized.Blocks, page.Page).Fault < Plausibility(read.Blocks, page.Page).Fault;
    }

    private static TextPlausibility Plausibility(IEnumerable<Block> blocks, int page) => TextPlausibility.Of(
        blocks.Where(block => block.Place.Page == page).SelectMany(block => TextOf(block).Split((char[]?)null)));

    private static PageReading Better(PageReading page, ExtractedDocument recognized, HashSet<int> better) =>
        better.Contains(page.Page) ? recognized.Pages.First(other => other.Page == page.Page) : page;

    // The readers ask for recognition; where every page that asked for it got it, that is done.
    private static bool IsOutdated(Remark warning, ExtractedDocument read, HashSet<int> better) =>
        warning.Code is RemarkCode.PagesWithoutText or RemarkCode.PagesImplausible
        && read.Pages.All(page => !page.NeedsRecognition || better.Contains(page.Page));

    private static int Letters(IEnumerable<Block> blocks, int page) =>
        blocks.Where(block => block.Place.Page == page).Sum(block => TextOf(block).Count(char.IsLetterOrDigit));

    private static string TextOf(Block block) => block switch
    {
        HeadingBlock heading => heading.Text,
        ParagraphBlock paragraph => paragraph.Text,
        ListItemBlock item => item.Text,
        CodeBlock code => code.Text,
        CaptionBlock caption => caption.Text,
        TableBlock table => string.Join(' ', table.Rows.SelectMany(row => row.Cells)),
        _ => "",
    };
}
