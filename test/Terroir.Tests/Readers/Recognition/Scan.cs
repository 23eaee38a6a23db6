using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Terroir.Documents;
using Terroir.Readers;
using Terroir.Readers.Recognition;
using Terroir.Tests.Readers.Pdf;

namespace Terroir.Tests.Readers.Recognition;

/// <summary>Scans that a test makes: a drawn page as grey dots, in the formats that scanners write.</summary>
/// <param name="Width">In dots.</param>
/// <param name="Height">In dots.</param>
/// <param name="Dots">One byte each, from the upper left corner.</param>
internal sealed record Scan(int Width, int Height, byte[] Dots)
{
    private const int Resolution = 150;
    private const string Fonts = "/usr/share/fonts/truetype/liberation";

    /// <summary>The lines of an invisible layer of text over the scan in a PDF.</summary>
    public IReadOnlyList<string> Layer { get; init; } = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Skips the test where the programs are not installed.</summary>
    public static async Task RequireProgramsAsync()
    {
        var found = await RecognitionPrograms.FindAsync(new RecognitionOptions(), Stop);
        Assert.SkipWhen(found.Packages.Count > 0, $"not installed: {string.Join(' ', found.Packages)}");
        Assert.SkipUnless(Directory.Exists(Fonts), "not installed: fonts-liberation");
    }

    /// <summary>Draws the first page of a draft.</summary>
    public static async Task<Scan> OfAsync(PdfDraft draft)
    {
        var answer = await RecognitionProgram.RunAsync(
            "pdftoppm",
            ["-gray", "-r", Resolution.ToString(CultureInfo.InvariantCulture), "-singlefile", "-"],
            draft.Build(),
            64 << 20,
            ReadLimits.Default.Duration,
            Stop);

        // "P5\n1240 1754\n255\n", then the dots.
        var header = Encoding.ASCII.GetString(answer!, 0, 32).Split('\n');
        var size = header[1].Split(' ');
        var start = header[0].Length + header[1].Length + header[2].Length + 3;
        return new Scan(
            int.Parse(size[0], CultureInfo.InvariantCulture),
            int.Parse(size[1], CultureInfo.InvariantCulture),
            answer![start..]);
    }

    /// <summary>Recognises a file in this process.</summary>
    public static async Task<ReadOutcome> RecognizeAsync(byte[] content, string name) =>
        await new Recognizer(RecognitionOrder.Everything, _ => { })
            .ReadAsync(content, name, ReadLimits.Default, Stop);

    /// <summary>Reads a file as the product does, without its processes.</summary>
    public static async Task<ReadOutcome> ReadAsync(byte[] content, string name, RecognitionOptions? options = null)
    {
        using var recognizer = new ScanRecognizer(
            (bytes, request, stop) => new Recognizer(request.Recognition!, _ => { })
                .ReadAsync(bytes, request.FileName, request.Limits, stop),
            options ?? new RecognitionOptions(),
            stop => RecognitionPrograms.FindAsync(new RecognitionOptions(), stop));
        return await new RecognizingReader(new FormatReaders(), recognizer)
            .ReadAsync(content, name, ReadLimits.Default, Stop);
    }

    /// <summary>The scan turned clockwise by half a turn.</summary>
    public Scan UpsideDown() => this with { Dots = [.. Dots.Reverse()] };

    /// <summary>The scan turned clockwise by a quarter.</summary>
    public Scan OnItsSide()
    {
        var dots = new byte[Dots.Length];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                dots[(x * Height) + Height - 1 - y] = Dots[(y * Width) + x];
            }
        }

        return new Scan(Height, Width, dots);
    }

    /// <summary>A TIFF file of several scans.</summary>
    public static byte[] ToTiff(params Scan[] scans)
    {
        var file = new MemoryStream();
        file.Write("II*\0"u8);
        Write(0);
        foreach (var scan in scans)
        {
            var strip = (int)file.Length;
            file.Write(scan.Dots);
            var directory = (int)file.Length;
            (int Tag, int Value)[] entries =
            [
                (256, scan.Width), (257, scan.Height), (258, 8), (259, 1), (262, 1), (273, strip), (277, 1),
                (278, scan.Height), (279, scan.Dots.Length),
            ];
            file.Write([(byte)entries.Length, 0]);
            foreach (var (tag, value) in entries)
            {
                file.Write([(byte)tag, (byte)(tag >> 8), 4, 0, 1, 0, 0, 0]);
                Write(value);
            }

            Write(0);
            LinkFrom(strip, directory);
        }

        return file.ToArray();

        void Write(int value)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
            file.Write(bytes);
        }

        // The directory before, which ends where the strip begins, or the header names this one.
        void LinkFrom(int strip, int directory)
        {
            file.Position = strip == 8 ? 4 : strip - 4;
            Write(directory);
            file.Position = file.Length;
        }
    }

    /// <summary>A PDF whose pages are scans, or text where there is none.</summary>
    public static byte[] ToPdf(params Scan?[] pages)
    {
        var file = new MemoryStream();
        var places = new List<long>();
        Write("%PDF-1.4\n");
        var kids = string.Join(' ', pages.Select((_, index) => $"{4 + (3 * index)} 0 R"));
        Add("<</Type/Catalog/Pages 2 0 R>>");
        Add($"<</Type/Pages/Kids[{kids}]/Count {pages.Length}>>");
        Add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
        foreach (var scan in pages)
        {
            var number = places.Count + 1;
            Add($"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {number + 1} 0 R"
                + "/Resources<</Font<</F1 3 0 R>>"
                + $"/XObject<</I1 {number + 2} 0 R>>>>>>");
            AddStream("", Encoding.Latin1.GetBytes(scan is null
                ? "BT /F1 12 Tf 72 720 Td (This page has a text layer of its own.) Tj ET"
                : "q 595 0 0 842 0 0 cm /I1 Do Q" + Hidden(scan.Layer)));
            AddStream(
                $"/Type/XObject/Subtype/Image/Width {scan?.Width ?? 1}/Height {scan?.Height ?? 1}/BitsPerComponent 8"
                + "/ColorSpace/DeviceGray",
                scan?.Dots ?? [255]);
        }

        var start = file.Length;
        Write($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        places.ForEach(place => Write(string.Create(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n")));
        Write($"trailer\n<</Root 1 0 R/Size {places.Count + 1}>>\nstartxref\n{start}\n%%EOF\n");
        return file.ToArray();

        static string Hidden(IReadOnlyList<string> lines) =>
            $" BT 3 Tr /F1 10 Tf 14 TL 72 760 Td {string.Concat(lines.Select(line => $"({line}) Tj T* "))}ET";

        void Write(string text) => file.Write(Encoding.ASCII.GetBytes(text));

        void Add(string content)
        {
            places.Add(file.Length);
            Write($"{places.Count} 0 obj\n{content}\nendobj\n");
        }

        void AddStream(string entries, byte[] content)
        {
            places.Add(file.Length);
            Write($"{places.Count} 0 obj\n<<{entries}/Length {content.Length}>>\nstream\n");
            file.Write(content);
            Write("\nendstream\nendobj\n");
        }
    }
}
