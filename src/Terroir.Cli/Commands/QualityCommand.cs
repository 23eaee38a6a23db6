using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Spectre.Console.Rendering;
using Terroir.Cli.Output;
using Terroir.Documents;
using Terroir.Ingestion.Quality;
using Terroir.Provenance.Events;
using Terroir.Server;
using Terroir.Storage;
using Terroir.Storage.Embedded;
using Terroir.Web;

namespace Terroir.Cli.Commands;

/// <summary>Shows how good the documents are and what to fix first; lets held files through.</summary>
internal static class QualityCommand
{
    private const int ShownCountMax = 10;

    private static readonly QualityText Words = QualityText.English;

    public static Command Create()
    {
        var collection = new Option<string?>("--collection") { Description = "Only this collection." };
        var source = new Option<string?>("--source") { Description = "Only this source." };
        var html = new Option<string?>("--html")
        {
            Description = "Also write the report, in French and English, as one file that loads nothing.",
        };
        var command = CommandLine.Create(
            "quality",
            "Shows how good the documents are, and what to fix first.",
            "terroir quality --html quality.html",
            (parsed, stop) => RunAsync(
                parsed,
                parsed.GetValue(collection),
                parsed.GetValue(source),
                parsed.GetValue(html),
                stop),
            collection,
            source,
            html);
        command.Subcommands.Add(CreateRelease());
        return command;
    }

    private static Command CreateRelease()
    {
        var source = new Argument<string>("source") { Description = "The source." };
        var path = new Argument<string>("path") { Description = "The held file, as 'terroir quality' names it." };
        var undo = new Option<bool>("--undo") { Description = "Take a release back." };
        return CommandLine.Create(
            "release",
            "Lets a held file through as it is, until it changes.",
            "terroir quality release rh archives/scan-12.pdf",
            (parsed, stop) => ReleaseAsync(
                parsed,
                parsed.GetValue(source)!,
                parsed.GetValue(path)!,
                parsed.GetValue(undo),
                stop),
            source,
            path,
            undo);
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        string? collection,
        string? source,
        string? html,
        CancellationToken cancellationToken)
    {
        await using var site = CommandLine.Open(parsed);
        if (await FindUnknownAsync(site, collection, source, cancellationToken) is { } refusal)
        {
            return await CommandLine.RefuseAsync(refusal);
        }

        var reader = site.Services.GetRequiredService<QualityReader>();
        var report = await Waiting.WithBarAsync(
            "Grading",
            tell => reader.ReadAsync(collection, source, tell, cancellationToken));
        if (html is not null)
        {
            DurableFile.Replace(html, System.Text.Encoding.UTF8.GetBytes(await QualityHtml.WriteAsync(report)));
        }

        CommandLine.Print(parsed, report, Draw(report, html));
        return ExitCode.Done;
    }

    private static async Task<string?> FindUnknownAsync(
        Site site,
        string? collection,
        string? source,
        CancellationToken cancellationToken)
    {
        var metastore = site.Services.GetRequiredService<IMetastore>();
        var heads = await metastore.Catalog.ListHeadsAsync(cancellationToken);
        if (collection is not null && !heads.Any(head => Is(head.Collection.Value, collection)))
        {
            return $"There is no collection '{collection}'; 'terroir status' lists them.";
        }

        var sources = await metastore.Sources.ListSourcesAsync(cancellationToken);
        return source is null || sources.Any(item => Is(item.Id, source))
            ? null
            : $"There is no source '{source}'; 'terroir source list' lists them.";
    }

    private static async Task<int> ReleaseAsync(
        ParseResult parsed,
        string source,
        string path,
        bool isUndone,
        CancellationToken cancellationToken)
    {
        await using var site = CommandLine.Open(parsed);
        var metastore = site.Services.GetRequiredService<IMetastore>();
        if (isUndone)
        {
            var releases = await metastore.Quality.ListReleasesAsync(source, cancellationToken);
            if (releases.FirstOrDefault(release => Is(release.Path, path)) is not { } release)
            {
                return await CommandLine.RefuseAsync($"Nothing of '{source}' was let through as '{path}'.");
            }

            await metastore.Quality.RemoveReleaseAsync(source, release.Content, cancellationToken);
        }
        else
        {
            var items = await metastore.Sources.ListItemsAsync(source, cancellationToken);
            if (items.FirstOrDefault(item => Is(item.Key.Path, path)) is not
                { Quarantine.Reason: UnreadableReason.HeldForQuality } held)
            {
                return await CommandLine.RefuseAsync(
                    $"No rule holds '{path}' of '{source}'; 'terroir quality' lists what is held.");
            }

            var now = site.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            await metastore.Quality.SaveReleaseAsync(
                new QualityRelease(source, held.Content, path, now),
                cancellationToken);
        }

        await OperatorLog.RecordAsync(
            site,
            EventKinds.Administered,
            source,
            $"quality release{(isUndone ? " --undo" : "")} {source} {path}",
            cancellationToken);
        CommandLine.Print(
            parsed,
            new { source, path, isReleased = !isUndone },
            [
                $"{(isUndone ? "Taken back" : "Released")}. Next: terroir sync {ShellWord.Quote(source)}"
                + CommandLine.DataFlag(parsed),
            ]);
        return ExitCode.Done;
    }

    private static IEnumerable<IRenderable> Draw(QualityReport report, string? html)
    {
        foreach (var collection in report.Collections)
        {
            yield return DrawGrades(collection);
            yield return Terminal.Plain(DescribeTrend(collection));
        }

        yield return DrawCoverage(report.Sources);
        if (report.Fixes.Count > 0)
        {
            yield return DrawFixes(report.Fixes);
        }

        if (report.Held.Count > 0)
        {
            yield return DrawDocuments(Words.HeldTitle, report.Held);
            yield return Terminal.Plain(Words.HeldHint);
        }

        if (report.Worst.Count > 0)
        {
            yield return DrawDocuments(Words.WorstTitle, report.Worst);
            foreach (var document in report.Worst.Take(ShownCountMax).Where(item => item.Warnings.Count > 0))
            {
                yield return Terminal.Plain(
                    $"{document.Source}: {document.Path}: {string.Join(' ', document.Warnings)}");
            }
        }

        if (html is not null)
        {
            yield return Terminal.Plain($"The report is in {html}.");
        }
    }

    private static Table DrawGrades(CollectionQuality collection)
    {
        var table = Terminal.CreateTable(
            $"{collection.Name}: {Terminal.Count(collection.DocumentCount, "document")}",
            [Words.Axis, .. Enum.GetNames<QualityGrade>(), Words.None]);
        Add(Words.Overall, collection.Overall);
        foreach (var axis in Enum.GetValues<QualityAxis>())
        {
            Add(Words.Axes[axis], collection.Axes[(int)axis]);
        }

        return table;

        void Add(string name, IReadOnlyList<int> counts) =>
            table.AddPlainRow([name, .. counts.Select(count => $"{count:N0}")]);
    }

    private static string DescribeTrend(CollectionQuality collection)
    {
        if (collection.Trend.Count < 2)
        {
            return $"{Words.TrendTitle}: {Words.TrendEmpty}";
        }

        var days = collection.Trend.TakeLast(ShownCountMax)
            .Select(day => $"{day.Day:yyyy-MM-dd} {GradeCounts.GoodShare(day.Counts) ?? 0:0 %}");
        return $"{Words.TrendTitle} (A or B): {string.Join(", ", days)}";
    }

    private static Table DrawCoverage(IReadOnlyList<SourceQuality> sources)
    {
        var table = Terminal.CreateTable(
            Words.CoverageTitle,
            "Source", Words.Found, Words.Ignored, Words.Documents, "Poor", "Let through", Words.Held, Words.Unread);
        foreach (var source in sources)
        {
            var reasons = source.Unread.Select(item => $"{item.Value} {Reason(item.Key)}");
            table.AddPlainRow(
                source.Name,
                $"{source.FoundCount:N0}",
                source.IgnoredCount is { } ignored ? $"{ignored:N0}" : "-",
                $"{source.DocumentCount:N0}",
                $"{source.WarnedCount:N0}",
                $"{source.ReleasedCount:N0}",
                source.FormerCount > 0 ? $"{source.HeldCount:N0} ({source.FormerCount:N0} answer in a former version)"
                    : $"{source.HeldCount:N0}",
                source.Unread.Count == 0 ? "0" : string.Join(", ", reasons));
        }

        return table;
    }

    private static Table DrawFixes(IReadOnlyList<QualityFix> fixes)
    {
        var table = Terminal.CreateTable(
            Words.FixesTitle,
            Words.Finding, Words.Documents, Words.Effect, Words.Fix);
        foreach (var fix in fixes.Take(ShownCountMax))
        {
            table.AddPlainRow(
                Words.NameOf(fix.Code),
                $"{fix.DocumentCount:N0}",
                $"{fix.Effect:N1}",
                Words.FixOf(fix.Code));
        }

        return table;
    }

    private static Table DrawDocuments(string title, IReadOnlyList<GradedDocument> documents)
    {
        var table = Terminal.CreateTable(title, Words.Document, Words.Grade, Words.Finding, Words.FirstFix);
        foreach (var document in documents.Take(ShownCountMax))
        {
            var first = document.Findings.Count > 0 ? document.Findings[0] : null;
            table.AddPlainRow(
                $"{document.Source}: {document.Path}",
                $"{document.Overall} ({document.Grades})",
                first is null ? "" : Words.Describe(first),
                (first is null ? "" : Words.FixOf(first.Code)) + (document.HasFormer ? $" {Words.HeldFormer}" : ""));
        }

        return table;
    }

    private static string Reason(UnreadableReason reason) =>
        ConsoleText.English.Reasons.GetValueOrDefault(reason) ?? $"{reason}";

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.Ordinal);
}
