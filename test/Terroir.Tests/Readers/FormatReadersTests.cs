using System.IO.Compression;
using System.Text;
using CsCheck;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Readers;

namespace Terroir.Tests.Readers;

public sealed class FormatReadersTests
{
    private static readonly FormatReaders Readers = new();

    private static readonly string[] Names = ["a.pdf", "a.docx", "a.zip", "a.eml", "a.csv", "a.md", "a.html"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a.md", "# T\n\n- x\n\n| a | b |\n|---|---|\n| c | d |", "| c | d |")]
    [InlineData("a.html", "<html><nav>menu</nav><main><h1>T</h1><p>corps</p></main></html>", "# T\n\ncorps")]
    [InlineData("a.csv", "a;b\nc;d", "| c | d |")]
    [InlineData("a.txt", "une\n\ndeux", "une\n\ndeux")]
    [InlineData("a.eml", "Subject: Sujet\r\nFrom: a@b.example\r\n\r\nBonjour", "Bonjour")]
    public async Task Text_formats_become_markdown(string name, string content, string expected)
    {
        var outcome = await Readers.ReadAsync(Encoding.UTF8.GetBytes(content), name, ReadLimits.Default, Stop);

        var document = Assert.IsType<Extracted>(outcome).Document;
        Assert.Contains(expected, Encoding.UTF8.GetString(DocumentPreparer.Render(document).Span),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1252)]
    [InlineData(65001)]
    [InlineData(1200)]
    public async Task French_text_of_any_encoding_keeps_its_letters(int codePage)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(codePage);
        var content = encoding.GetPreamble().Concat(encoding.GetBytes("L’œuvre coûte 12 € à Noël, déjà.")).ToArray();

        var outcome = await Readers.ReadAsync(content, "a.txt", ReadLimits.Default, Stop);

        var block = Assert.IsType<ParagraphBlock>(Assert.IsType<Extracted>(outcome).Document.Blocks[0]);
        Assert.Equal("L’œuvre coûte 12 € à Noël, déjà.", block.Text);
    }

    [Fact]
    public async Task A_zip_bomb_is_too_large()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            await using var entry = await archive.CreateEntry("a.txt").OpenAsync(Stop);
            await entry.WriteAsync(new byte[64 << 20], Stop);
        }

        var outcome = await Readers.ReadAsync(stream.ToArray(), "a.zip", ReadLimits.Default, Stop);

        Assert.Equal(UnreadableReason.TooLarge, Assert.IsType<Unreadable>(outcome).Reason);
    }

    [Fact]
    public Task Mutated_files_never_raise() =>
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[0, Names.Length - 1])
            .SampleAsync(
                async (bytes, pick) =>
                {
                    var name = Names[pick];
                    var head = name switch
                    {
                        "a.pdf" => "%PDF-1.4\n"u8.ToArray(),
                        "a.docx" or "a.zip" => "PK\u0003\u0004"u8.ToArray(),
                        _ => [],
                    };
                    Assert.NotNull(
                        await Readers.ReadAsync(head.Concat(bytes).ToArray(), name, ReadLimits.Default, Stop));
                },
                iter: 200);

    [Fact]
    public async Task Public_office_files_are_read_or_refused_with_advice()
    {
        foreach (var file in Directory.GetFiles(TestFolder.Data("office-public"), "*", SearchOption.AllDirectories))
        {
            var content = await File.ReadAllBytesAsync(file, Stop);
            var outcome = await Readers.ReadAsync(content, Path.GetFileName(file), ReadLimits.Default, Stop);

            Assert.True(outcome is Extracted or Unreadable { Advice.Count: > 0 }, file);
        }
    }
}
