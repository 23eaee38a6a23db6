using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Readers.Recognition;

namespace Terroir.Extraction;

/// <summary>Question: how much of typewritten French pages is recognised, against what people typed (ALTO)?</summary>
internal static partial class RecognitionScore
{
    public static async Task RunAsync(string folder, TextWriter output)
    {
        await output.WriteLineAsync(
            "\n| scan | char ratio | word F1 | tesseract | word F1 | confidence | s |\n|---|---|---|---|---|---|---|");
        var rows = new List<(double Ratio, double Words, double PlainRatio, double PlainWords, bool IsTuned)>();
        foreach (var (reference, isTuned) in Halves.Of(Directory.GetFiles(folder, "*.xml")))
        {
            var file = Directory.GetFiles(folder, $"{Path.GetFileNameWithoutExtension(reference)}.*")
                .First(path => !path.EndsWith(".xml", StringComparison.Ordinal));
            var expected = Expected(reference);
            var watch = Stopwatch.StartNew();
            var document = await ReadAsync(file);
            var seconds = watch.Elapsed.TotalSeconds;
            var text = document is null ? "" : Encoding.UTF8.GetString(DocumentPreparer.Render(document).Span);
            var plain = await PlainAsync(file);
            rows.Add((
                TextScore.CharRatio(expected, text),
                TextScore.WordF1(expected, text),
                TextScore.CharRatio(expected, plain),
                TextScore.WordF1(expected, plain),
                isTuned));
            var (ratio, words, plainRatio, plainWords, _) = rows[^1];
            await output.WriteLineAsync(
                $"| {Path.GetFileNameWithoutExtension(file)} | {ratio:0.000} | {words:0.000} | {plainRatio:0.000} | "
                + $"{plainWords:0.000} | {document?.Pages[0].Confidence:0.00} | {seconds:0.0} |");
        }

        await output.WriteLineAsync("\n| measure | all | tuned on | held out | files |\n|---|---|---|---|---|");
        await Halves.WriteAsync(output, "char ratio", [.. rows.Select(row => (row.Ratio, row.IsTuned))]);
        await Halves.WriteAsync(output, "word F1", [.. rows.Select(row => (row.Words, row.IsTuned))]);
        await Halves.WriteAsync(output, "tesseract, char ratio", [.. rows.Select(row => (row.PlainRatio,
            row.IsTuned))]);
        await Halves.WriteAsync(output, "tesseract, word F1", [.. rows.Select(row => (row.PlainWords, row.IsTuned))]);
    }

    // "~~~" stands for a word of handwriting that nobody typed; "_" and "^" for underlined and raised.
    private static string Expected(string file)
    {
        var lines = XDocument.Load(file).Descendants()
            .Where(element => element.Name.LocalName is "TextLine")
            .Select(line => string.Join(' ', line.Elements()
                .Where(element => element.Name.LocalName is "String")
                .Select(word => word.Attribute("CONTENT")?.Value)));
        return Marks().Replace(string.Join('\n', lines), "");
    }

    private static async Task<ExtractedDocument?> ReadAsync(string file)
    {
        var recognizer = new Recognizer(RecognitionOrder.Everything, _ => { });
        var content = await File.ReadAllBytesAsync(file);
        var outcome = await recognizer.ReadAsync(
            content, Path.GetFileName(file), ReadLimits.Default, CancellationToken.None);
        return (outcome as Extracted)?.Document;
    }

    private static async Task<string> PlainAsync(string file)
    {
        var answer = await RecognitionProgram.RunAsync(
            Tesseract.Program,
            [Path.GetFullPath(file), "stdout", "-l", "fra"],
            ReadOnlyMemory<byte>.Empty,
            RecognitionLimits.AnswerMaxBytes,
            ReadLimits.Default.Duration,
            CancellationToken.None);
        return Encoding.UTF8.GetString(answer ?? []);
    }

    [GeneratedRegex("~~~|[_^]", RegexOptions.None, 10_000)]
    private static partial Regex Marks();
}
