using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Cli.Output;
using Terroir.Provenance.Events;
using Terroir.Provenance.Receipts;
using Terroir.Storage;

namespace Terroir.Cli.Commands;

/// <summary>Drafts the report of a breach from the ledger.</summary>
internal static class BreachCommand
{
    private const string Day = "yyyy-MM-dd HH:mm'Z'";

    public static Command Create()
    {
        var (from, to) = TimeOption.CreateSpan();
        var language = CommandLine.CreateLanguage();
        var output = WrittenText.CreateOption();
        return CommandLine.Create(
            "breach",
            "Drafts the report of a breach (GDPR, article 33): what the ledger knows of a span of time.",
            "terroir breach --from 2026-11-20 --to 2026-11-26 --language fr -o violation.md",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var span = (From: parsed.GetValue(from)!.Value, To: parsed.GetValue(to)!.Value);
                var rows = await ReadAsync(site.Services.GetRequiredService<IMetastore>().Ledger, span, stop);
                var report = Describe(site.Services.GetRequiredService<SiteIdentity>().Id, span, rows);
                var isFrench = string.Equals(parsed.GetValue(language), "fr", StringComparison.Ordinal);
                var text = parsed.GetValue(CommandLine.AsJson)
                    ? CommandLine.Serialize(report)
                    : Write(report, isFrench);
                WrittenText.Write(parsed.GetValue(output), text);
                return ExitCode.Done;
            },
            from,
            to,
            language,
            output);
    }

    private static async Task<IReadOnlyList<LedgerRow>> ReadAsync(
        ILedgerStore ledger,
        (DateTimeOffset From, DateTimeOffset To) span,
        CancellationToken stop)
    {
        var query = new LedgerQuery { From = span.From, To = span.To };
        var found = new List<LedgerRow>();
        while (await ledger.FindAsync(query, stop) is { Count: > 0 } rows)
        {
            found.AddRange(rows.Select(placed => placed.Row));
            query = query with { FromIndex = rows[^1].Index + 1 };
        }

        return found;
    }

    private static BreachReport Describe(
        string site,
        (DateTimeOffset From, DateTimeOffset To) span,
        IReadOnlyList<LedgerRow> rows) => new(
            site,
            span.From,
            span.To,
            rows.CountBy(row => row.Kind, StringComparer.Ordinal).OrderBy(item => item.Key, StringComparer.Ordinal)
                .ToDictionary(StringComparer.Ordinal),
            [
                .. rows.Where(row => row.Actor is not null)
                    .GroupBy(row => row.Actor!, StringComparer.Ordinal)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => new BreachActor(
                        group.Key,
                        group.Count(row => row.Kind is LedgerLeaf.ReceiptKind),
                        group.Where(row => row.Kind is EventKinds.DocumentOpened).Select(row => row.Subject)
                            .Distinct(StringComparer.Ordinal).Count())),
            ]);

    private static string Write(BreachReport report, bool isFrench)
    {
        string[] open = isFrench
            ? ["Nature de la violation", "Personnes concernées", "Conséquences probables", "Mesures prises", "Contact"]
            : ["Nature of the breach", "Persons concerned", "Likely consequences", "Measures taken", "Contact"];
        string[] lines =
        [
            isFrench
                ? $"# Notification de violation (projet) · {report.Site}"
                : $"# Notification of a breach (draft) · {report.Site}",
            "",
            $"{Moment(report.From)} - {Moment(report.To)}",
            .. open.SelectMany(title => new[]
            {
                "", $"## {title}", "", isFrench ? "À compléter." : "To be completed.",
            }),
            "",
            isFrench ? "## Ce que dit le journal" : "## What the ledger says",
            "",
            .. report.Events.Select(item => $"- {item.Key}: {item.Value}"),
            "",
            isFrench
                ? "| qui | réponses reçues | documents ouverts |"
                : "| who | answers received | documents opened |",
            "|---|---|---|",
            .. report.Actors.Select(actor => $"| {actor.Actor} | {actor.AnswerCount} | {actor.DocumentCount} |"),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static string Moment(DateTimeOffset time) =>
        time.UtcDateTime.ToString(Day, CultureInfo.InvariantCulture);

    private sealed record BreachReport(
        string Site,
        DateTimeOffset From,
        DateTimeOffset To,
        IReadOnlyDictionary<string, int> Events,
        IReadOnlyList<BreachActor> Actors);

    private sealed record BreachActor(string Actor, int AnswerCount, int DocumentCount);
}
