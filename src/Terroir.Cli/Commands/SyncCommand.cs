using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Terroir.Catalog;
using Terroir.Cli.Output;
using Terroir.Ingestion;
using Terroir.Retrieval.Encoders;
using Terroir.Server;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Cli.Commands;

/// <summary>Reads the sources.</summary>
internal static class SyncCommand
{
    private const int ShownProblemCountMax = 20;

    private static readonly Style Attention = new(Color.Yellow);

    public static Command Create()
    {
        var source = new Argument<string?>("source")
        {
            Description = "The source; all if it is left out.",
            DefaultValueFactory = _ => null,
        };
        var accept = new Option<bool>("--accept-loss") { Description = "Accept that many files are gone." };
        var isDry = new Option<bool>("--dry-run") { Description = "Tell what would be done, and write nothing." };
        return CommandLine.Create(
            "sync",
            "Reads what is new, changed or gone.",
            "terroir sync rh",
            (parsed, stop) => RunAsync(
                parsed,
                parsed.GetValue(source),
                new SyncOptions { AcceptLoss = parsed.GetValue(accept), IsDryRun = parsed.GetValue(isDry) },
                stop),
            source,
            accept,
            isDry);
    }

    public static async Task<int> RunAsync(
        ParseResult parsed,
        string? source,
        SyncOptions options,
        CancellationToken cancellationToken)
    {
        await using var site = CommandLine.Open(parsed);
        var names = source is not null
            ? [source]
            : (await site.Services.GetRequiredService<IMetastore>().Sources.ListSourcesAsync(cancellationToken))
                .Where(item => item.PausedAt is null).Select(item => item.Id).ToArray();
        var reports = new List<SyncReport>();
        foreach (var name in names)
        {
            reports.Add(await SyncAsync(site, name, options, cancellationToken));
        }

        if (!options.IsDryRun)
        {
            await EmbedAsync(site, cancellationToken);
        }

        CommandLine.Print(
            parsed,
            new { reports },
            reports.Count > 0
                ? Draw(reports)
                : [Terminal.Plain("There is no source to read. Next: 'terroir source add'.")]);
        return reports.Exists(report => report.HeldReason is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>Reads one source; a person who watches sees how far it is.</summary>
    public static Task<SyncReport> SyncAsync(
        Site site,
        string source,
        SyncOptions options,
        CancellationToken cancellationToken)
    {
        var synchronizer = site.Services.GetRequiredService<ISynchronizer>();
        return Waiting.WithBarAsync(source, tell => synchronizer.SyncAsync(
            source,
            options,
            tell is null
                ? null
                : new Progress<SyncProgress>(step => tell(step.DoneCount, step.FileCount, step.Remaining)),
            cancellationToken));
    }

    // What is new is found by its words at once, and by its meaning when this is done.
    private static async Task EmbedAsync(Site site, CancellationToken cancellationToken)
    {
        var embedding = site.Services.GetRequiredService<IPassageEmbedding>();
        foreach (var head in await site.Services.GetRequiredService<ICatalog>().ListHeadsAsync(cancellationToken))
        {
            await Waiting.WithBarAsync($"{head.Collection} (vectors)", (Action<int, int>? tell) => embedding.RunAsync(
                head.Collection,
                tell is null
                    ? null
                    : new Progress<EmbeddingState>(state => tell(state.EmbeddedCount, state.PassageCount)),
                cancellationToken));
        }
    }

    private static IEnumerable<Text> Draw(IReadOnlyList<SyncReport> reports)
    {
        foreach (var report in reports)
        {
            yield return report.HeldReason is { } reason
                ? Terminal.Plain($"{report.Source}: stopped. {reason}", new Style(Color.Red))
                : Terminal.Plain($"{report.Source}: {Describe(report)}; {DescribeEnd(report)}");
            foreach (var problem in report.Problems.Take(ShownProblemCountMax))
            {
                yield return Terminal.Plain($"  {Describe(problem)}", problem.IsWarning ? Style.Plain : Attention);
            }

            if (report.Problems.Count > ShownProblemCountMax)
            {
                yield return Terminal.Plain($"  and {report.Problems.Count - ShownProblemCountMax} more; see --json");
            }
        }

        if (reports.Any(report => report.QuarantinedCount > 0))
        {
            yield return Terminal.Plain("'terroir status' says why files are in quarantine and what to do.");
        }
    }

    private static string Describe(SourceProblem problem)
    {
        var line = problem.Line > 0 ? $":{problem.Line}" : "";
        return $"{(problem.IsWarning ? "warning: " : "")}{problem.Path}{line}: {problem.Message}";
    }

    private static string DescribeEnd(SyncReport report)
    {
        if (!report.IsDryRun)
        {
            return string.Create(CultureInfo.InvariantCulture, $"generation {report.Generation}");
        }

        var time = report.EstimatedDuration is { } duration ? $", about {Waiting.Describe(duration)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{report.ToReadBytes / 1024.0 / 1024.0:N1} MiB to read{time}; nothing was written");
    }

    private static string Describe(SyncReport report)
    {
        (int Count, string What)[] counts =
        [
            (report.AddedCount, "added"),
            (report.ChangedCount, "changed"),
            (report.MovedCount, "moved"),
            (report.RemovedCount, "removed"),
            (report.StampedCount, "with other permissions"),
            (report.QuarantinedCount, "in quarantine"),
            (report.UnchangedCount, "unchanged"),
            (report.Ignored.Count - report.Ignored.PermissionCount, "ignored"),
        ];
        var parts = counts.Where(item => item.Count > 0).Select(item => $"{item.Count} {item.What}").ToArray();
        return parts.Length > 0 ? string.Join(", ", parts) : "it holds no files";
    }
}
