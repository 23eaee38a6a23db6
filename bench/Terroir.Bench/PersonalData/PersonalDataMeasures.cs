using System.Globalization;
using System.Text;
using Terroir.Bench.Vectors;
using Terroir.Protection.PersonalData;
using Terroir.Protection.PersonalData.Synthetic;
using static Terroir.Bench.Report;

namespace Terroir.Bench.PersonalData;

/// <summary>Question: how much of the personal data in documents is found, how much of what is found is right, and how
/// fast?</summary>
/// <remarks>They are made as <c>terroir pii generate</c> makes them, but of first names and surnames of INSEE, as often
/// as people have them. The list of INSEE is not given to the scanner, which knows some hundred first names, but for
/// one row. A finding is right if its kind is that of a label and both overlap by half of the longer one.</remarks>
internal static class PersonalDataMeasures
{
    private const int DocumentCount = 3_000;
    private const int Seed = 20261126;
    private const int RoundCount = 5;
    private const int NameCount = 2_000;

    private static readonly string[] Columns = ["templates", "kind", "labels", "recall", "precision"];

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var texts = Array.IndexOf(arguments, "--texts");
        if (texts >= 0 && texts + 1 < arguments.Length)
        {
            await TextHits.WriteAsync(arguments[texts + 1], cancellationToken);
            return;
        }

        var lists = Path.Combine(JudgedSet.Find("insee-names"), "data");
        var firstNames = Names(lists, "prenoms_sorted_by_count.csv");
        var surnames = Names(lists, "noms_sorted_by_count.csv");
        var scanner = new PersonalDataScanner(new PersonalDataOptions());
        var rows = new List<string[]>();
        var isShowing = arguments.Contains("--misses", StringComparer.Ordinal);
        foreach (var set in Sets(arguments))
        {
            var name = set is SyntheticSet.Training ? "training" : "evaluation";
            var letters = SyntheticDocuments.Make(set, Seed, DocumentCount, firstNames, surnames).ToArray();
            var findings = letters.Select(letter => scanner.Scan(letter.Text)).ToArray();
            var started = ThreadTime.Now();
            _ = Enumerable.Repeat(letters, RoundCount)
                .Sum(round => round.Sum(letter => scanner.Scan(letter.Text).Count));
            var seconds = ThreadTime.Now() - started;
            rows.AddRange(Judge(name, letters, findings, isShowing));
            rows.Add(WithList(name, letters, lists));
            var size = letters.Sum(letter => (long)Encoding.UTF8.GetByteCount(letter.Text));
            rows.Add([name, "MB in a processor's second", "", Number(RoundCount * size / 1e6 / seconds, "0.0"), ""]);
            cancellationToken.ThrowIfCancellationRequested();
        }

        await WriteTableAsync(Columns, rows);
    }

    // What learns or is written looks at the misses of one set only.
    private static SyntheticSet[] Sets(string[] arguments) =>
        arguments.Contains("--training", StringComparer.Ordinal)
            ? [SyntheticSet.Training]
            : Enum.GetValues<SyntheticSet>();

    private static IEnumerable<string[]> Judge(
        string name,
        SyntheticDocument[] letters,
        IReadOnlyList<PersonalDataFinding>[] findings,
        bool isShowing)
    {
        var counts = new SortedDictionary<string, (int Labels, int Found, int Findings, int Right)>(
            StringComparer.Ordinal);
        foreach (var (letter, found) in letters.Zip(findings))
        {
            foreach (var label in letter.Labels)
            {
                var isFound = found.Any(finding => Fits(label, finding));
                counts[label.Kind] = counts.GetValueOrDefault(label.Kind) is var old
                    ? old with { Labels = old.Labels + 1, Found = old.Found + (isFound ? 1 : 0) }
                    : default;
                Show(isShowing && !isFound, $"{name}: missed {label.Kind}", letter, label.Start, label.End);
            }

            foreach (var finding in found)
            {
                var isRight = letter.Labels.Any(label => Fits(label, finding));
                counts[finding.Kind] = counts.GetValueOrDefault(finding.Kind) is var old
                    ? old with { Findings = old.Findings + 1, Right = old.Right + (isRight ? 1 : 0) }
                    : default;
                Show(
                    isShowing && !isRight,
                    $"{name}: wrong {finding.Kind} {finding.Rule}",
                    letter,
                    finding.Start,
                    finding.End);
            }
        }

        foreach (var (kind, count) in counts)
        {
            yield return Row(name, kind, count);
        }

        yield return Row(name, "**all but persons**", Sum(counts.Where(item => item.Key is not "person")));
    }

    // A site may bring the list of INSEE.
    private static string[] WithList(string name, SyntheticDocument[] letters, string lists)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(
                file,
                File.ReadLines(Path.Combine(lists, "prenoms_sorted_by_count.csv")).Select(line => line.Split(',')[0]));
            var scanner = new PersonalDataScanner(new PersonalDataOptions { FirstNames = file });
            var findings = letters.Select(letter => scanner.Scan(letter.Text)).ToArray();
            var row = Judge(name, letters, findings, isShowing: false).Single(row => row[1] is "person");
            row[1] = "person, with the list of first names";
            return row;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (int, int, int, int) Sum(
        IEnumerable<KeyValuePair<string, (int Labels, int Found, int Findings, int Right)>> counts)
    {
        var sum = (Labels: 0, Found: 0, Findings: 0, Right: 0);
        foreach (var (_, count) in counts)
        {
            sum = (sum.Labels + count.Labels, sum.Found + count.Found, sum.Findings + count.Findings,
                sum.Right + count.Right);
        }

        return sum;
    }

    private static string[] Row(string name, string kind, (int Labels, int Found, int Findings, int Right) count) =>
    [
        name,
        kind,
        Number(count.Labels, "0"),
        count.Labels == 0 ? "" : Number((double)count.Found / count.Labels, "0.000"),
        count.Findings == 0 ? "" : Number((double)count.Right / count.Findings, "0.000"),
    ];

    private static bool Fits(PersonalDataFinding label, PersonalDataFinding finding)
    {
        var common = Math.Min(label.End, finding.End) - Math.Max(label.Start, finding.Start);
        return string.Equals(label.Kind, finding.Kind, StringComparison.Ordinal)
            && common * 2 >= Math.Max(label.End - label.Start, finding.End - finding.Start);
    }

    private static void Show(bool isShown, string what, SyntheticDocument letter, int start, int end)
    {
        if (isShown)
        {
            var bytes = Encoding.UTF8.GetBytes(letter.Text);
            var from = Math.Max(0, start - 30);
            Console.Error.WriteLine($"{what}: {Encoding.UTF8.GetString(bytes[start..end])} in "
                + Encoding.UTF8.GetString(bytes[from..Math.Min(bytes.Length, end + 15)]).ReplaceLineEndings("/"));
        }
    }

    // As often as people have them.
    private static string[] Names(string folder, string file)
    {
        var names = File.ReadLines(Path.Combine(folder, file))
            .Select(line => line.Split(','))
            .Where(parts => parts[0].Length > 2 && parts[0].All(letter => char.IsLetter(letter) || letter is '-'))
            .Select(parts => (
                Name: string.Join('-', parts[0].Split('-', StringSplitOptions.RemoveEmptyEntries).Select(part =>
                    $"{part[..1].ToUpperInvariant()}{part[1..].ToLowerInvariant()}")),
                Count: int.Parse(parts[1], CultureInfo.InvariantCulture)))
            .ToArray();
        var random = new Random(Seed);
        var total = names.Sum(item => (long)item.Count);
        var drawn = Enumerable.Range(0, NameCount).Select(_ => random.NextInt64(total)).Order().ToArray();
        var (at, sum) = (0, 0L);
        var chosen = new List<string>(NameCount);
        foreach (var (name, count) in names)
        {
            for (sum += count; at < drawn.Length && drawn[at] < sum; at++)
            {
                chosen.Add(name);
            }
        }

        return [.. chosen];
    }
}
