using System.Globalization;
using System.Text;
using Terroir.Documents;
using Terroir.Readers;

namespace Terroir.Tests.Readers.Pdf;

/// <summary>A PDF that a test draws: text at places, rules, links, pictures, pages.</summary>
internal sealed class PdfDraft
{
    private readonly List<DraftPage> _pages = [new DraftPage()];

    public string Title { get; init; } = "";

    public string Author { get; init; } = "";

    /// <summary>Further entries of the catalogue.</summary>
    public string Catalog { get; init; } = "";

    /// <summary>Further objects, numbered from 100.</summary>
    public IReadOnlyList<string> Objects { get; init; } = [];

    /// <summary>The password that the file asks for; <see langword="null"/> if it is not encrypted.</summary>
    public string? Password { get; init; }

    private DraftPage Last => _pages[^1];

    public PdfDraft Page(int rotation = 0)
    {
        _pages.Add(new DraftPage { Rotation = rotation });
        return this;
    }

    public PdfDraft Turn(int rotation)
    {
        Last.Rotation = rotation;
        return this;
    }

    public PdfDraft Text(double x, double y, string text, double size = 10, bool isBold = false)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal)
            .Replace(")", "\\)", StringComparison.Ordinal);
        return Raw(Format($"BT /{(isBold ? "F2" : "F1")} {size} Tf {x} {y} Td ({escaped}) Tj ET\n"));
    }

    /// <summary>Lines of running text from a height down, 13 points apart.</summary>
    public PdfDraft Lines(double x, double y, params string[] lines)
    {
        for (var index = 0; index < lines.Length; index++)
        {
            Text(x, y - (13 * index), lines[index]);
        }

        return this;
    }

    public PdfDraft Rule(double x1, double y1, double x2, double y2) =>
        Raw(Format($"0.7 w {x1} {y1} m {x2} {y2} l S\n"));

    public PdfDraft Picture(double x, double y, double size) =>
        Raw(Format($"q {size} 0 0 {size} {x} {y} cm /I1 Do Q\n"));

    public PdfDraft Raw(string operators)
    {
        Last.Content.Append(operators);
        return this;
    }

    public PdfDraft Link(double x1, double y1, double x2, double y2, string target) => Annotation(
        Format($"<</Type/Annot/Subtype/Link/Rect[{x1} {y1} {x2} {y2}]/A<</S/URI/URI({target})>>>>"));

    public PdfDraft Annotation(string dictionary)
    {
        Last.Annotations.Append(dictionary);
        return this;
    }

    public byte[] Build()
    {
        var file = new StringBuilder("%PDF-1.7\n");
        var places = new SortedDictionary<int, int>();
        Add(1, $"<</Type/Catalog/Pages 2 0 R{Catalog}>>");
        var kids = string.Join(' ', _pages.Select((_, index) => $"{20 + (2 * index)} 0 R"));
        Add(2, $"<</Type/Pages/Kids[{kids}]/Count {_pages.Count}>>");
        Add(3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
        Add(4, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>");
        Add(5, "<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+CMSY10/FirstChar 50/LastChar 50/Widths[667]>>");
        Add(6, "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>\n"
            + "stream\nx\nendstream");
        Add(7, $"<</Title({Title})/Author({Author})>>");
        Add(8, "<</Type/Font/Subtype/Type0/BaseFont/Mute/Encoding/Identity-H/DescendantFonts[9 0 R]>>");
        Add(9, "<</Type/Font/Subtype/CIDFontType2/BaseFont/Mute/DW 500/FontDescriptor 10 0 R"
            + "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>");
        Add(10, "<</Type/FontDescriptor/FontName/Mute/Flags 4/FontBBox[0 0 1 1]/ItalicAngle 0/Ascent 1/Descent 0"
            + "/CapHeight 1/StemV 1>>");
        for (var index = 0; index < _pages.Count; index++)
        {
            var page = _pages[index];
            Add(20 + (2 * index), $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {page.Rotation}"
                + $"/StructParents {index}/Contents {21 + (2 * index)} 0 R/Annots[{page.Annotations}]"
                + "/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R/F4 8 0 R>>/XObject<</I1 6 0 R>>>>>>");
            var content = Password is null ? page.Content.ToString()
                : PdfCipher.Encrypt(page.Content.ToString(), Password, 21 + (2 * index));
            Add(21 + (2 * index), $"<</Length {content.Length}>>\nstream\n{content}\nendstream");
        }

        for (var index = 0; index < Objects.Count; index++)
        {
            Add(100 + index, Objects[index]);
        }

        var start = file.Length;
        file.Append("xref\n0 1\n0000000000 65535 f \n");
        foreach (var (number, place) in places)
        {
            file.Append(CultureInfo.InvariantCulture, $"{number} 1\n{place:0000000000} 00000 n \n");
        }

        var about = Password is null ? "/Info 7 0 R" : PdfCipher.Trailer(Password);
        file.Append(CultureInfo.InvariantCulture,
            $"trailer\n<</Root 1 0 R{about}/Size {places.Keys.Max() + 1}>>\nstartxref\n{start}\n%%EOF\n");
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return (Password is null ? Encoding.GetEncoding(1252) : Encoding.Latin1).GetBytes(file.ToString());

        void Add(int number, string content)
        {
            places[number] = file.Length;
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{content}\nendobj\n");
        }
    }

    public async Task<ReadOutcome> TryReadAsync() => await new FormatReaders().ReadAsync(
        Build(),
        "a.pdf",
        ReadLimits.Default,
        TestContext.Current.CancellationToken);

    public async Task<ExtractedDocument> ReadAsync() => Assert.IsType<Extracted>(await TryReadAsync()).Document;

    private static string Format(FormattableString text) => FormattableString.Invariant(text);

    private sealed class DraftPage
    {
        public StringBuilder Content { get; } = new();

        public StringBuilder Annotations { get; } = new();

        public int Rotation { get; set; }
    }
}
