using System.CommandLine;
using Terroir.Ingestion;
using Terroir.Server;
using Terroir.Storage;

namespace Terroir.Cli.Commands.Sources;

/// <summary>Makes the sources what one file says.</summary>
internal static class SourceApplyCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The file; see docs/formats/sources.md." };
        var isDry = new Option<bool>("--dry-run") { Description = "Show the difference, and change nothing." };
        return CommandLine.Create(
            "apply",
            "Adds and changes sources so that they are as a file says; none is removed.",
            "terroir source apply sources.yaml --dry-run",
            (parsed, stop) => RunAsync(parsed, parsed.GetValue(file)!, parsed.GetValue(isDry), stop),
            file,
            isDry);
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        string file,
        bool isDry,
        CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return await CommandLine.RefuseAsync($"There is no file '{file}'.");
        }

        await using var site = CommandLine.Open(parsed);
        var book = new SourceBook(site);
        var (declared, fault) = await ReadAsync(file, cancellationToken);
        if (fault is not null)
        {
            return await CommandLine.RefuseAsync($"{file}, {fault}");
        }

        var (wanted, faults) = Resolve(book, file, declared);
        if (faults.Count > 0)
        {
            return await CommandLine.RefuseAsync(string.Join(' ', faults));
        }

        var known = await book.ListAsync(cancellationToken);
        var changes = wanted.Select(record => (Record: record, What: Compare(known, record))).ToArray();
        foreach (var (record, _) in isDry ? [] : changes)
        {
            await book.SaveAsync(record, cancellationToken);
        }

        Print(parsed, isDry, changes, known);
        return ExitCode.Done;
    }

    private static async Task<(IReadOnlyList<DeclaredSource> Sources, string? Fault)> ReadAsync(
        string file,
        CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(file, cancellationToken);
            return (DeclaredSources.Parse(text, Site.DefaultCollection), null);
        }
        catch (FormatException exception)
        {
            return ([], exception.Message);
        }
    }

    private static (List<SourceRecord> Records, List<string> Faults) Resolve(
        SourceBook book,
        string file,
        IReadOnlyList<DeclaredSource> declared)
    {
        var (records, faults) = (new List<SourceRecord>(), new List<string>());
        foreach (var source in declared)
        {
            faults.AddRange(book.Check(source, out var record)
                .Select(problem => $"{file}, line {source.Line}: source '{source.Name}': {problem}"));
            if (record is not null)
            {
                records.Add(record);
            }
        }

        return (records, faults);
    }

    private static string Compare(IReadOnlyList<SourceRecord> known, SourceRecord record)
    {
        var former = known.FirstOrDefault(item => string.Equals(item.Id, record.Id, StringComparison.Ordinal));
        return former is null ? "add"
            : DeclaredSources.AreSame(former, record) ? "keep"
            : $"change ({string.Join(", ", Differences(former, record))})";
    }

    private static IEnumerable<string> Differences(SourceRecord former, SourceRecord record)
    {
        (string Name, string? From, string? To)[] parts =
        [
            ("kind", former.Kind, record.Kind),
            ("collection", former.Collection.Value, record.Collection.Value),
            ("where", former.Location, record.Location),
            ("permissions", former.Permissions, record.Permissions),
            ("bandwidth", $"{former.BandwidthBytesPerSecond}", $"{record.BandwidthBytesPerSecond}"),
        ];
        var names = (former.Settings?.Keys ?? []).Union(record.Settings?.Keys ?? [], StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var settings = names.Select(name => (
            Name: name,
            From: former.Settings?.GetValueOrDefault(name),
            To: record.Settings?.GetValueOrDefault(name)));
        return parts.Concat(settings)
            .Where(part => !string.Equals(part.From, part.To, StringComparison.Ordinal))
            .Select(part => $"{part.Name}: {Show(part.From)} -> {Show(part.To)}");

        static string Show(string? value) => value is { Length: > 0 } ? value : "none";
    }

    private static void Print(
        ParseResult parsed,
        bool isDry,
        (SourceRecord Record, string What)[] changes,
        IReadOnlyList<SourceRecord> known)
    {
        var undeclared = known.Select(item => item.Id)
            .Except(changes.Select(change => change.Record.Id), StringComparer.Ordinal)
            .ToArray();
        CommandLine.Print(
            parsed,
            new
            {
                isDryRun = isDry,
                sources = changes.Select(change => new { source = change.Record.Id, change = change.What }),
                undeclared,
            },
            [
                .. changes.Select(change => $"{change.Record.Id}: {change.What}"),
                .. undeclared.Select(id => $"{id}: not in the file; it stays. To remove: terroir source remove {id}"),
                isDry ? "Nothing was changed." : "Done. Next: terroir sync" + CommandLine.DataFlag(parsed),
            ]);
    }
}
