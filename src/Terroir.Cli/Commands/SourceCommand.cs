using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Cli.Commands.Sources;
using Terroir.Cli.Output;
using Terroir.Ingestion;
using Terroir.Server;

namespace Terroir.Cli.Commands;

/// <summary>Manages the sources.</summary>
internal static class SourceCommand
{
    public static Command Create()
    {
        var command = new Command("source", "Manages what is read: folders, buckets, mailboxes, databases.");
        command.Subcommands.Add(SourceAddCommand.Create());
        command.Subcommands.Add(SourceApplyCommand.Create());
        command.Subcommands.Add(SourceKindsCommand.Create());
        command.Subcommands.Add(SourceListCommand.Create());
        command.Subcommands.Add(SourcePauseCommand.Create());
        command.Subcommands.Add(CreateRemove());
        command.Subcommands.Add(SourcePauseCommand.CreateResume());
        command.Subcommands.Add(SourceListCommand.CreateShow());
        command.Subcommands.Add(SourceTestCommand.Create());
        return command;
    }

    /// <summary>Adds a folder source; one that is there and reads the same folder stays as it is.</summary>
    public static async Task AddAsync(Site site, Source source, CancellationToken cancellationToken)
    {
        var book = new SourceBook(site);
        var problems = book.Check(
            new DeclaredSource(source.Name, "folder", source.Collection)
            {
                Folder = Path.GetFullPath(source.Folder),
                Permissions = source.Permissions,
            },
            out var record);
        if (problems.Count > 0)
        {
            throw new IOException(string.Join(' ', problems));
        }

        await book.SaveAsync(record!, cancellationToken);
    }

    private static Command CreateRemove()
    {
        var id = new Argument<string>("name") { Description = "The source." };
        return CommandLine.Create(
            "remove",
            "Removes a source and its documents.",
            "terroir source remove rh",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var name = parsed.GetValue(id)!;
                var book = new SourceBook(site);
                var catalog = site.Services.GetRequiredService<ICatalog>();
                var source = await book.GetAsync(name, stop);
                await using var writer = await catalog.OpenWriterAsync(source.Collection, stop);
                var state = await catalog.ReadStateAsync(source.Collection, 0, stop);
                var removed = state!.Documents
                    .Where(row => string.Equals(row.Document.Source, name, StringComparison.Ordinal))
                    .Select(row => row.Document.Id)
                    .ToArray();
                await writer.CommitAsync(new CatalogChange { Removed = removed }, stop);
                await book.RemoveAsync(name, stop);
                CommandLine.Print(
                    parsed,
                    new { removed = removed.Length },
                    [$"Removed the source and {Terminal.Count(removed.Length, "document")}."]);
                return ExitCode.Done;
            },
            id);
    }
}
