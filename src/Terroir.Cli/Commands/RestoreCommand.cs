using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Cli.Output;
using Terroir.Server;
using Terroir.Storage.Embedded;

namespace Terroir.Cli.Commands;

/// <summary>Puts a backup back.</summary>
internal static class RestoreCommand
{
    public static Command Create() => CommandLine.Create(
        "restore",
        "Puts a backup back into a new site's folder.",
        "terroir restore /mnt/backup --data ./new",
        async (parsed, stop) =>
        {
            var data = parsed.GetValue(CommandLine.Data)!;
            var source = parsed.GetValue(BackupCommand.Folder)!;
            if (SiteFolder.Find(source) is not { } backup)
            {
                return await CommandLine.RefuseAsync($"'{source}' holds no backup.");
            }

            if (SiteFolder.Find(data) is not null)
            {
                return await CommandLine.RefuseAsync($"'{data}' holds a site already. Name a new folder with --data.");
            }

            await BackupCommand.CopyFilesAsync(backup, Path.GetFullPath(data), stop);
            await using var site = CommandLine.Open(parsed);
            var maintenance = site.Services.GetRequiredService<ICatalogMaintenance>();
            var store = new FolderObjectStore(backup.ObjectsFolder, TimeProvider.System);
            var report = await Waiting.WithMarkAsync("Copying objects", () => maintenance.RestoreAsync(store, stop));
            var heads = await Waiting.WithMarkAsync("Reading the manifests", () => maintenance.RebuildAsync(stop));
            CommandLine.Print(
                parsed,
                new { copied = report.CopiedCount, collections = heads, unfinished = report.Unfinished },
                [
                    .. report.Unfinished.Select(collection =>
                        $"The newest backup of '{collection}' was interrupted; the one before it is used."),
                    $"{Terminal.Count(report.CopiedCount, "object")} and {Terminal.Count(heads.Count, "collection")} "
                        + "are back.",
                    "Sources have the folders of the old machine: see 'terroir source list'.",
                ]);
            return ExitCode.Done;
        },
        BackupCommand.Folder);
}
