using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Cli.Commands.Retention;
using Terroir.Cli.Output;
using Terroir.Protection;
using Terroir.Provenance.Events;
using Terroir.Server;
using Terroir.Server.Configuration;
using Terroir.Server.Protection;
using Terroir.Server.Witnesses;
using Terroir.Storage.Embedded;

namespace Terroir.Cli.Commands;

/// <summary>Puts a backup back.</summary>
internal static class RestoreCommand
{
    private static readonly Option<string?> MasterKey = new("--master-key")
    {
        Description = "The file of the master key that the backup was wrapped under, such as a copy of "
            + "keys/master.key. It becomes the master key of the site.",
    };

    private static readonly Option<string?> Passphrase = new("--passphrase")
    {
        Description = "The file of the passphrase that the backup was wrapped under. The restored settings name where "
            + "the site itself reads it.",
    };

    private static readonly Option<string?> Keys = new("--keys")
    {
        Description = "A site, or a newer backup, whose keys, receipts and erasures take the place of the backup's: "
            + "for a backup from before an erasure.",
    };

    public static Command Create() => CommandLine.Create(
        "restore",
        "Puts a backup back into a new site's folder.",
        "terroir restore /mnt/backup --master-key /mnt/usb/master.key --data ./new",
        async (parsed, stop) =>
        {
            var data = Path.GetFullPath(parsed.GetValue(CommandLine.Data)!);
            var source = parsed.GetValue(BackupCommand.Folder)!;
            if (SiteFolder.FindBackup(source) is not { } backup)
            {
                return await CommandLine.RefuseAsync($"'{source}' holds no backup.");
            }

            if (SiteFolder.Find(data) is not null)
            {
                return await CommandLine.RefuseAsync($"'{data}' holds a site already. Name a new folder with --data.");
            }

            var keys = parsed.GetValue(Keys) is { } folder ? SiteFolder.FindBackup(folder) : backup;
            if (keys is null)
            {
                return await CommandLine.RefuseAsync($"'{parsed.GetValue(Keys)}' holds neither a site nor a backup.");
            }

            if (await RestoreKeyAsync(parsed, keys, data, stop) is { } fault)
            {
                return await CommandLine.RefuseAsync(fault);
            }

            await BackupCommand.CopyFilesAsync(backup, data, stop, isKey => !isKey || keys == backup);
            await BackupCommand.CopyFilesAsync(keys, data, stop, isKey => isKey);
            await CopyIdentitiesAsync(backup, data, stop);
            var policies = await BackupCommand.CopyPoliciesAsync(backup, data, stop);
            return await RestoreAsync(parsed, backup, keys, policies, stop);
        },
        BackupCommand.Folder,
        Keys,
        MasterKey,
        Passphrase);

    private static async Task CopyIdentitiesAsync(SiteFolder backup, string data, CancellationToken stop)
    {
        if (File.Exists(backup.IdentityFile))
        {
            DurableFile.Replace(
                Path.Combine(data, Path.GetRelativePath(backup.Root, backup.IdentityFile)),
                await File.ReadAllBytesAsync(backup.IdentityFile, stop),
                DurableFile.OwnerOnly);
        }
    }

    private static async Task<int> RestoreAsync(
        ParseResult parsed,
        SiteFolder backup,
        SiteFolder keys,
        int policies,
        CancellationToken stop)
    {
        await using var site = CommandLine.Open(parsed);
        if (keys != backup)
        {
            // First, so that what was erased of receipts does not come back from the older backup.
            await RestoredErasures.CopyAsync(keys, site, stop);
        }

        var maintenance = site.Services.GetRequiredService<ICatalogMaintenance>();
        var store = new FolderObjectStore(backup.ObjectsFolder, TimeProvider.System);
        var report = await Waiting.WithMarkAsync("Copying objects", () => maintenance.RestoreAsync(store, stop));
        var ledger = site.Services.GetRequiredService<ILedgerMaintenance>();
        await ledger.RestoreAsync(store, stop);
        await ledger.RebuildAsync(stop);
        var heads = await Waiting.WithMarkAsync("Reading the manifests", () => maintenance.RebuildAsync(stop));
        await OperatorLog.RecordAsync(site, EventKinds.Restored, subject: null, backup.Root, stop);
        var erased = await RestoredErasures.ApplyAsync(site, heads, stop);
        var turns = await RestoredErasures.RestoreConversationsAsync(backup, site, stop);
        CommandLine.Print(
            parsed,
            new
            {
                copied = report.CopiedCount,
                collections = heads,
                unfinished = report.Unfinished,
                policies,
                erased,
                turns,
            },
            [
                .. report.Unfinished.Select(collection =>
                    $"The newest backup of '{collection}' was interrupted; the one before it is used."),
                $"{Terminal.Count(report.CopiedCount, "object")} and {Terminal.Count(heads.Count, "collection")} "
                    + "are back.",
                .. erased == 0
                    ? Array.Empty<string>()
                    :
                    [
                        $"{Terminal.Count(erased, "document")} of the backup had been erased, and "
                            + $"{(erased == 1 ? "was" : "were")} erased again.",
                    ],
                .. turns == 0
                    ? Array.Empty<string>()
                    : [$"{Terminal.Count(turns, "turn")} of conversations are back."],
                .. policies > 0
                    ? Array.Empty<string>()
                    :
                    [
                        "It has no policies, as the backup has none. If the site had some, put its folder 'policies' "
                            + "back before anybody asks.",
                    ],
                "Sources have the folders of the old machine: see 'terroir source list'.",
                .. site.Services.GetRequiredService<SiteWitness>().IsConfirmed
                    ? Array.Empty<string>()
                    : ["It cosigns no log until you say what it cosigned last: 'terroir key witness --help'."],
            ]);
        return ExitCode.Done;
    }

    // Before anything else is written: a site without its keys would be none.
    private static async Task<string?> RestoreKeyAsync(
        ParseResult parsed,
        SiteFolder backup,
        string data,
        CancellationToken cancellationToken)
    {
        var target = Path.Combine(data, Path.GetRelativePath(backup.Root, backup.KeyFile));
        if (!File.Exists(backup.WrappedKeyFile))
        {
            // An older backup holds the signing key as it is.
            var seed = await File.ReadAllBytesAsync(backup.KeyFile, cancellationToken);
            DurableFile.Replace(target, seed, DurableFile.OwnerOnly);
            await CopyMasterKeyAsync(parsed.GetValue(MasterKey), backup, data, cancellationToken);
            return null;
        }

        var path = parsed.GetValue(Passphrase) ?? parsed.GetValue(MasterKey);
        var isPassphrase = parsed.GetValue(Passphrase) is not null;
        if (path is null && !File.Exists(backup.TokenKeyFile))
        {
            return "The keys of this backup are wrapped. Name what opens them with --master-key FILE or "
                + "--passphrase FILE.";
        }

        var opens = path is null ? ReadFromToken(backup) : MasterKeyFile.TryRead(path, isPassphrase);
        if (opens is not { } secret)
        {
            return $"'{path}' holds no {(isPassphrase ? "passphrase" : "master key")}.";
        }

        var wrapped = await File.ReadAllBytesAsync(backup.WrappedKeyFile, cancellationToken);
        if (secret.Unwrap(BackupCommand.SigningKey, wrapped) is not { } key)
        {
            return $"'{path ?? backup.TokenKeyFile}' is not what "
                + (parsed.GetValue(Keys) is null
                    ? "this backup was wrapped under. After an erasure the keys of older backups are closed: name the "
                        + "site, or a newer backup, with --keys."
                    : $"opens the keys of '{parsed.GetValue(Keys)}'.");
        }

        DurableFile.Replace(target, key, DurableFile.OwnerOnly);
        await CopyMasterKeyAsync(isPassphrase ? null : path, backup, data, cancellationToken);
        await WitnessBackup.RestoreAsync(backup, data, secret, cancellationToken);
        return null;
    }

    // By the settings of the backup, or those of the environment where the token is elsewhere on this machine.
    private static MasterSecret ReadFromToken(SiteFolder backup)
    {
        var settings = SiteConfiguration.Load(backup, new Dictionary<string, string?>(StringComparer.Ordinal));
        var options = settings.GetSection(ProtectionOptions.Section).Get<ProtectionOptions>() ?? new();
        return MasterKeyFile.Read(backup, options);
    }

    private static async Task CopyMasterKeyAsync(
        string? path,
        SiteFolder backup,
        string data,
        CancellationToken cancellationToken)
    {
        if (path is not null)
        {
            DurableFile.Replace(
                Path.Combine(data, Path.GetRelativePath(backup.Root, backup.MasterKeyFile)),
                await File.ReadAllBytesAsync(path, cancellationToken),
                DurableFile.OwnerOnly);
        }
    }
}
