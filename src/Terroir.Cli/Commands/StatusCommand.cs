using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Spectre.Console.Rendering;
using Terroir.Cli.Output;
using Terroir.Documents;
using Terroir.Server;
using Terroir.Web;

namespace Terroir.Cli.Commands;

/// <summary>Shows collections, sources and quarantine.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var language = CommandLine.CreateLanguage();
        return CommandLine.Create(
            "status",
            "Shows collections, sources and files in quarantine.",
            "terroir status --json",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var words = ConsoleText.For(parsed.GetValue(language)!);
                var status = await site.Services.GetRequiredService<SiteStatusReader>().ReadAsync(words.Remarks, stop);
                CommandLine.Print(parsed, status, Draw(site.Folder.Root, status, words));
                return ExitCode.Done;
            },
            language);
    }

    private static IEnumerable<IRenderable> Draw(string root, SiteStatus status, ConsoleText words)
    {
        yield return DrawTree(root, status);
        if (status.Quarantine.Count > 0)
        {
            yield return DrawQuarantine(status.Quarantine, words);
        }

        yield return Terminal.Plain(Describe(status.Ledger));
        foreach (var queue in status.Jobs)
        {
            yield return Terminal.Plain(
                $"queue {queue.Queue}: {queue.WaitingCount} waiting, {queue.RunningCount} running, "
                + $"{queue.DeadCount} given up");
        }
    }

    private static string Describe(LedgerStatus ledger) =>
        $"ledger: {Terminal.Count(ledger.Size, "event")}"
        + (ledger.WitnessedSize is { } seen ? $", {seen:N0} of them witnessed" : "")
        + (ledger.Fault is { } fault ? $"; {fault}" : "");

    private static Tree DrawQuarantine(IReadOnlyList<QuarantinedFile> files, ConsoleText words)
    {
        var tree = new Tree(Terminal.Plain($"quarantine: {Terminal.Count(files.Count, "file")}"));
        foreach (var source in files.GroupBy(file => file.Source, StringComparer.Ordinal))
        {
            var node = tree.AddNode(Terminal.Plain(source.Key));
            foreach (var file in source)
            {
                var reason = words.Reasons.GetValueOrDefault(file.Reason) ?? $"{file.Reason}";
                node.AddNode(Terminal.Plain($"{file.Path}: {reason}", new Style(Color.Yellow)))
                    .AddNode(Terminal.Plain(file.Advice));
            }
        }

        return tree;
    }

    private static Tree DrawTree(string root, SiteStatus status)
    {
        var tree = new Tree(Terminal.Plain($"{status.Product} in {root}"));
        foreach (var collection in status.Collections)
        {
            var node = tree.AddNode(Terminal.Plain(
                $"{collection.Name}: {collection.Documents:N0} documents, {collection.Passages:N0} passages, "
                + $"segments: {collection.Segments}, generation {collection.Generation}"));
            node.AddNode(Terminal.Plain(Describe(collection.Grades)));
            if (collection.Vectors is { } vectors)
            {
                node.AddNode(Terminal.Plain(EmbeddingText.Describe(vectors)));
            }

            foreach (var source in status.Sources.Where(source =>
                string.Equals(source.Collection, collection.Name, StringComparison.Ordinal)))
            {
                node.AddNode(Terminal.Plain(
                    $"{source.Name}: {source.Location}, {source.HeldReason ?? Describe(source.SyncedAt)}"));
            }
        }

        return tree;
    }

    private static string Describe(CollectionGrades? grades)
    {
        if (grades?.GoodShare is not { } good)
        {
            return "quality: not graded yet";
        }

        var counts = Enum.GetNames<QualityGrade>()
            .Append("none")
            .Zip(grades.Counts, (name, count) => $"{name} {count:N0}");
        return $"quality: {string.Join(", ", counts)}; {good:0 %} are A or B ({grades.At:yyyy-MM-dd}; more: terroir "
            + "quality)";
    }

    private static string Describe(DateTimeOffset? syncedAt) =>
        syncedAt is { } time ? $"read {time:yyyy-MM-dd HH:mm} UTC" : "not read yet; next: terroir sync";
}
