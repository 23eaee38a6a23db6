using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Server;
using Terroir.Storage.Embedded;

namespace Terroir.Cli.Commands;

/// <summary>What an operator does to the store.</summary>
internal static class StoreCommands
{
    private static readonly Argument<string> Folder = new("folder") { Description = "The folder of the backup." };

    public static Command CreateVerify() => CommandLine.Create(
        "verify-store",
        "Reads and checks every object, manifest and document. Example: terroir verify-store",
        async (parsed, stop) =>
        {
            await using var site = await CommandLine.OpenAsync(parsed, stop);
            var report = await Maintenance(site).VerifyAsync(stop);
            CommandLine.Print(parsed, report, report.Problems.Append(
                $"{report.ObjectCount} objects, {report.DocumentCount} documents and {report.ManifestCount} manifests "
                + $"checked; {report.Problems.Count} problems."));
            return report.Problems.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });

    public static Command CreateCollect()
    {
        var grace = new Option<double>("--grace")
        {
            Description = "Leave what was let go in the last so many hours.",
            DefaultValueFactory = _ => 24,
        };
        return CommandLine.Create(
            "gc",
            "Deletes objects that nothing needs. Example: terroir gc --grace 24",
            async (parsed, stop) =>
            {
                await using var site = await CommandLine.OpenAsync(parsed, stop);
                var hours = TimeSpan.FromHours(Math.Max(0, parsed.GetValue(grace)));
                var deleted = await Maintenance(site).CollectGarbageAsync(hours, stop);
                CommandLine.Print(parsed, new { deleted = deleted.Count }, [$"{deleted.Count} objects deleted."]);
                return ExitCode.Done;
            },
            grace);
    }

    public static Command CreateRebuild() => CommandLine.Create(
        "rebuild",
        "Puts a lost metastore back from the signed manifests. Example: terroir rebuild",
        async (parsed, stop) =>
        {
            await using var site = await CommandLine.OpenAsync(parsed, stop);
            var heads = await Maintenance(site).RebuildAsync(stop);
            CommandLine.Print(parsed, new { collections = heads }, heads.Select(head =>
                $"{head.Collection} is back at generation {head.Generation}."));
            return ExitCode.Done;
        });

    public static Command CreateBackUp() => CommandLine.Create(
        "backup",
        "Copies everything that is live to a folder, with the signing key. Example: terroir backup /mnt/backup",
        async (parsed, stop) =>
        {
            await using var site = await CommandLine.OpenAsync(parsed, stop);
            var target = parsed.GetValue(Folder)!;
            var store = new FolderObjectStore(Path.Combine(target, "objects"), TimeProvider.System);
            var count = await Maintenance(site).BackUpAsync(store, stop);
            await CopyFilesAsync(site.Folder, target, stop);
            CommandLine.Print(parsed, new { copied = count },
                [$"{count} objects copied to {target}. Keep it safe: it holds the key."]);
            return ExitCode.Done;
        },
        Folder);

    public static Command CreateRestore() => CommandLine.Create(
        "restore",
        "Puts a backup back into a new site's folder. Example: terroir restore /mnt/backup --data ./new",
        async (parsed, stop) =>
        {
            var data = parsed.GetValue(CommandLine.Data)!;
            var backup = parsed.GetValue(Folder)!;
            if (Site.Exists(data) || !Site.Exists(backup))
            {
                await Console.Error.WriteLineAsync($"'{backup}' holds no backup, or '{data}' holds a site already.");
                return ExitCode.Refused;
            }

            await CopyFilesAsync(backup, data, stop);
            await using var site = await CommandLine.OpenAsync(parsed, stop);
            var store = new FolderObjectStore(Path.Combine(backup, "objects"), TimeProvider.System);
            var count = await Maintenance(site).RestoreAsync(store, stop);
            var heads = await Maintenance(site).RebuildAsync(stop);
            CommandLine.Print(parsed, new { copied = count, collections = heads },
                [$"{count} objects, {heads.Count} collections are back."]);
            return ExitCode.Done;
        },
        Folder);

    private static ICatalogMaintenance Maintenance(Site site) =>
        site.Services.GetRequiredService<ICatalogMaintenance>();

    private static async Task CopyFilesAsync(string source, string target, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "site-id", "directory.yaml", "site.key" })
        {
            var path = Path.Combine(source, name);
            if (File.Exists(path))
            {
                var content = await File.ReadAllBytesAsync(path, cancellationToken);
                DurableFile.Replace(Path.Combine(target, name), content,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
    }
}
