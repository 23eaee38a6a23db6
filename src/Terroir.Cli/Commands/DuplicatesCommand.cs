using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Spectre.Console.Rendering;
using Terroir.Catalog;
using Terroir.Cli.Output;
using Terroir.Kinship;

namespace Terroir.Cli.Commands;

/// <summary>Shows the operator which documents are copies or versions of one another.</summary>
internal static class DuplicatesCommand
{
    private static readonly Option<string[]> Collections = new("--collection")
    {
        Description = "Only this collection; may be given again.",
    };

    public static Command Create() => CommandLine.Create(
        "duplicates",
        "Lists copies, versions and contradictions among documents.",
        "terroir duplicates --json",
        RunAsync,
        Collections);

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var site = CommandLine.Open(parsed);
        var asked = parsed.GetValue(Collections) ?? [];
        var heads = await site.Services.GetRequiredService<ICatalog>().ListHeadsAsync(cancellationToken);
        if (Array.Find(asked, name => !heads.Any(head => IsNamed(head.Collection, name))) is { } unknown)
        {
            return await CommandLine.RefuseAsync($"There is no collection '{unknown}'; 'terroir status' lists them.");
        }

        var kinship = site.Services.GetRequiredService<IKinship>();
        var reports = new List<KinshipReport>();
        foreach (var head in heads.Where(head =>
            asked.Length == 0 || Array.Exists(asked, name => IsNamed(head.Collection, name))))
        {
            if (await kinship.ExamineAsync(head.Collection, cancellationToken) is { } report)
            {
                reports.Add(report);
            }
        }

        CommandLine.Print(parsed, new { Collections = reports.Select(Describe) }, reports.SelectMany(Draw));
        return ExitCode.Done;
    }

    private static bool IsNamed(CollectionId collection, string name) =>
        string.Equals(collection.Value, name, StringComparison.Ordinal);

    private static object Describe(KinshipReport report) => new
    {
        report.Collection,
        report.Generation,
        report.DocumentCount,
        report.UnknownCount,
        report.SurplusCount,
        Duplicates = report.Duplicates.Select(group => new
        {
            group.AreSame,
            Documents = group.Documents.Select(item => new
            {
                item.Document.Id,
                item.Document.Title,
                item.Document.Path,
                item.Document.Source,
                item.Document.ModifiedAt,
                Likeness = Math.Round(item.Likeness, 2),
            }),
        }),
        Versions = report.Versions.Select(chain => chain.Documents.Select(document => new
        {
            document.Id,
            document.Title,
            document.Path,
            document.ModifiedAt,
        })),
        Contradictions = report.Contradictions.Select(item => new
        {
            One = new { item.One.Id, item.One.Path, Text = item.OneText },
            Other = new { item.Other.Id, item.Other.Path, Text = item.OtherText },
        }),
    };

    private static IEnumerable<IRenderable> DrawOthers(KinshipReport report)
    {
        foreach (var chain in report.Versions)
        {
            var tree = new Tree(Terminal.Plain($"versions, newest first: {chain.Documents[0].Path}"));
            foreach (var document in chain.Documents.Skip(1))
            {
                tree.AddNode(Terminal.Plain(document.Path));
            }

            yield return tree;
        }

        foreach (var item in report.Contradictions)
        {
            var tree = new Tree(Terminal.Plain("near duplicates that say something else"));
            tree.AddNode(Terminal.Plain($"{item.One.Path}: {item.OneText}"));
            tree.AddNode(Terminal.Plain($"{item.Other.Path}: {item.OtherText}"));
            yield return tree;
        }
    }

    private static IEnumerable<IRenderable> Draw(KinshipReport report)
    {
        var tree = new Tree(Terminal.Plain(
            $"{report.Collection}: {Terminal.Count(report.Duplicates.Count, "group")} among "
            + $"{Terminal.Count(report.DocumentCount, "document")}"));
        foreach (var group in report.Duplicates)
        {
            var node = tree.AddNode(Terminal.Plain(group.AreSame ? "the same text" : "nearly the same text"));
            foreach (var item in group.Documents)
            {
                node.AddNode(Terminal.Plain(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{item.Document.Path}: {item.Document.Title} ({item.Document.ModifiedAt:yyyy-MM-dd}, "
                    + $"{item.Likeness:0 %})")));
            }
        }

        yield return tree;
        foreach (var part in DrawOthers(report))
        {
            yield return part;
        }

        if (report.UnknownCount > 0)
        {
            yield return Terminal.Plain(
                $"{Terminal.Count(report.UnknownCount, "document")} cannot be compared: published by an older "
                + "version of the program, or without words.");
        }
    }
}
