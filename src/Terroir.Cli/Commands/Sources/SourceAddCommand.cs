using System.CommandLine;
using Terroir.Cli.Output;
using Terroir.Ingestion;
using Terroir.Storage;

namespace Terroir.Cli.Commands.Sources;

/// <summary>Adds a source.</summary>
internal static class SourceAddCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "A name for the source: a-z 0-9 - _." };
        var options = new SourceOptions();
        return CommandLine.Create(
            "add",
            "Adds a source: a folder, or another kind with its settings.",
            "terroir source add rh /srv/rh --permissions posix",
            (parsed, stop) => AddAsync(parsed, options.Read(parsed, parsed.GetValue(name)!), stop),
            [name, .. options.Symbols]);
    }

    private static async Task<int> AddAsync(
        ParseResult parsed,
        DeclaredSource declared,
        CancellationToken cancellationToken)
    {
        await using var site = CommandLine.Open(parsed);
        var book = new SourceBook(site);
        if (book.Check(declared, out var record) is { Count: > 0 } problems)
        {
            return await CommandLine.RefuseAsync(string.Join(' ', problems));
        }

        var source = record!;
        var known = await book.FindAsync(source.Id, cancellationToken);
        if (known is not null && !IsSamePlace(known, source))
        {
            return await CommandLine.RefuseAsync(
                $"There is a source '{source.Id}' already, which reads {known.Location}. Give this one another "
                + $"name, or first run 'terroir source remove {source.Id}'.");
        }

        await book.SaveAsync(source, cancellationToken);
        CommandLine.Print(
            parsed,
            new { source = source.Id, kind = source.Kind, folder = source.Location },
            [$"{(known is null ? "Added" : "Kept")}. Next: {NextFor(source)}{CommandLine.DataFlag(parsed)}"]);
        return ExitCode.Done;
    }

    private static string NextFor(SourceRecord source) => source.Kind is "folder"
        ? $"terroir sync {ShellWord.Quote(source.Id)}"
        : $"terroir source test {ShellWord.Quote(source.Id)}";

    private static bool IsSamePlace(SourceRecord known, SourceRecord source) =>
        string.Equals(known.Kind, source.Kind, StringComparison.Ordinal)
        && string.Equals(known.Location, source.Location, StringComparison.Ordinal)
        && known.Collection == source.Collection;
}
