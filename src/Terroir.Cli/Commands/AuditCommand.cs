using System.CommandLine;
using System.Globalization;
using System.Text;
using Terroir.Access;
using Terroir.Cli.Output;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Cli.Commands;

/// <summary>Shows what the ledger has, with what the site knows of it.</summary>
internal static class AuditCommand
{
    private static readonly string[] Columns = ["index", "time", "kind", "actor", "subject", "detail"];

    public static Command Create()
    {
        var from = TimeOption.Create("--from", "Only from this time on: 2026-11-26, or 2026-11-26T08:30:00Z.");
        var to = TimeOption.Create("--to", "Only before this time.");
        var person = Text("--person", "Only what this user did: the id of a user.");
        var document = Text(
            "--document",
            "Only what is about this document, with the answers that cite it, or about this source or receipt: an id.");
        var kind = Text("--kind", "Only this kind, such as receipt or document.opened.");
        var csv = new Option<bool>("--csv") { Description = "Print comma-separated values." };
        var extract = Text("--extract", "Write what was found to this file, signed, with proofs.");
        var command = CommandLine.Create(
            "audit",
            "Lists what the ledger has: by time, person, document or kind.",
            "terroir audit --person nadia.benali --from 2026-11-01",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var query = new LedgerQuery
                {
                    From = parsed.GetValue(from),
                    To = parsed.GetValue(to),
                    Actor = parsed.GetValue(person) is { } user ? Principal.User(user) : null,
                    Subject = parsed.GetValue(document),
                    Kind = parsed.GetValue(kind),
                };
                if (parsed.GetValue(extract) is { } path)
                {
                    return await AuditExtract.WriteAsync(parsed, site, query, path, stop);
                }

                var rows = await AuditSearch.FindAsync(site, query, int.MaxValue, stop);
                var events = rows.Select(Describe).ToList();
                if (parsed.GetValue(csv))
                {
                    await WriteCsvAsync(events);
                    return ExitCode.Done;
                }

                CommandLine.Print(
                    parsed,
                    new { events },
                    events.Select(Draw).Append($"{Terminal.Count(events.Count, "event")}."));
                return ExitCode.Done;
            },
            from,
            to,
            person,
            document,
            kind,
            csv,
            extract);
        command.Subcommands.Add(AuditPruneCommand.Create());
        return command;
    }

    private static AuditedEvent Describe(PlacedLedgerRow placed) => new(
        placed.Index,
        placed.Row.Time.ToUniversalTime(),
        placed.Row.Kind,
        placed.Row.Actor,
        placed.Row.Subject,
        Open(placed.Row));

    // What was erased stays closed, and the event stays in the list.
    private static string? Open(LedgerRow row)
    {
        if (row.Detail is null)
        {
            return null;
        }

        var subjects = LedgerEvent.Parse(row.Kind, row.Time, row.Detail).Subjects;
        return string.Join("; ", subjects.Select(subject => subject.Opening is { } opening
            ? Encoding.UTF8.GetString(opening.Content).ReplaceLineEndings(" ")
            : "(erased)"));
    }

    // Whom or what it is about stands before the detail, unless that names it, or it is who did it.
    private static string Draw(AuditedEvent item)
    {
        var about = item.Detail is not { } detail ? item.Subject ?? ""
            : item.Subject is not { } subject
                || string.Equals(subject, item.Actor, StringComparison.Ordinal)
                || detail.Contains(subject, StringComparison.Ordinal) ? detail
            : $"{subject}: {detail}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{item.Index,6}  {item.Time:yyyy-MM-dd HH:mm:ss}Z  {item.Kind}  {item.Actor ?? "-"}  {about}");
    }

    private static async Task WriteCsvAsync(IEnumerable<AuditedEvent> events)
    {
        await Console.Out.WriteLineAsync(string.Join(',', Columns));
        foreach (var item in events)
        {
            string?[] values =
            [
                item.Index.ToString(CultureInfo.InvariantCulture),
                item.Time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                item.Kind, item.Actor, item.Subject, item.Detail,
            ];
            await Console.Out.WriteLineAsync(string.Join(',', values.Select(Quote)));
        }
    }

    // RFC 4180; and a spreadsheet takes what begins with one of these for a formula (OWASP, CSV injection).
    private static string Quote(string? value)
    {
        var text = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{value}" : value ?? "";
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static Option<string?> Text(string name, string description) => new(name) { Description = description };

    private sealed record AuditedEvent(
        long Index,
        DateTimeOffset Time,
        string Kind,
        string? Actor,
        string? Subject,
        string? Detail);
}
