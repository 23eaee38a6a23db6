using System.Diagnostics;
using System.Text;
using Terroir.Documents;
using Terroir.Kinship;
using static Terroir.Bench.Report;

namespace Terroir.Bench;

/// <summary>Question: are near duplicates at a similarity of 0.9 found among many documents, and does the time grow
/// with the documents and not with their pairs?</summary>
/// <remarks>Documents are sentences of the judged collections, drawn at random; a tenth are copies of others in which
/// words were replaced until they have nine tenths of their runs of words in common.</remarks>
internal static class DuplicateMeasures
{
    private const int Seed = 20261126;
    private const int SentenceCount = 12;
    private const double Similarity = 0.9;

    private static readonly int[] Sizes = [5_000, 10_000, 20_000, 40_000];

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        string[] sets = ["servicepublic-fr", "cnil-faq-fr", "scifact-en", "cranfield-en"];
        string[] sentences =
        [
            .. sets.SelectMany(name => JudgedSet.Read(name).Documents).SelectMany(Cut).Distinct(StringComparer.Ordinal),
        ];
        var rows = new List<IReadOnlyList<string>>();
        foreach (var size in Sizes)
        {
            rows.Add(Measure(sentences, size, cancellationToken));
        }

        await WriteTableAsync(
            [
                "documents", "planted pairs", "mean similarity", "recall", "precision", "fingerprints s",
                "pairs s", "pairs ms per 1,000", "sketches MB", "peak memory of the process MB",
            ],
            rows);
    }

    private static string[] Measure(string[] sentences, int size, CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        var planted = size / 10;
        var texts = Enumerable.Range(0, size - planted).Select(_ => Draw(sentences, random)).ToList();
        var similarities = new double[planted];
        for (var pair = 0; pair < planted; pair++)
        {
            var (copy, similarity) = Edit(texts[pair], random);
            texts.Add(copy);
            similarities[pair] = similarity;
        }

        var started = Stopwatch.GetTimestamp();
        var fingerprints = texts.ConvertAll(text => TextSketch.Of(Encoding.UTF8.GetBytes(text)));
        var sketching = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();
        var found = NearPairs.Find(fingerprints, cancellationToken);
        var pairing = Stopwatch.GetElapsedTime(started);
        var right = found.Count(pair => pair.Second == pair.First + size - planted);
        var others = found.Count(pair => pair.Second != pair.First + size - planted
            && Compare(texts[pair.First], texts[pair.Second]) >= Likeness.NearMin);
        return
        [
            Number(size, "0"),
            Number(planted, "0"),
            Number(similarities.Average(), "0.000"),
            Number((double)right / planted, "0.0000"),
            Number((double)(right + others) / found.Count, "0.0000"),
            Number(sketching.TotalSeconds, "0.00"),
            Number(pairing.TotalSeconds, "0.00"),
            Number(pairing.TotalMilliseconds / size * 1_000, "0.0"),
            Number(size * (TextFingerprint.HashSizeBytes + TextFingerprint.SketchSizeBytes) / 1e6, "0.0"),
            Number(Process.GetCurrentProcess().PeakWorkingSet64 >> 20, "0"),
        ];
    }

    private static IEnumerable<string> Cut(JudgedDocument document) =>
        document.Text.Split(['.', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(sentence => sentence.Count(letter => letter == ' ') is >= 8 and <= 40);

    private static string Draw(string[] sentences, Random random) =>
        string.Join(". ", Enumerable.Range(0, SentenceCount).Select(_ => sentences[random.Next(sentences.Length)]));

    private static (string Copy, double Similarity) Edit(string text, Random random)
    {
        var words = text.Split(' ');
        for (var (copy, reached) = (text, 1.0); ;)
        {
            words[random.Next(words.Length)] = words[random.Next(words.Length)] + random.Next(100);
            var edited = string.Join(' ', words);
            var similarity = Compare(text, edited);
            if (Math.Abs(similarity - Similarity) > Math.Abs(reached - Similarity))
            {
                return (copy, reached);
            }

            (copy, reached) = (edited, similarity);
        }
    }

    private static double Compare(string one, string other)
    {
        var (first, second) = (TextSketch.Runs(one), TextSketch.Runs(other));
        var common = first.Count(second.Contains);
        return (double)common / (first.Count + second.Count - common);
    }
}
