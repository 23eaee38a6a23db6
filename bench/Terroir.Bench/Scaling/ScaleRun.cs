using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Bench.Searching;
using Terroir.Catalog;
using Terroir.Retrieval;
using Terroir.Server;
using static Terroir.Bench.Report;

namespace Terroir.Bench.Scaling;

/// <summary>Measures one site in this process.</summary>
internal sealed class ScaleRun(Site site) : IDisposable
{
    private const int WarmUpCount = 200;
    private const int RankedHits = 100;
    private const int TurnCount = 5;
    private const int QueriesOfTurn = 200;
    private const int BatchCount = 64;

    // Beyond every number of the site's own documents.
    private const int FirstNewDocument = 100_000_000;

    private static readonly string[] Sets = ["servicepublic-fr", "cnil-faq-fr", "scifact-en", "cranfield-en"];

    private readonly (string Query, Asker Asker)[] _questions = Draw();
    private readonly IRetriever _retriever = site.Services.GetRequiredService<IRetriever>();
    private readonly TextRanking _ranking = new(site.Services.GetRequiredService<ICatalog>());

    /// <summary>Opens the site and asks.</summary>
    public static async Task<ScaleFigures> MeasureAsync(string folder, CancellationToken cancellationToken)
    {
        // What compiling costs is a start's and not a site's: a small site is asked first.
        await WarmUpAsync(cancellationToken);
        var (first, firstTimes) = await OpenAsync(folder, cancellationToken);
        await first.DisposeAsync();
        var (site, times) = await OpenAsync(folder, cancellationToken);
        await using (site)
        {
            using var run = new ScaleRun(site);
            return await run.MeasureAsync(cancellationToken) with
            {
                FirstOpenSeconds = firstTimes.Seconds,
                FirstOpenCpuSeconds = firstTimes.CpuSeconds,
                OpenSeconds = times.Seconds,
                OpenCpuSeconds = times.CpuSeconds,
            };
        }
    }

    public void Dispose() => _ranking.Dispose();

    // The first opening finds nothing kept, and keeps what the second uses.
    private static async Task<(Site Site, (double Seconds, double CpuSeconds) Times)> OpenAsync(
        string folder,
        CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var before = Environment.CpuUsage.TotalTime;
        var site = Site.Open(folder);
        using var run = new ScaleRun(site);
        await run.AskAsync(0, cancellationToken);
        return (site, (
            Stopwatch.GetElapsedTime(started).TotalSeconds,
            (Environment.CpuUsage.TotalTime - before).TotalSeconds));
    }

    private static async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        await new SyntheticSite().BuildAsync(folder.In("site"), 1_000, cancellationToken);
        await using var small = Site.Open(folder.In("site"));
        using var run = new ScaleRun(small);
        for (var question = 0; question < WarmUpCount; question++)
        {
            await run.AskAsync(question, cancellationToken);
            await run.RankAsync(question, cancellationToken);
        }
    }

    private static (string Query, Asker Asker)[] Draw()
    {
        var askers = Enumerable.Range(0, 40)
            .Select(number => SyntheticSite.Someone(number, number % 10 == 0 ? 5_000 : 12))
            .ToArray();
        var queries = Sets.SelectMany(set => JudgedSet.Read(set).Queries).Select(query => query.Text).ToArray();
        new Random(1).Shuffle(queries);
        return [.. queries.Select((query, number) => (query, askers[number % askers.Length]))];
    }

    private static async Task<long> MemoryAsync(string field, CancellationToken cancellationToken)
    {
        var text = await FindAsync("/proc/self/status", field, cancellationToken);
        return long.Parse(text!.Split(' ')[0], CultureInfo.InvariantCulture) << 10;
    }

    private async Task<ScaleFigures> MeasureAsync(CancellationToken cancellationToken)
    {
        var state = await site.Services.GetRequiredService<ICatalog>()
            .ListHeadsAsync(cancellationToken);
        for (var question = 0; question < WarmUpCount; question++)
        {
            await AskAsync(question, cancellationToken);
        }

        var before = Environment.CpuUsage.TotalTime;
        var times = new List<double>();
        for (var question = 0; question < _questions.Length; question++)
        {
            times.Add(await AskAsync(question, cancellationToken));
        }

        var cpu = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / times.Count;
        var (held, mapped) = (
            await MemoryAsync("RssAnon", cancellationToken),
            await MemoryAsync("RssFile", cancellationToken));
        before = Environment.CpuUsage.TotalTime;
        for (var question = 0; question < _questions.Length; question++)
        {
            await RankAsync(question, cancellationToken);
        }

        var rankCpu = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / _questions.Length;
        var (idle, busy, perSecond) = await MeasureIngestionAsync(cancellationToken);
        var segments = (await site.Services.GetRequiredService<ICatalog>()
            .ReadStateAsync(state[0].Collection, state[0].Generation, cancellationToken))!.Segments;
        return new ScaleFigures
        {
            DocumentCount = segments.Sum(segment => segment.DocumentCount),
            SegmentBytes = segments.Sum(segment => segment.SizeBytes),
            HeldBytes = held,
            MappedBytes = mapped,
            MedianMs = Quantile(times, 0.5),
            TailMs = Quantile(times, 0.99),
            CpuMs = cpu,
            RankCpuMs = rankCpu,
            IdleMedianMs = Quantile(idle, 0.5),
            BusyMedianMs = Quantile(busy, 0.5),
            BusyTailMs = Quantile(busy, 0.99),
            DocumentsPerSecond = perSecond,
        };
    }

    // In turns, so that whatever else the machine does meets both.
    private async Task<(List<double> Idle, List<double> Busy, double DocumentsPerSecond)> MeasureIngestionAsync(
        CancellationToken cancellationToken)
    {
        var source = new SyntheticSite();
        var (idle, busy) = (new List<double>(), new List<double>());
        var (documents, seconds) = (0, 0.0);
        for (var turn = 0; turn < TurnCount; turn++)
        {
            await AskAllAsync(idle, turn, cancellationToken);
            using var stop = new CancellationTokenSource();
            var started = Stopwatch.GetTimestamp();
            var ingesting = Task.Factory.StartNew(
                () => source.IngestAsync(site, FirstNewDocument + documents, BatchCount, stop.Token),
                cancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap();
            await AskAllAsync(busy, turn, cancellationToken);
            await stop.CancelAsync();
            documents += await ingesting;
            seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        return (idle, busy, documents / seconds);
    }

    private async Task AskAllAsync(List<double> times, int turn, CancellationToken cancellationToken)
    {
        for (var question = 0; question < QueriesOfTurn; question++)
        {
            times.Add(await AskAsync((turn * QueriesOfTurn) + question, cancellationToken));
        }
    }

    private async Task<double> AskAsync(int question, CancellationToken cancellationToken)
    {
        var (query, asker) = _questions[question % _questions.Length];
        var started = Stopwatch.GetTimestamp();
        await _retriever.SearchAsync(new SearchRequest { Query = query, Asker = asker }, cancellationToken);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private async Task RankAsync(int question, CancellationToken cancellationToken)
    {
        var (query, asker) = _questions[question % _questions.Length];
        await _ranking.RankAsync(
            new SearchRequest { Query = query, Asker = asker, Count = RankedHits },
            cancellationToken);
    }
}
