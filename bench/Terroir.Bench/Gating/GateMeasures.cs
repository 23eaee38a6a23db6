using System.Text;
using Terroir.Bench.Searching;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Ingestion.Quality;
using Terroir.Retrieval.Evaluation;
using static Terroir.Bench.Report;

namespace Terroir.Bench.Gating;

/// <summary>Question: how much worse do bad documents make the search of a judged collection, and how much of that does
/// the quality gate take back?</summary>
/// <remarks>For each kind a tenth of the collection is drawn by a seed, spoiled, and put beside the good documents. All
/// stand in one index, and each condition is a group that may read the good documents and one kind: what an asker may
/// not read changes nothing, so that each group is asked as if its documents were alone. What a fault
/// leaves as it was, such as ASCII in the wrong encoding, is not planted. Only judged documents count as
/// right; an exact copy counts as its original, since it says the same.</remarks>
internal static class GateMeasures
{
    private const int Seed = 20261126;
    private const int PlantedShare = 10;
    private const int Depth = 10;
    private const int DeepDepth = 100;
    private const string Clean = "clean";
    private const string ExactCopy = "exact-copy";
    private const string AllKinds = "all";

    private static readonly DateOnly Today = new(2026, 11, 26);
    private static readonly DateTimeOffset Changed = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Sets = ["servicepublic-fr", "scifact-en"];

    // The product's rule, and one that a strict site sets: what is poor or past its validity is held as well.
    private static readonly (string Name, QualityGate? Gate)[] Gates =
    [
        ("off", null),
        ("default", new QualityGate(QualityRule.Default, [], Today)),
        ("strict", new QualityGate(
            new QualityRule
            {
                Overall = new QualityBounds(Warn: null, QualityGrade.D),
                Axes = new Dictionary<QualityAxis, QualityBounds>
                {
                    [QualityAxis.Readability] = new(Warn: null, QualityGrade.D),
                    [QualityAxis.Freshness] = new(Warn: null, QualityGrade.E),
                },
            },
            [],
            Today)),
    ];

    private static readonly string[] Columns =
    [
        "collection", "beside the good", "bad", "held: default", "strict", "nDCG@10: gate off", "default", "strict",
        "recall@100: gate off", "default", "strict",
    ];

    public static async Task RunAsync(string[] names, CancellationToken cancellationToken)
    {
        var rows = new List<string[]>();
        foreach (var name in names.Length > 0 ? names : Sets)
        {
            rows.AddRange(await MeasureAsync(JudgedSet.Read(name), cancellationToken));
        }

        await WriteTableAsync(Columns, rows);
    }

    private static async Task<List<string[]>> MeasureAsync(JudgedSet set, CancellationToken cancellationToken)
    {
        var kinds = BadDocuments.Kinds(set.IsEnglish);
        string[] conditions = [Clean, .. kinds.Select(kind => kind.Name), AllKinds];
        var graded = Plant(set, kinds).AsParallel().AsOrdered()
            .Select(item => Grade(item, conditions))
            .OfType<GradedBad>()
            .ToArray();
        using var folder = new WorkFolder();
        await using var index = await EngineIndex.BuildAsync(
            graded.Select(item => item.Prepared),
            folder.In("site"),
            cancellationToken);
        var rows = new List<string[]>();
        foreach (var kind in conditions)
        {
            // Of the good ones: what a gate holds wrongly.
            var counted = graded.Where(item => Is(item.Kind, kind) || (Is(kind, AllKinds) && !Is(item.Kind, Clean)))
                .ToArray();
            var scores = new List<(double Ndcg, double Recall)>();
            foreach (var gate in Gates)
            {
                scores.Add(await AskAsync(set, index, Group(kind, gate.Name), cancellationToken));
            }

            rows.Add(
            [
                set.Name,
                kind,
                Number(counted.Length, "0"),
                .. Gates.Skip(1).Select(gate => Number(counted.Count(item => item.HeldBy.Contains(gate.Name)), "0")),
                .. scores.Select(score => Number(score.Ndcg, "0.0000")),
                .. scores.Select(score => Number(score.Recall, "0.0000")),
            ]);
        }

        return rows;
    }

    private static List<(string Kind, PlantedDocument Document)> Plant(
        JudgedSet set,
        IReadOnlyList<BadKind> kinds)
    {
        var good = set.Documents
            .Select(document => new PlantedDocument(
                document.Id, document.Id, document.Title, document.Text, Changed))
            .ToArray();
        var planted = good.Select(document => (Clean, document)).ToList();
        foreach (var kind in kinds)
        {
            var random = new Random(Seed);
            foreach (var document in random.GetItems(good, good.Length / PlantedShare).Distinct())
            {
                var bad = kind.Spoil(document with { Path = $"{kind.Name}/{document.Original}" }, random);
                if (Is(kind.Name, ExactCopy) || !Is(bad.Text, document.Text))
                {
                    planted.Add((kind.Name, bad));
                }
            }
        }

        return planted;
    }

    private static GradedBad? Grade((string Kind, PlantedDocument Document) planted, string[] conditions)
    {
        var (kind, document) = planted;
        var read = new ExtractedDocument
        {
            MediaType = "text/plain",
            Reader = "bench",
            Title = document.Title.Length > 0 ? document.Title : " ",
            Blocks = [.. document.Text.Split('\n').Select(text => new ParagraphBlock(text, SourcePlace.Whole))],
        };
        var file = new SourceFile(
            EngineIndex.Collection, "bench", document.Path, document.ModifiedAt, AccessList.Nobody, "");
        if (DocumentPreparer.Prepare(file, read, Encoding.UTF8.GetBytes(document.Text)) is not { } text)
        {
            return null;
        }

        var held = Gates
            .Where(gate => gate.Gate?.Grade(read, text).Quality!.Verdict is QualityVerdict.Hold)
            .Select(gate => gate.Name)
            .ToHashSet(StringComparer.Ordinal);
        string[] readers = Is(kind, Clean) ? conditions : [kind, AllKinds];
        var groups = readers.SelectMany(item => Gates.Where(gate => !held.Contains(gate.Name))
            .Select(gate => $"group:{Group(item, gate.Name)}"));
        return new GradedBad(kind, held, text with { Access = new AccessList([.. groups], []) });
    }

    private static async Task<(double Ndcg, double Recall)> AskAsync(
        JudgedSet set,
        EngineIndex index,
        string group,
        CancellationToken cancellationToken)
    {
        var (ndcg, recall) = (0.0, 0.0);
        foreach (var query in set.Queries)
        {
            var found = await index.SearchAsync(query.Text, group, DeepDepth, cancellationToken);
            var ranking = found.Select(Original).Distinct(StringComparer.Ordinal).ToArray();
            ndcg += RankingMetrics.Ndcg(ranking, query.Grades, Depth);
            recall += RankingMetrics.Recall(ranking, query.Grades, DeepDepth);
        }

        return (ndcg / set.Queries.Count, recall / set.Queries.Count);
    }

    private static string Original(string path) =>
        path.StartsWith($"{ExactCopy}/", StringComparison.Ordinal) ? path[(ExactCopy.Length + 1)..] : path;

    private static string Group(string kind, string gate) => $"{kind}-{gate}";

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.Ordinal);

    private sealed record GradedBad(string Kind, IReadOnlySet<string> HeldBy, PreparedDocument Prepared);
}
