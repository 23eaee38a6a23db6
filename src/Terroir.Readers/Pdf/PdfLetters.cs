using System.Text;
using UglyToad.PdfPig.Content;

namespace Terroir.Readers.Pdf;

/// <summary>Joins the letters of a page to words: by drawn spaces, and by gaps against the size of the letters.
/// </summary>
internal sealed class PdfLetters
{
    /// <summary>A gap of this share of the letter size parts words where spaces are drawn as letters.</summary>
    private const double GapBesideSpaces = 0.22;

    /// <summary>The same where a page draws no spaces, as TeX does.</summary>
    private const double GapWithoutSpaces = 0.17;

    /// <summary>Kerning and italics may go back by this share of the letter size.</summary>
    private const double Overlap = 0.35;

    /// <summary>The same letter nearer than this share of its size is drawn twice; the narrowest
    /// are 0.2 wide.</summary>
    private const double Same = 0.09;

    private const double PlaceMax = 100_000;

    private static readonly string[] BoldNames =
        ["Bold", "Black", "Heavy", "-Medi", "Demi", "CMBX", "SFBX", "-Bd"];

    private readonly List<PdfWord> _words = [];
    private readonly Dictionary<(string Text, int X, int Y), double> _seen = [];
    private readonly StringBuilder _text = new();
    private readonly IReadOnlyDictionary<Letter, int> _marks;
    private readonly PdfFonts _fonts;
    private readonly int _turn;
    private readonly double _gap;
    private Glyph _first;
    private Glyph _last;
    private (double Left, double Right, double Baseline)? _space;
    private int _order;
    private (string Value, Letter Letter, Glyph Glyph)? _accent;

    private PdfLetters(PdfFonts fonts, IReadOnlyDictionary<Letter, int> marks, int turn, double gap)
    {
        _fonts = fonts;
        _marks = marks;
        _turn = turn;
        _gap = gap;
    }

    /// <summary>The share of the letter size that parts words on this page.</summary>
    public static double GapOf(IReadOnlyList<Letter> letters)
    {
        var spaces = letters.Count(letter => string.IsNullOrWhiteSpace(letter.Value));
        return spaces > letters.Count / 25 ? GapBesideSpaces : GapWithoutSpaces;
    }

    /// <summary>The words of a page whose text mostly runs in one direction; other text comes as turned words.
    /// </summary>
    /// <param name="letters">The letters as they are drawn.</param>
    /// <param name="fonts">The letters of fonts.</param>
    /// <param name="marks">The marked content of letters.</param>
    /// <param name="turn">The direction of most text, in quarter turns anticlockwise.</param>
    public static List<PdfWord> Words(
        IReadOnlyList<Letter> letters,
        PdfFonts fonts,
        IReadOnlyDictionary<Letter, int> marks,
        int turn)
    {
        var words = new List<PdfWord>();
        var gap = GapOf(letters);
        foreach (var group in letters.GroupBy(DirectionOf))
        {
            var joiner = new PdfLetters(fonts, marks, group.Key, gap);
            foreach (var letter in group)
            {
                joiner.Add(letter);
            }

            joiner.FlushAccent();
            joiner.End();
            words.AddRange(group.Key == turn ? joiner._words : TurnedLines.Join(joiner._words, group.Key));
        }

        return words;
    }

    /// <summary>The direction of a letter's text in quarter turns anticlockwise, 0 to 3; 4 if it is aslant.</summary>
    public static int DirectionOf(Letter letter)
    {
        var x = letter.EndBaseLine.X - letter.StartBaseLine.X;
        var y = letter.EndBaseLine.Y - letter.StartBaseLine.Y;
        var (width, height) = (Math.Abs(x), Math.Abs(y));
        if (width + height < 1e-6)
        {
            return letter.TextOrientation switch
            {
                TextOrientation.Rotate90 => 3,
                TextOrientation.Rotate180 => 2,
                TextOrientation.Rotate270 => 1,
                _ => 0,
            };
        }

        if (height < width * 0.2)
        {
            return x > 0 ? 0 : 2;
        }

        return width < height * 0.2 ? y > 0 ? 1 : 3 : 4;
    }

    private void Add(Letter letter)
    {
        var value = _fonts.TextOf(letter);
        if (string.IsNullOrEmpty(value) || value[0] == '\0')
        {
            return;
        }

        var glyph = Glyph.From(letter, _turn);
        if (!glyph.IsOnEarth)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(value))
        {
            FlushAccent();
            _space = (glyph.Left, Math.Max(glyph.Right, glyph.Left + (0.2 * glyph.Size)), glyph.Baseline);
            _last.HasSpaceAfter |= IsSpaceRightOf(_last);
            _first.HasSpaceBefore |= IsSpaceLeftOf(_first);
            return;
        }

        if (IsDrawnAgain(value, glyph))
        {
            return;
        }

        if (Accents.Combining(value) is not null && _accent is null)
        {
            // An accent that is drawn for itself waits for the letter that it stands on.
            _accent = (value, letter, glyph);
            return;
        }

        if (_accent is { } accent
            && Math.Abs(accent.Glyph.Baseline - glyph.Baseline) < glyph.Size
            && Accents.StandsOn((accent.Glyph.Left, accent.Glyph.Right), (glyph.Left, glyph.Right)))
        {
            value = NormalForm.Of(LetterText.Of(value) + Accents.Combining(accent.Value));
            _accent = null;
        }

        FlushAccent();
        Append(value, letter, glyph);
    }

    private void FlushAccent()
    {
        if (_accent is { } accent)
        {
            _accent = null;
            Append(accent.Value, accent.Letter, accent.Glyph);
        }
    }

    private void Append(string value, Letter letter, Glyph glyph)
    {
        if (_text.Length > 0 && !GoesOn(glyph))
        {
            End();
        }

        if (_text.Length == 0)
        {
            _first = glyph;
            _first.HasSpaceBefore = IsSpaceLeftOf(glyph);
            glyph.HasSpaceAfter = IsSpaceRightOf(glyph);
            _first.Mark = _marks.GetValueOrDefault(letter);
        }

        _space = null;
        _text.Append(LetterText.Of(value));
        _last = glyph;
    }

    // Bold is faked by drawing a letter twice, almost at the same place.
    private bool IsDrawnAgain(string value, Glyph glyph)
    {
        var step = Same * glyph.Size;
        var (x, y) = ((int)(glyph.Left / step), (int)(glyph.Baseline / step));
        for (var near = x - 1; near <= x + 1; near++)
        {
            if (_seen.TryGetValue((value, near, y), out var left) && Math.Abs(left - glyph.Left) < step)
            {
                return true;
            }
        }

        _seen[(value, x, y)] = glyph.Left;
        return false;
    }

    private bool GoesOn(Glyph glyph)
    {
        var size = Math.Max(glyph.Size, _last.Size);
        var gap = glyph.Left - _last.Right;
        return _space is null
            && Math.Abs(glyph.Baseline - _last.Baseline) < 0.08 * size
            && gap > -Overlap * size
            && glyph.Left > _last.Left - (0.02 * size)
            && gap < _gap * size
            && Math.Abs(glyph.Size - _last.Size) < 0.15 * size;
    }

    private bool IsSpaceLeftOf(Glyph glyph) => _space is { } space && IsNear(space.Baseline, glyph)
        && space.Left < glyph.Left && space.Right > glyph.Left - (0.5 * glyph.Size);

    private bool IsSpaceRightOf(Glyph glyph) => _space is { } space && IsNear(space.Baseline, glyph)
        && space.Right > glyph.Right && space.Left < glyph.Right + (0.5 * glyph.Size);

    private static bool IsNear(double baseline, Glyph glyph) => Math.Abs(baseline - glyph.Baseline) < 0.5 * glyph.Size;

    private void End()
    {
        if (_text.Length == 0)
        {
            return;
        }

        _words.Add(new PdfWord
        {
            Text = Accents.JoinNegation(_text.ToString()),
            Left = _first.Left,
            Right = Math.Max(_last.Right, _first.Right),
            Bottom = _first.Baseline - (0.22 * _first.Size),
            Top = _first.Baseline + (0.74 * _first.Size),
            Baseline = _first.Baseline,
            Size = _first.Size,
            Font = _first.Font,
            IsBold = _first.IsBold,
            IsItalic = _first.IsItalic,
            Order = _order++,
            Mark = _first.Mark,
            HasSpaceBefore = _first.HasSpaceBefore,
            HasSpaceAfter = _last.HasSpaceAfter,
        });
        _text.Clear();
    }

    /// <summary>A letter in a frame where its text runs to the right.</summary>
    private record struct Glyph(double Left, double Right, double Baseline, double Size, string Font)
    {
        public bool IsBold { get; init; }

        public bool IsItalic { get; init; }

        public bool HasSpaceBefore { get; set; }

        public bool HasSpaceAfter { get; set; }

        public int Mark { get; set; }

        /// <summary>Broken matrices throw letters to infinity; the largest page is 200 inches wide.</summary>
        public bool IsOnEarth =>
            Math.Abs(Left) < PlaceMax && Math.Abs(Right) < PlaceMax && Math.Abs(Baseline) < PlaceMax;

        public static Glyph From(Letter letter, int turn)
        {
            var (left, baseline) = Turned.Into(letter.StartBaseLine.X, letter.StartBaseLine.Y, turn);
            var (right, _) = Turned.Into(letter.EndBaseLine.X, letter.EndBaseLine.Y, turn);
            var size = letter.PointSize;
            if (!(size is > 0.5 and < 2_000))
            {
                size = Math.Clamp(letter.BoundingBox.Height, 1, 2_000);
            }

            var name = letter.FontName ?? "";
            if (name.Contains("CMEX", StringComparison.Ordinal))
            {
                // Large brackets and sums hang from their line: their middle stands where that of the text does.
                var (_, y1) = Turned.Into(letter.BoundingBox.Left, letter.BoundingBox.Bottom, turn);
                var (_, y2) = Turned.Into(letter.BoundingBox.Right, letter.BoundingBox.Top, turn);
                baseline = ((y1 + y2) / 2) - (0.25 * size);
            }

            return new Glyph(Math.Min(left, right), Math.Max(left, right), baseline, size, name)
            {
                IsBold = letter.FontDetails.IsBold
                    || Array.Exists(BoldNames, bold => name.Contains(bold, StringComparison.OrdinalIgnoreCase)),
                IsItalic = letter.FontDetails.IsItalic,
            };
        }
    }
}
