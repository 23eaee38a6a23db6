using System.CommandLine;
using System.Globalization;
using Terroir.Audit;
using Terroir.Cli.Output;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Cli.Commands;

/// <summary>Reports what left the site.</summary>
internal static class EgressCommand
{
    public static Command Create() => new("egress", "What the site sent to others.") { CreateReport() };

    private static Command CreateReport()
    {
        var (from, to) = TimeOption.CreateSpan();
        var language = CommandLine.CreateLanguage();
        var extract = new Option<string?>("--extract")
        {
            Description = "Write the entries that it is made of to this file too, signed, with proofs.",
        };
        return CommandLine.Create(
            "report",
            "States what was sent where in a span of time, or that nothing was, from the ledger.",
            "terroir egress report --from 2026-11-01 --to 2026-12-01 --extract november.extract",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var query = new LedgerQuery
                {
                    From = parsed.GetValue(from),
                    To = parsed.GetValue(to),
                    Kind = EventKinds.Sent,
                };
                var rows = await AuditSearch.FindAsync(site, query, int.MaxValue, stop);
                var report = EgressReport.Of(query.From!.Value, query.To!.Value, rows);
                var isFrench = string.Equals(parsed.GetValue(language), "fr", StringComparison.Ordinal);
                if (parsed.GetValue(CommandLine.AsJson))
                {
                    Console.WriteLine(CommandLine.Serialize(report));
                }
                else
                {
                    foreach (var line in Write(report, isFrench))
                    {
                        Console.WriteLine(line);
                    }
                }

                return parsed.GetValue(extract) is { } path
                    ? await AuditExtract.WriteAsync(parsed, site, query, path, stop)
                    : ExitCode.Done;
            },
            from,
            to,
            language,
            extract);
    }

    private static IEnumerable<string> Write(EgressReport report, bool isFrench)
    {
        yield return (report.HasLeft, report.Flows.Count > 0, isFrench) switch
        {
            (true, _, true) => "Ce site a envoyé des données à d'autres machines.",
            (true, _, false) => "This site sent data to other machines.",
            (false, true, true) => "Rien n'a quitté cette machine : seuls des services locaux ont été appelés.",
            (false, true, false) => "Nothing left this machine: only services of its own were called.",
            (false, false, true) => "Rien n'a été envoyé, d'après le journal du site.",
            (false, false, false) => "Nothing was sent, as the ledger of the site has it.",
        };
        var culture = CultureInfo.GetCultureInfo(isFrench ? "fr-FR" : "en-GB");
        foreach (var flow in report.Flows)
        {
            var (times, sent, received) = isFrench
                ? ("envois", "octets envoyés", "octets reçus")
                : ("times", "bytes sent", "bytes received");
            yield return string.Create(
                culture,
                $"{flow.Purpose}  {flow.Endpoint}  {times}: {flow.RequestCount:N0}  {sent}: {flow.SentBytes:N0}  "
                + $"{received}: {flow.ReceivedBytes:N0}  "
                + $"{flow.First:yyyy-MM-dd HH:mm}Z - {flow.Last:yyyy-MM-dd HH:mm}Z");
        }
    }
}
