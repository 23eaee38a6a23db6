using System.Diagnostics;
using Terroir.Languages;
using static Terroir.Bench.Report;

namespace Terroir.Bench;

/// <summary>Question: how often is the language of a short text told right, and how fast? The texts are pieces of the
/// judged collections and of a German book, cut between words.</summary>
internal static class LanguageMeasures
{
    private const int TextCount = 2_000;

    private static readonly int[] Lengths = [20, 40, 80, 160, 320];

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        (string Language, string Name, string Text)[] sources =
        [
            ("fr", "servicepublic-fr", TextOf("servicepublic-fr")),
            ("fr", "cnil-faq-fr", TextOf("cnil-faq-fr")),
            ("en", "scifact-en", TextOf("scifact-en")),
            ("en", "cranfield-en", TextOf("cranfield-en")),
            ("de", "a German book", await File.ReadAllTextAsync(
                Path.Combine(JudgedSet.Find("docs"), "pypdf-text", "GeoTopo-book.txt"), cancellationToken)),
        ];
        var rows = new List<string[]>();
        foreach (var (language, name, text) in sources)
        {
            var row = new List<string> { name, language };
            row.AddRange(Lengths.Select(length => Measure(text, length, language)));
            row.Add(Speed(text));
            rows.Add([.. row]);
        }

        await WriteTableAsync(
            ["texts of", "language", .. Lengths.Select(length => $"{length} characters"), "texts of 80 a second"],
            rows);
    }

    private static string TextOf(string set) =>
        string.Join('\n', JudgedSet.Read(set).Documents.Select(document => document.Text));

    // The share that is told right, where what is left open falls to another language than the right one.
    private static string Measure(string text, int length, string language)
    {
        var pieces = Cut(text, length);
        var right = pieces.Count(piece => IsSame(LanguageIdentifier.Identify(piece, "xx"), language));
        var wrong = pieces.Count(piece => LanguageIdentifier.IdentifyBlock(piece, language) is { } other
            && !IsSame(other, language));
        return $"{Number(100.0 * right / pieces.Count, "0.0")} % ({Number(100.0 * wrong / pieces.Count, "0.0")} %)";
    }

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);

    private static string Speed(string text)
    {
        var pieces = Cut(text, 80);
        foreach (var piece in pieces)
        {
            LanguageIdentifier.Identify(piece, "fr");
        }

        var started = Stopwatch.GetTimestamp();
        foreach (var piece in pieces)
        {
            LanguageIdentifier.Identify(piece, "fr");
        }

        return Number(pieces.Count / Stopwatch.GetElapsedTime(started).TotalSeconds, "0");
    }

    private static List<string> Cut(string text, int length)
    {
        var pieces = new List<string>(TextCount);
        var step = Math.Max(length, text.Length / TextCount);
        for (var at = 0; at + length < text.Length && pieces.Count < TextCount; at += step)
        {
            var start = text.IndexOf(' ', at) + 1;
            if (start > 0 && start + length < text.Length)
            {
                var end = text.IndexOf(' ', start + length);
                pieces.Add(text[start..(end < 0 ? text.Length : end)]);
            }
        }

        return pieces;
    }
}
