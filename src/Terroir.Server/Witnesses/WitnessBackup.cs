using Terroir.Protection;
using Terroir.Storage.Embedded;

namespace Terroir.Server.Witnesses;

/// <summary>Copies a site as a witness into a backup, and back. What is put back cosigns nothing of a log until its
/// operator confirmed what was cosigned last: the copy may be older.</summary>
internal static class WitnessBackup
{
    /// <summary>What the secret of a witness is wrapped as.</summary>
    private const string SecretName = "witness.key";

    /// <summary>Copies the secret, wrapped, and what was cosigned last of each log.</summary>
    /// <param name="site">The site.</param>
    /// <param name="target">The folder of the backup.</param>
    /// <param name="secret">What wraps.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    public static async Task CopyAsync(
        SiteFolder site,
        string target,
        MasterSecret secret,
        CancellationToken cancellationToken)
    {
        if (!File.Exists(site.WitnessKeyFile))
        {
            return;
        }

        await CopyLogsAsync(site, target, cancellationToken);
        var key = await File.ReadAllBytesAsync(site.WitnessKeyFile, cancellationToken);
        var wrapped = Path.Combine(target, Path.GetRelativePath(site.Root, site.WrappedWitnessKeyFile));
        DurableFile.EnsureFolder(Path.GetDirectoryName(wrapped)!);
        DurableFile.Replace(wrapped, secret.Wrap(SecretName, key), DurableFile.OwnerOnly);
    }

    /// <summary>Puts a witness back, unconfirmed.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="target">The folder of the new site.</param>
    /// <param name="secret">What the backup was wrapped under.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>Whether the backup holds a witness that the secret opens.</returns>
    public static async Task<bool> RestoreAsync(
        SiteFolder backup,
        string target,
        MasterSecret secret,
        CancellationToken cancellationToken)
    {
        if (!File.Exists(backup.WrappedWitnessKeyFile)
            || secret.Unwrap(
                SecretName,
                await File.ReadAllBytesAsync(backup.WrappedWitnessKeyFile, cancellationToken)) is not { } key)
        {
            return false;
        }

        // The mark first and the key last: a witness that can sign is known to be restored.
        var mark = Path.Combine(target, Path.GetRelativePath(backup.Root, backup.RestoredWitnessFile));
        DurableFile.EnsureFolder(Path.GetDirectoryName(mark)!);
        DurableFile.Replace(mark, [], DurableFile.OwnerOnly);
        await CopyLogsAsync(backup, target, cancellationToken);
        DurableFile.Replace(
            Path.Combine(target, Path.GetRelativePath(backup.Root, backup.WitnessKeyFile)),
            key,
            DurableFile.OwnerOnly);
        return true;
    }

    private static async Task CopyLogsAsync(SiteFolder from, string target, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(from.WitnessedLogsFolder))
        {
            return;
        }

        var folder = Path.Combine(target, Path.GetRelativePath(from.Root, from.WitnessedLogsFolder));
        DurableFile.EnsureFolder(folder);
        foreach (var path in Directory.GetFiles(from.WitnessedLogsFolder).Where(path =>
            ContentHash.TryParse(Path.GetFileName(path), out _)))
        {
            DurableFile.Replace(
                Path.Combine(folder, Path.GetFileName(path)),
                await File.ReadAllBytesAsync(path, cancellationToken));
        }
    }
}
