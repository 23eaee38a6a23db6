using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Terroir.Acceptance.Tests;

/// <summary>What a reader makes of a file, as an operator looks at it.</summary>
public sealed class ExtractTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Menus_of_a_web_page_are_kept_on_request()
    {
        var page = await WriteAsync(
            "a.html",
            "<html><body><nav><a href='/x'>Annuaire</a></nav><main><p>Le parking ouvre.</p></main></body></html>");

        var (_, plain, _) = await TerroirCommand.RunAsync("extract", page);
        var (_, whole, _) = await TerroirCommand.RunAsync("extract", page, "--keep-boilerplate");

        Assert.Contains("parking", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("Annuaire", plain, StringComparison.Ordinal);
        Assert.Contains("Annuaire", whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scans_are_read_in_the_languages_of_the_site()
    {
        var data = Path.Combine(_folder.FullName, "data");
        await TerroirCommand.RunAsync("init", "--data", data);
        await File.AppendAllTextAsync(
            Path.Combine(data, "terroir.yaml"),
            "\nrecognition:\n  language: xyz\n",
            Stop);
        var picture = await WriteAsync("a.gif", "GIF89a");

        var (exit, _, error) = await TerroirCommand.RunAsync("extract", picture, "--data", data);
        var (_, _, french) = await TerroirCommand.RunAsync("extract", picture, "--data", data, "--language", "fr");

        Assert.Equal(3, exit);
        Assert.Contains("Install what recognises print", error, StringComparison.Ordinal);
        Assert.Contains("tesseract-ocr-xyz", error, StringComparison.Ordinal);
        Assert.Contains("Installez ce qui reconnaît l’imprimé", french, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_that_were_not_read_well_are_named_with_the_reason()
    {
        // Text of mode 3 is not drawn: the layer that a scanner's program puts over its picture.
        const string Text = "BT /F1 12 Tf 3 Tr 72 700 Td (Le parking du site ouvre a six heures.) Tj ET";
        var file = await WriteAsync("a.pdf", Pdf(
            "<</Type /Catalog /Pages 2 0 R>>",
            "<</Type /Pages /Kids [3 0 R] /Count 1>>",
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R"
                + " /Resources <</Font <</F1 4 0 R>>>>>>",
            "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>",
            $"<</Length {Text.Length}>>\nstream\n{Text}\nendstream"));

        var (_, text, error) = await TerroirCommand.RunAsync("extract", file, "--language", "fr");
        using var json = JsonDocument.Parse((await TerroirCommand.RunAsync("extract", file, "--json")).Output);

        Assert.Contains("parking", text, StringComparison.Ordinal);
        Assert.Contains("page 1: 0.80 Le texte est la couche invisible", error, StringComparison.Ordinal);
        var page = json.RootElement.GetProperty("pages")[0];
        Assert.Equal(0.8, page.GetProperty("confidence").GetDouble());
        Assert.Equal("pageHasHiddenText", page.GetProperty("remark").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_site_that_is_not_there_is_no_reason_to_guess()
    {
        var page = await WriteAsync("a.txt", "Le parking ouvre.");

        var (exit, _, error) = await TerroirCommand.RunAsync("extract", page, "--data", "/nonexistent");

        Assert.Equal(1, exit);
        Assert.Contains("TER", error, StringComparison.Ordinal);
    }

    // ASCII only, so that an offset in characters is one in bytes.
    private static string Pdf(params string[] objects)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        foreach (var (index, content) in objects.Index())
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{content}\nendobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            file.Append(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n");
        }

        file.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {objects.Length + 1} /Root 1 0 R>>\n");
        return file.Append(CultureInfo.InvariantCulture, $"startxref\n{start}\n%%EOF\n").ToString();
    }

    private async Task<string> WriteAsync(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(path, content, Stop);
        return path;
    }
}
