using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Cli.Output;
using Terroir.Server;
using Terroir.Storage.Embedded;

namespace Terroir.Cli.Commands;

/// <summary>Copies a site.</summary>
internal static class BackupCommand
{
    public static Argument<string> Folder { get; } = new("folder") { Description = "The folder of the backup." };

    public static Command Create() => CommandLine.Create(
        "backup",
        "Copies everything that is live to a folder, with the signing key.",
        "terroir backup /mnt/backup",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var target = Path.GetFullPath(parsed.GetValue(Folder)!);
            var store = new FolderObjectStore(Path.Combine(target, "objects"), TimeProvider.System);
            var maintenance = site.Services.GetRequiredService<ICatalogMaintenance>();
            var count = await Waiting.WithMarkAsync("Copying objects", () => maintenance.BackUpAsync(store, stop));
            await CopyFilesAsync(site.Folder, target, stop);
            CommandLine.Print(
                parsed,
                new { copied = count, folder = target },
                [$"{Terminal.Count(count, "object")} copied to {target}. Keep it safe: it holds the signing key."]);
            return ExitCode.Done;
        },
        Folder);

    /// <summary>Copies the files beside the stores; only their owner may read the copies.</summary>
    public static async Task CopyFilesAsync(SiteFolder site, string target, CancellationToken cancellationToken)
    {
        foreach (var path in site.Files.Where(File.Exists))
        {
            var content = await File.ReadAllBytesAsync(path, cancellationToken);
            DurableFile.Replace(
                Path.Combine(target, Path.GetRelativePath(site.Root, path)),
                content,
                UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
