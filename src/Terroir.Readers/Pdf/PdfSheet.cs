using Terroir.Documents;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;

namespace Terroir.Readers.Pdf;

/// <summary>What stands on a page: words and rules, turned so that most text runs to the right.</summary>
internal sealed record PdfSheet
{
    /// <summary>A page with more letters than this is a drawing or an attack; the rest is left out and said.</summary>
    public const int LetterCountMax = 200_000;

    private static readonly IReadOnlyDictionary<Letter, int> NoMarks = new Dictionary<Letter, int>();

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>The page's own box in the frame of the words.</summary>
    public required PageBox Frame { get; init; }

    /// <summary>By how many quarters anticlockwise most text is turned against the page.</summary>
    public required int Turn { get; init; }

    public required IReadOnlyList<PdfWord> Words { get; init; }

    public required PdfRules Rules { get; init; }

    /// <summary>The gap that parts words, as a share of the letter size.</summary>
    public required double Gap { get; init; }

    public required bool IsRightToLeft { get; init; }

    /// <summary>Letters that have no Unicode, over all letters.</summary>
    public required double UnreadableShare { get; init; }

    public required int ImageCount { get; init; }

    /// <summary>Most letters are not drawn: a layer that character recognition put over a picture.</summary>
    public required bool IsHidden { get; init; }

    /// <summary>Whether its words can be words; not judged on a page that is cut.</summary>
    public TextPlausibility Plausibility { get; init; }

    /// <summary>How far its lines usually are apart, as a share of the letter size; 0 if that is not known. Typewritten
    /// pages often leave every other line free.</summary>
    public double Pitch { get; init; }

    /// <summary>The page has more letters than are read.</summary>
    public bool IsCut { get; init; }

    /// <summary>The width of the page in the frame of the words.</summary>
    public double Width => Frame.Right - Frame.Left;

    public double Height => Frame.Top - Frame.Bottom;

    public static PdfSheet From(Page page, PdfSource source)
    {
        var all = page.Letters;
        var letters = all.Count > LetterCountMax ? [.. all.Take(LetterCountMax)] : all;
        var turn = MainTurn(letters);
        var words = PdfLetters.Words(letters, source.Fonts, source.Tags?.RolesOf(page) ?? NoMarks, turn);
        words.AddRange(source.Forms.WordsOf(page.Number, turn));
        PdfLinks.Mark(words, page, turn);
        var typed = TypedRules.Take(words);
        var (x1, y1) = Turned.Into(0, 0, turn);
        var (x2, y2) = Turned.Into(page.Width, page.Height, turn);
        return new PdfSheet
        {
            Number = page.Number,
            Turn = turn,
            Frame = new PageBox(Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2)),
            Words = words,
            Rules = PdfRules.From(page.Paths, turn, typed),
            Gap = PdfLetters.GapOf(letters),
            IsRightToLeft = BidiOrder.IsMostlyRightToLeft(words.Select(word => word.Text)),
            UnreadableShare = Math.Min(1, UnreadableShareOf(words) + MuteShareOf(letters, source.Fonts)),
            ImageCount = page.NumberOfImages,
            IsHidden = letters.Count(letter => letter.RenderingMode == TextRenderingMode.Neither) * 2 > letters.Count,
            Plausibility = all.Count > LetterCountMax ? default
                : TextPlausibility.Of(words.Select(word => word.Text)),
            IsCut = all.Count > LetterCountMax,
        };
    }

    private static int MainTurn(IReadOnlyList<Letter> letters)
    {
        var counts = new int[5];
        foreach (var letter in letters)
        {
            counts[PdfLetters.DirectionOf(letter)]++;
        }

        var best = 0;
        for (var turn = 1; turn < 4; turn++)
        {
            best = counts[turn] > counts[best] ? turn : best;
        }

        return best;
    }

    private static double MuteShareOf(IReadOnlyList<Letter> letters, PdfFonts fonts) =>
        letters.Count == 0 ? 0 : (double)letters.Count(fonts.IsMute) / letters.Count;

    private static double UnreadableShareOf(List<PdfWord> words)
    {
        var bad = 0;
        var all = 0;
        foreach (var rune in words.SelectMany(word => word.Text.EnumerateRunes()))
        {
            all++;
            bad += LetterText.IsUnreadable(rune) ? 1 : 0;
        }

        return all == 0 ? 0 : (double)bad / all;
    }
}
