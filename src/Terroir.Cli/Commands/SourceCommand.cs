using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Cli.Output;
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

    /// <summary>Adds a folder source; one that is there and reads the same folder stays as it is.</summary>
    public static async Task AddAsync(Site site, Source source, CancellationToken cancellationToken)
    {
        var sources = site.Services.GetRequiredService<IMetastore>().Sources;
        var record = new SourceRecord
        {
            Id = source.Name,
            Collection = new CollectionId(source.Collection),
            Kind = "folder",
            Location = Path.GetFullPath(source.Folder),
            Permissions = source.Permissions,
        };
        var known = (await sources.ListSourcesAsync(cancellationToken))
            .FirstOrDefault(item => string.Equals(item.Id, record.Id, StringComparison.Ordinal));
        if (known is null || known with { HeldReason = null, SyncedAt = null } != record)
        {
            await site.Services.GetRequiredService<ICatalog>()
                .CreateCollectionAsync(record.Collection, cancellationToken);
            await sources.SaveSourceAsync(record, cancellationToken);
        }
    }

    // Links are resolved: the same folder may have two paths.
    private static bool Overlaps(string folder, string site)
    {
        var (left, right) = (Resolve(folder), Resolve(site));
        return left.StartsWith(right, StringComparison.Ordinal) || right.StartsWith(left, StringComparison.Ordinal);
    }

    private static string Resolve(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var above = Path.GetDirectoryName(path);
        if (above is null)
        {
            return path;
        }

        var target = new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true);
        return target is null
            ? Path.Combine(Resolve(above), Path.GetFileName(path)) + Path.DirectorySeparatorChar
            : Resolve(target.FullName);
    }

    private static Command CreateAdd()
    {
        var id = new Argument<string>("name") { Description = "A name for the source: a-z 0-9 - _." };
        var folder = new Argument<string>("folder") { Description = "The folder to read." };
        var permissions = new Option<string>("--permissions")
        {
            Description = "Where permissions come from: file (permissions.yaml) or posix (owner, group, mode and ACL).",
            DefaultValueFactory = _ => "file",
        };
        permissions.AcceptOnlyFromAmong("file", "posix");
        var collection = new Option<string>("--collection")
        {
            Description = "The collection that it feeds.",
            DefaultValueFactory = _ => Site.DefaultCollection,
        };
        return CommandLine.Create(
            "add",
            "Adds a folder. Example: terroir source add rh /srv/rh --permissions posix",
            async (parsed, stop) =>
            {
                var name = parsed.GetValue(id)!;
                var path = parsed.GetValue(folder)!;
                var feeds = parsed.GetValue(collection)!;
                if (!CollectionId.IsValid(name) || !CollectionId.IsValid(feeds))
                {
                    return await CommandLine.RefuseAsync(
                        "A source or collection is named by 1 to 64 of: a-z 0-9 - _, first a letter or digit.");
                }

                if (!Directory.Exists(path))
                {
                    return await CommandLine.RefuseAsync($"There is no folder '{path}'.");
                }

                await using var site = CommandLine.Open(parsed);
                if (Overlaps(path, site.Folder.Root))
                {
                    return await CommandLine.RefuseAsync(
                        "The folder holds the site's own folder, or is in it: its signing key must not become a "
                        + "document. Name another folder, or keep the site elsewhere with --data.");
                }

                await AddAsync(site, new Source(name, feeds, path, parsed.GetValue(permissions)!), stop);
                CommandLine.Print(parsed, new { source = name }, [$"Added. Next: terroir sync {name}"]);
                return ExitCode.Done;
            },
            id,
            folder,
            permissions,
            collection);
    }

    private static Command CreateList() => CommandLine.Create(
        "list",
        "Lists the sources. Example: terroir source list",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var sources = await site.Services.GetRequiredService<IMetastore>().Sources.ListSourcesAsync(stop);
            var table = Terminal.CreateTable("Sources", "Name", "Collection", "Folder", "Permissions", "State");
            foreach (var item in sources)
            {
                table.AddPlainRow(
                    item.Id,
                    item.Collection.Value,
                    item.Location,
                    item.Permissions,
                    item.HeldReason ?? "in order");
            }

            CommandLine.Print(parsed, new { sources }, [table]);
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
                await using var site = CommandLine.Open(parsed);
                var name = parsed.GetValue(id)!;
                var metastore = site.Services.GetRequiredService<IMetastore>();
                var catalog = site.Services.GetRequiredService<ICatalog>();
                var source = (await metastore.Sources.ListSourcesAsync(stop))
                    .FirstOrDefault(item => string.Equals(item.Id, name, StringComparison.Ordinal))
                    ?? throw new SourceUnknownException(name);
                await using var writer = await catalog.OpenWriterAsync(source.Collection, stop);
                var state = await catalog.ReadStateAsync(source.Collection, 0, stop);
                var removed = state!.Documents
                    .Where(row => string.Equals(row.Document.Source, name, StringComparison.Ordinal))
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
