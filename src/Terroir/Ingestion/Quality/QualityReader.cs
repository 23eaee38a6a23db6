using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Kinship;
using Terroir.Storage;

namespace Terroir.Ingestion.Quality;

/// <summary>Reads how good the documents of a site are. Grades are made anew from what was measured, for the day of the
/// report and the rules and permissions of now; nothing is read from the documents themselves.</summary>
public sealed class QualityReader(
    ICatalog catalog,
    IMetastore metastore,
    IKinship kinship,
    QualityRules rules,
    TimeProvider timeProvider)
{
    /// <summary>The most documents that a report names as the worst.</summary>
    public const int WorstCountMax = 50;

    /// <summary>Makes the report.</summary>
    /// <param name="collection">Only this collection; all if <see langword="null"/>.</param>
    /// <param name="source">Only this source; all if <see langword="null"/>.</param>
    /// <param name="progress">Told how many of how many collections are done; may be <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The report.</returns>
    public async Task<QualityReport> ReadAsync(
        string? collection,
        string? source,
        Action<int, int>? progress,
        CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var sources = (await metastore.Sources.ListSourcesAsync(cancellationToken))
            .Where(record => Fits(collection, record.Collection.Value) && Fits(source, record.Id))
            .ToArray();
        var heads = (await catalog.ListHeadsAsync(cancellationToken))
            .Where(head => Fits(collection, head.Collection.Value)
                && (source is null || Array.Exists(sources, record => record.Collection == head.Collection)))
            .ToArray();
        var all = new List<CollectionReading>();
        foreach (var (index, head) in heads.Index())
        {
            progress?.Invoke(index, heads.Length);
            all.Add(await ReadAsync(head.Collection, sources, source is not null, now, cancellationToken));
        }

        var judged = all.SelectMany(reading => reading.Judged).ToArray();
        return new QualityReport
        {
            At = now,
            Collections = [.. all.Select(reading => reading.Summary)],
            Sources =
            [
                .. all.SelectMany(reading => reading.Sources).OrderBy(item => item.Name, StringComparer.Ordinal),
            ],
            Fixes = FindFixes(judged),
            Worst =
            [
                .. judged.Where(item => item.Judgement.Overall > QualityGrade.A)
                    .OrderByDescending(item => item.Judgement.Overall)
                    .ThenByDescending(item => QualityJudge.Loss(item.Judgement))
                    .ThenBy(item => item.Path, StringComparer.Ordinal)
                    .Take(WorstCountMax)
                    .Select(item => item.Describe()),
            ],
            Held =
            [
                .. judged.Where(item => item.Verdict is QualityVerdict.Hold)
                    .OrderBy(item => item.Source, StringComparer.Ordinal)
                    .ThenBy(item => item.Path, StringComparer.Ordinal)
                    .Select(item => item.Describe()),
            ],
        };
    }

    /// <summary>Opens the gate of a source for one synchronisation.</summary>
    internal Task<QualityGate> OpenGateAsync(SourceRecord source, CancellationToken cancellationToken) =>
        QualityGate.OpenAsync(metastore, rules, source, timeProvider.GetUtcNow(), cancellationToken);

    /// <summary>Keeps what a synchronisation found, and how good its collection is today, unless it was kept today and
    /// nothing changed.</summary>
    internal async Task RecordAsync(
        SourceRecord source,
        SourceContent content,
        bool hasChanged,
        CancellationToken cancellationToken)
    {
        var now = Milliseconds(timeProvider.GetUtcNow());
        if (content.IsComplete)
        {
            await metastore.Quality.SaveAccountAsync(
                new SourceAccount(source.Id, now, content.Items.Count, content.Ignored.Count),
                cancellationToken);
        }

        var days = await metastore.Quality.ListFiguresAsync(source.Collection, cancellationToken);
        if (hasChanged || days.Count == 0 || days[^1].Day != DateOnly.FromDateTime(now.UtcDateTime))
        {
            await RecordAsync(source.Collection, now, cancellationToken);
        }
    }

    private static DateTimeOffset Milliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private async Task RecordAsync(CollectionId collection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sources = await metastore.Sources.ListSourcesAsync(cancellationToken);
        var reading = await ReadAsync(collection, [.. sources], isPart: false, now, cancellationToken);
        var points = Enum.GetValues<QualityAxis>().Select(axis => Mean(reading.Summary.Axes[(int)axis]));
        await metastore.Quality.SaveFiguresAsync(
            [
                new QualityFigures(
                    collection,
                    now,
                    reading.Summary.Overall,
                    [.. points],
                    reading.Summary.HeldCount,
                    reading.Summary.UnreadCount),
            ],
            cancellationToken);
    }

    // From 4 (A) to 0 (E), of those that have a grade.
    private static double Mean(IReadOnlyList<int> counts)
    {
        var graded = counts.Take(5).Sum();
        var points = counts.Take(5).Select((count, grade) => count * (4.0 - grade)).Sum();
        return graded == 0 ? 0 : Math.Round(points / graded, 4);
    }

    private async Task<CollectionReading> ReadAsync(
        CollectionId collection,
        SourceRecord[] allSources,
        bool isPart,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var rule = rules.For(collection);
        var sources = Array.FindAll(allSources, record => record.Collection == collection);
        var state = await catalog.ReadStateAsync(collection, since: 0, cancellationToken);
        var documents = state?.Documents.Select(row => row.Document).ToArray() ?? [];
        var copies = new CopyGroups(await kinship.ExamineAsync(collection, cancellationToken));
        if (isPart)
        {
            var names = sources.Select(record => record.Id).ToHashSet(StringComparer.Ordinal);
            documents = Array.FindAll(documents, document => names.Contains(document.Source));
        }

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var judged = documents.Where(document => document.Quality is not null)
            .Select(document => JudgedItem.Of(document, collection, copies.Of(document.Id), rule, today))
            .ToList();
        var ungraded = documents.Length - judged.Count;
        var accounts = new List<SourceQuality>();
        foreach (var record in sources)
        {
            var items = await metastore.Sources.ListItemsAsync(record.Id, cancellationToken);
            var live = Array.FindAll(documents, document => Fits(record.Id, document.Source));
            var former = live.Select(document => document.Path).ToHashSet(StringComparer.Ordinal);
            judged.AddRange(items.Where(item => item.Quality is not null)
                .Select(item => JudgedItem.Of(item, collection, former.Contains(item.Key.Path), rule, today)));
            accounts.Add(await DescribeAsync(record, items, live, former, cancellationToken));
        }

        return new CollectionReading(
            Summarise(
                collection,
                judged,
                ungraded,
                accounts,
                await metastore.Quality.ListFiguresAsync(collection, cancellationToken)),
            accounts,
            judged);
    }

    private async Task<SourceQuality> DescribeAsync(
        SourceRecord record,
        IReadOnlyList<SourceItem> items,
        DocumentVersion[] live,
        HashSet<string> former,
        CancellationToken cancellationToken)
    {
        var held = items.Where(QualityGate.IsHeld).ToArray();
        var account = await metastore.Quality.FindAccountAsync(record.Id, cancellationToken);
        return new SourceQuality(
            record.Id,
            record.Collection.Value,
            account?.FoundCount ?? items.Count(item => !item.Key.Path.Contains("!/", StringComparison.Ordinal)),
            account?.IgnoredCount,
            live.Length,
            live.Count(document => document.Quality?.Verdict is QualityVerdict.Warn),
            live.Count(document => document.Quality?.Verdict is QualityVerdict.Released),
            held.Length,
            held.Count(item => former.Contains(item.Key.Path)),
            items.Where(item => item.Quarantine is not null && !QualityGate.IsHeld(item))
                .GroupBy(item => item.Quarantine!.Reason)
                .OrderBy(group => group.Key)
                .ToDictionary(group => group.Key, group => group.Count()));
    }

    private static CollectionQuality Summarise(
        CollectionId collection,
        List<JudgedItem> judged,
        int ungraded,
        List<SourceQuality> sources,
        IReadOnlyList<QualityFigures> trend)
    {
        // What is held is counted beside: it is not among the documents that answer.
        var live = judged.Where(item => item.Verdict is not QualityVerdict.Hold).ToArray();
        return new CollectionQuality(
            collection.Value,
            Count(live.Select(item => (QualityGrade?)item.Judgement.Overall)),
            [
                .. Enum.GetValues<QualityAxis>()
                    .Select(axis => Count(live.Select(item => item.Judgement.Axes[(int)axis].Grade))),
            ],
            sources.Sum(source => source.HeldCount),
            sources.Sum(source => source.Unread.Values.Sum()),
            trend);

        IReadOnlyList<int> Count(IEnumerable<QualityGrade?> grades)
        {
            var counts = new int[6];
            foreach (var grade in grades)
            {
                counts[grade is { } known ? (int)known : 5]++;
            }

            counts[5] += ungraded;
            return counts;
        }
    }

    private static IReadOnlyList<QualityFix> FindFixes(JudgedItem[] judged) =>
    [
        .. judged
            .SelectMany(item => item.Judgement.Axes.SelectMany(axis => axis.Findings
                .Select(finding => (
                    finding.Code,
                    axis.Axis,
                    Effect: QualityJudge.EffectOf(item.Judgement, axis, finding)))))
            .GroupBy(item => (item.Code, item.Axis))
            .Select(group => new QualityFix(
                group.Key.Code,
                group.Key.Axis,
                group.Count(),
                Math.Round(group.Sum(item => item.Effect), 2)))
            .OrderByDescending(fix => fix.Effect)
            .ThenBy(fix => fix.Code, StringComparer.Ordinal),
    ];

    private static bool Fits(string? wanted, string name) =>
        wanted is null || string.Equals(wanted, name, StringComparison.Ordinal);

    private sealed record CollectionReading(
        CollectionQuality Summary,
        IReadOnlyList<SourceQuality> Sources,
        IReadOnlyList<JudgedItem> Judged);
}
