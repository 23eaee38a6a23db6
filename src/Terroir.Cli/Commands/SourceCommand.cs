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
        var record = ToRecord(source);
        if (await FindAsync(site, record.Id, cancellationToken) is { } known && IsSame(known, record))
        {
            return;
        }

        await site.Services.GetRequiredService<ICatalog>().CreateCollectionAsync(record.Collection, cancellationToken);
        await site.Services.GetRequiredService<IMetastore>().Sources.SaveSourceAsync(record, cancellationToken);
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

    private static SourceRecord ToRecord(Source source) => new()
    {
        Id = source.Name,
        Collection = new CollectionId(source.Collection),
        Kind = "folder",
        Location = Path.GetFullPath(source.Folder),
        Permissions = source.Permissions,
    };

    private static bool IsSame(SourceRecord known, SourceRecord record) =>
        known with { HeldReason = null, SyncedAt = null } == record;

    private static async Task<SourceRecord?> FindAsync(Site site, string id, CancellationToken cancellationToken) =>
        (await site.Services.GetRequiredService<IMetastore>().Sources.ListSourcesAsync(cancellationToken))
            .FirstOrDefault(item => string.Equals(item.Id, id, StringComparison.Ordinal));

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
            "Adds a folder.",
            "terroir source add rh /srv/rh --permissions posix",
            (parsed, stop) => AddAsync(
                parsed,
                new Source(
                    parsed.GetValue(id)!,
                    parsed.GetValue(collection)!,
                    parsed.GetValue(folder)!,
                    parsed.GetValue(permissions)!),
                stop),
            id,
            folder,
            permissions,
            collection);
    }

    private static async Task<int> AddAsync(ParseResult parsed, Source source, CancellationToken cancellationToken)
    {
        if (!CollectionId.IsValid(source.Name) || !CollectionId.IsValid(source.Collection))
        {
            return await CommandLine.RefuseAsync(
                "A source or collection is named by 1 to 64 of: a-z 0-9 - _, first a letter or digit.");
        }

        if (!Directory.Exists(source.Folder))
        {
            return await CommandLine.RefuseAsync($"There is no folder '{source.Folder}'.");
        }

        await using var site = CommandLine.Open(parsed);
        if (Overlaps(source.Folder, site.Folder.Root))
        {
            return await CommandLine.RefuseAsync(
                "The folder holds the site's own folder, or is in it: its signing key must not become a "
                + "document. Name another folder, or keep the site elsewhere with --data.");
        }

        if (await FindAsync(site, source.Name, cancellationToken) is { } known && !IsSame(known, ToRecord(source)))
        {
            return await CommandLine.RefuseAsync(
                $"There is a source '{source.Name}' already, which reads {known.Location}. Give this one another "
                + $"name, or first run 'terroir source remove {source.Name}'.");
        }

        await AddAsync(site, source, cancellationToken);
        CommandLine.Print(
            parsed,
            new { source = source.Name, folder = Path.GetFullPath(source.Folder) },
            [$"Added. Next: terroir sync {source.Name}{CommandLine.DataFlag(parsed)}"]);
        return ExitCode.Done;
    }

    private static Command CreateList() => CommandLine.Create(
        "list",
        "Lists the sources.",
        "terroir source list",
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
            "Removes a source and its documents.",
            "terroir source remove rh",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var name = parsed.GetValue(id)!;
                var metastore = site.Services.GetRequiredService<IMetastore>();
                var catalog = site.Services.GetRequiredService<ICatalog>();
                var source = await FindAsync(site, name, stop) ?? throw new SourceUnknownException(name);
                await using var writer = await catalog.OpenWriterAsync(source.Collection, stop);
                var state = await catalog.ReadStateAsync(source.Collection, 0, stop);
                var removed = state!.Documents
                    .Where(row => string.Equals(row.Document.Source, name, StringComparison.Ordinal))
                    .Select(row => row.Document.Id)
                    .ToArray();
                await writer.CommitAsync(new CatalogChange { Removed = removed }, stop);
                await metastore.Sources.RemoveSourceAsync(name, stop);
                CommandLine.Print(
                    parsed,
                    new { removed = removed.Length },
                    [$"Removed the source and {Terminal.Count(removed.Length, "document")}."]);
                return ExitCode.Done;
            },
            id);
    }
}
