using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Ingestion.Remarks;
using Terroir.Server;
using Terroir.Storage;

namespace Terroir.Cli.Diagnosis;

/// <summary>Checks who may read: what closes documents without anybody wanting it.</summary>
internal static class PermissionChecks
{
    private const string Reader = "permissions";

    private static readonly string[] FormatsWithoutModes =
        ["cifs", "smb", "9p", "vfat", "msdos", "exfat", "ntfs", "fuseblk"];

    public static async Task<IReadOnlyList<Finding>> RunAsync(Site site, CancellationToken cancellationToken)
    {
        var sources = site.Services.GetRequiredService<IMetastore>().Sources;
        var listed = await sources.ListSourcesAsync(cancellationToken);
        var faults = (await sources.ListQuarantineAsync(cancellationToken)).Where(IsPermission).ToArray();
        return
        [
            CheckFaults(listed, faults),
            .. listed.Where(source => string.Equals(source.Permissions, "posix", StringComparison.Ordinal))
                .SelectMany(CheckModes),
            .. await CheckNamesAsync(site, listed, cancellationToken),
        ];
    }

    /// <summary>Whether an item of the quarantine stands for permissions that could not be understood.</summary>
    public static bool IsPermission(SourceItem item) =>
        string.Equals(item.Quarantine?.Reader, Reader, StringComparison.Ordinal);

    private static Finding CheckFaults(IReadOnlyList<SourceRecord> sources, SourceItem[] faults)
    {
        if (faults is not [var first, ..])
        {
            return Finding.Sound("permissions", "All could be understood.");
        }

        var location = sources.FirstOrDefault(source =>
            string.Equals(source.Id, first.Key.Source, StringComparison.Ordinal))?.Location ?? first.Key.Source;
        return Finding.Problem(
            "permissions",
            $"{faults.Length} could not be understood, the first: {first.Key.Source}: {first.Key.Path}: "
            + RemarkText.English.Describe(first.Quarantine!.Advice),
            "Nobody reads the files that they cover.",
            $"mend '{Path.Combine(location, first.Key.Path)}', then 'terroir sync {first.Key.Source}'");
    }

    private static IEnumerable<Finding> CheckModes(SourceRecord source)
    {
        var format = Directory.Exists(source.Location) ? new DriveInfo(source.Location).DriveFormat : "";
        if (Array.Exists(FormatsWithoutModes, name => format.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
        {
            yield return Finding.Warning(
                $"permissions of {source.Id}",
                $"It is on '{format}', which keeps no modes: those that it shows are options of the mount.",
                "What the server or another system forbids may be open here.",
                $"write permissions.yaml files, then 'terroir source add {source.Id} \"{source.Location}\" "
                + "--permissions file'");
        }
    }

    // Names on a disk need no counterpart in the directory; names that somebody wrote for Terroir do.
    private static async Task<IReadOnlyList<Finding>> CheckNamesAsync(
        Site site,
        IReadOnlyList<SourceRecord> sources,
        CancellationToken cancellationToken)
    {
        var catalog = site.Services.GetRequiredService<ICatalog>();
        var written = sources.Where(source => source.Permissions is "file" or "fixed")
            .Select(source => source.Id)
            .ToHashSet(StringComparer.Ordinal);
        var principals = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var head in await catalog.ListHeadsAsync(cancellationToken))
        {
            var state = await catalog.ReadStateAsync(head.Collection, since: 0, cancellationToken);
            foreach (var document in state!.Documents.Select(row => row.Document))
            {
                foreach (var principal in written.Contains(document.Source)
                    ? document.Access.Allow.Concat(document.Access.Deny).SelectMany(Principal.PartsOf)
                    : [])
                {
                    principals[principal] = principals.GetValueOrDefault(principal) + 1;
                }
            }
        }

        return Judge(site, principals);
    }

    private static IReadOnlyList<Finding> Judge(Site site, SortedDictionary<string, int> principals)
    {
        try
        {
            var directory = site.Services.GetRequiredService<IDirectory>();
            var unknown = principals.Where(pair => !directory.Knows(pair.Key)).ToArray();
            return unknown is not [var (first, count), ..]
                ? []
                :
                [
                    Finding.Warning(
                        "names in permissions",
                        $"{unknown.Length} are not in directory.yaml, the first: {first}, for {count} documents.",
                        "A name that is misspelt lets nobody in, and holds nobody back.",
                        $"edit the permissions.yaml, or '{site.Folder.DirectoryFile}'"),
                ];
        }
        catch (DirectoryInvalidException)
        {
            // The check of the directory says so.
            return [];
        }
    }
}
