using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Terroir.Answers.Conversations;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Cli.Output;
using Terroir.Protection;
using Terroir.Provenance.Events;
using Terroir.Server;
using Terroir.Server.Protection;
using Terroir.Server.Witnesses;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Cli.Commands;

/// <summary>Copies a site.</summary>
internal static class BackupCommand
{
    /// <summary>What a backup's signing key is wrapped as.</summary>
    internal const string SigningKey = "site.key";

    private static readonly EnumerationOptions Nested = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    public static Argument<string> Folder { get; } = new("folder") { Description = "The folder of the backup." };

    public static Command Create() => CommandLine.Create(
        "backup",
        "Copies everything that is live to a folder, with the keys, wrapped.",
        "terroir backup /mnt/backup",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var target = Path.GetFullPath(parsed.GetValue(Folder)!);
            var store = new FolderObjectStore(Path.Combine(target, "objects"), TimeProvider.System);
            var maintenance = site.Services.GetRequiredService<ICatalogMaintenance>();
            await OperatorLog.RecordAsync(site, EventKinds.BackedUp, subject: null, target, stop);
            var count = await Waiting.WithMarkAsync("Copying objects", () => maintenance.BackUpAsync(store, stop));
            count += await site.Services.GetRequiredService<ILedgerMaintenance>().BackUpAsync(store, stop);

            // The keys come last, so that what was sealed meanwhile opens too.
            count += CopyConversations(site, target, stop);
            await CopyKeysAsync(site, target, stop);
            CommandLine.Print(
                parsed,
                new { copied = count, folder = target },
                [
                    $"{Terminal.Count(count, "object")} copied to {target}.",
                    "Its keys are wrapped. Keep what opens them elsewhere; by default that is "
                        + $"{site.Folder.MasterKeyFile}.",
                ]);
            return ExitCode.Done;
        },
        Folder);

    /// <summary>Copies the files beside the stores that hold no secret; only their owner may read the copies.</summary>
    /// <param name="site">The site, or a backup of it.</param>
    /// <param name="target">The folder of the copies.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <param name="isTaken">Which are copied: asked whether a file is a key of the ring; <see langword="null"/> for
    /// all.</param>
    public static async Task CopyFilesAsync(
        SiteFolder site,
        string target,
        CancellationToken cancellationToken,
        Func<bool, bool>? isTaken = null)
    {
        foreach (var path in site.Files.Where(File.Exists))
        {
            var isKey = path.StartsWith(site.KeyRingFolder, StringComparison.Ordinal)
                || string.Equals(path, site.TokenKeyFile, StringComparison.Ordinal);
            if (isTaken?.Invoke(isKey) == false)
            {
                continue;
            }

            var content = await File.ReadAllBytesAsync(path, cancellationToken);
            var copy = Path.Combine(target, Path.GetRelativePath(site.Root, path));
            DurableFile.Replace(copy, content, DurableFile.OwnerOnly);
        }
    }

    /// <summary>Makes the policies below a folder those of a site. What the site has not goes: a permission that was
    /// taken back must not return.</summary>
    /// <param name="site">The site, or a backup of it.</param>
    /// <param name="target">The folder of the backup, or of the site that is restored.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>How many files of policies there are; others, such as their tests, are copied too.</returns>
    public static async Task<int> CopyPoliciesAsync(
        SiteFolder site,
        string target,
        CancellationToken cancellationToken)
    {
        var folder = Path.Combine(target, Path.GetRelativePath(site.Root, site.PoliciesFolder));
        var files = ListFiles(site.PoliciesFolder);
        foreach (var file in files)
        {
            var content = await File.ReadAllBytesAsync(Path.Combine(site.PoliciesFolder, file), cancellationToken);
            DurableFile.Replace(Path.Combine(folder, file), content, DurableFile.OwnerOnly);
        }

        foreach (var file in ListFiles(folder).Except(files, StringComparer.Ordinal))
        {
            DurableFile.Delete(Path.Combine(folder, file));
        }

        return files.Count(file => Path.GetExtension(file) is ".cedar");
    }

    // What decides may be a link, as where settings are mounted; a folder that is one is not entered.
    private static IReadOnlyList<string> ListFiles(string folder) => Directory.Exists(folder)
        ?
        [
            .. Directory.EnumerateFiles(folder)
                .Concat(Directory.EnumerateFiles(folder, "*", Nested))
                .Select(path => Path.GetRelativePath(folder, path))
                .Distinct(StringComparer.Ordinal),
        ]
        : [];

    /// <summary>Makes the conversations of a backup those of the site: what was deleted here goes from it.</summary>
    /// <returns>How many turns were copied.</returns>
    public static int CopyConversations(Site site, string target, CancellationToken cancellationToken) =>
        site.Services.GetRequiredService<IConversationMaintenance>().BackUp(
            new FolderConversationStore(
                Path.Combine(target, Path.GetRelativePath(site.Folder.Root, site.Folder.ConversationsFolder))),
            cancellationToken);

    /// <summary>Copies the small files, the policies and the keys of a site, wrapped.</summary>
    public static async Task CopyKeysAsync(Site site, string target, CancellationToken cancellationToken)
    {
        await CopyFilesAsync(site.Folder, target, cancellationToken);
        await CopyPoliciesAsync(site.Folder, target, cancellationToken);
        var options = site.Services.GetRequiredService<IOptions<ProtectionOptions>>().Value;
        var secret = MasterKeyFile.Read(site.Folder, options);
        await CopyIdentitiesAsync(site, target, cancellationToken);
        await WrapSigningKeyAsync(site, target, secret, cancellationToken);
        await WitnessBackup.CopyAsync(site.Folder, target, secret, cancellationToken);
        if (!File.Exists(site.Folder.TokenKeyFile))
        {
            // Of a backup of before the key came out of the token.
            File.Delete(Path.Combine(target, Path.GetRelativePath(site.Folder.Root, site.Folder.TokenKeyFile)));
        }
    }

    // A copy of a moment, in place of the one before: the file itself changes while the site is served.
    private static async Task CopyIdentitiesAsync(Site site, string target, CancellationToken cancellationToken)
    {
        var copy = Path.Combine(target, Path.GetRelativePath(site.Folder.Root, site.Folder.IdentityFile));
        var next = copy + ".next";
        File.Delete(next);
        await site.Services.GetRequiredService<IIdentityStore>().CopyAsync(next, cancellationToken);
        DurableFile.Replace(copy, await File.ReadAllBytesAsync(next, cancellationToken), DurableFile.OwnerOnly);
        File.Delete(next);
    }

    private static async Task WrapSigningKeyAsync(
        Site site,
        string target,
        MasterSecret secret,
        CancellationToken cancellationToken)
    {
        var key = await File.ReadAllBytesAsync(site.Folder.KeyFile, cancellationToken);
        DurableFile.Replace(
            Path.Combine(target, Path.GetRelativePath(site.Folder.Root, site.Folder.WrappedKeyFile)),
            secret.Wrap(SigningKey, key),
            DurableFile.OwnerOnly);
    }
}
