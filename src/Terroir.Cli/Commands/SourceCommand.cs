using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Server;
using Terroir.Storage;

namespace Terroir.Cli.Commands;

/// <summary>Adds, lists and removes sources.</summary>
internal static class SourceCommand
{
    public static Command Create()
    {
        var command = new Command("source", "Manages the folders that are read.");
        command.Subcommands.Add(CreateAdd());
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateRemove());
        return command;
    }

    /// <summary>Adds a folder source to the default collection.</summary>
    public static async Task AddAsync(
        Site site,
        string id,
        string folder,
        string permissions,
        CancellationToken cancellationToken)
    {
        var collection = new CollectionId(Site.DefaultCollection);
        await site.Services.GetRequiredService<ICatalog>().CreateCollectionAsync(collection, cancellationToken);
        await site.Services.GetRequiredService<IMetastore>().Sources.SaveSourceAsync(
            new SourceRecord
            {
                Id = id,
                Collection = collection,
                Kind = "folder",
                Location = Path.GetFullPath(folder),
                Permissions = permissions,
            },
            cancellationToken);
    }

    private static Command CreateAdd()
    {
        var id = new Argument<string>("name") { Description = "A name for the source: a-z 0-9 - _." };
        var folder = new Argument<string>("folder") { Description = "The folder to read." };
        var permissions = new Option<string>("--permissions")
        {
            Description = "Where permissions come from: file (permissions.yaml) or posix (the mode of the files).",
            DefaultValueFactory = _ => "file",
        };
        permissions.AcceptOnlyFromAmong("file", "posix");
        return CommandLine.Create(
            "add",
            "Adds a folder. Example: terroir source add rh /srv/rh --permissions posix",
            async (parsed, stop) =>
            {
                var name = parsed.GetValue(id)!;
                var path = parsed.GetValue(folder)!;
                if (!CollectionId.IsValid(name) || !Directory.Exists(path))
                {
                    await Console.Error.WriteLineAsync($"The folder '{path}' is missing, or '{name}' is no name.");
                    return ExitCode.Refused;
                }

                await using var site = await CommandLine.OpenAsync(parsed, stop);
                await AddAsync(site, name, path, parsed.GetValue(permissions)!, stop);
                CommandLine.Print(parsed, new { source = name }, [$"Added. Next: terroir sync {name}"]);
                return ExitCode.Done;
            },
            id,
            folder,
            permissions);
    }

    private static Command CreateList() => CommandLine.Create(
        "list",
        "Lists the sources. Example: terroir source list",
        async (parsed, stop) =>
        {
            await using var site = await CommandLine.OpenAsync(parsed, stop);
            var sources = await site.Services.GetRequiredService<IMetastore>().Sources.ListSourcesAsync(stop);
            CommandLine.Print(parsed, new { sources }, sources.Select(item =>
                $"{item.Id}  {item.Location}  {item.Permissions}  {item.HeldReason ?? "ok"}"));
            return ExitCode.Done;
        });

    private static Command CreateRemove()
    {
        var id = new Argument<string>("name") { Description = "The source." };
        return CommandLine.Create(
            "remove",
            "Removes a source and its documents. Example: terroir source remove rh",
            async (parsed, stop) =>
            {
                await using var site = await CommandLine.OpenAsync(parsed, stop);
                var name = parsed.GetValue(id)!;
                var metastore = site.Services.GetRequiredService<IMetastore>();
                var catalog = site.Services.GetRequiredService<ICatalog>();
                var source = (await metastore.Sources.ListSourcesAsync(stop))
                    .FirstOrDefault(item => string.Equals(item.Id, name, StringComparison.Ordinal))
                    ?? throw new SourceUnknownException(name);
                await using var writer = await catalog.OpenWriterAsync(source.Collection, stop);
                var state = await catalog.ReadStateAsync(source.Collection, 0, stop);
                var removed = state!.Documents.Where(row =>
                    string.Equals(row.Document.Source, name, StringComparison.Ordinal))
                    .Select(row => row.Document.Id)
                    .ToArray();
                await writer.CommitAsync(new CatalogChange { Removed = removed }, stop);
                await metastore.Sources.RemoveSourceAsync(name, stop);
                CommandLine.Print(parsed, new { removed = removed.Length }, [$"Removed {removed.Length} documents."]);
                return ExitCode.Done;
            },
            id);
    }
}
