using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Server;
using Terroir.Storage;

namespace Terroir.Cli.Diagnosis;

/// <summary>Checks what a site holds.</summary>
internal static class SiteChecks
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(Site site, CancellationToken cancellationToken)
    {
        var metastore = site.Services.GetRequiredService<IMetastore>();
        return
        [
            CheckDirectory(site),
            await CheckMetastoreAsync(site, metastore, cancellationToken),
            await CheckManifestsAsync(metastore, cancellationToken),
            await CheckHistoryAsync(site, metastore, cancellationToken),
            await CheckQuarantineAsync(metastore, cancellationToken),
            .. await PermissionChecks.RunAsync(site, cancellationToken),
            .. await CheckSourcesAsync(metastore, cancellationToken),
        ];
    }

    private static Finding CheckDirectory(Site site)
    {
        try
        {
            var directory = site.Services.GetRequiredService<IDirectory>();
            return directory switch
            {
                { Users.Count: 0 } => Finding.Warning(
                    "directory",
                    "directory.yaml names nobody.",
                    "Only people of the directory can ask.",
                    $"edit '{site.Folder.DirectoryFile}'"),
                { Unknown: [var first, ..] unknown } => Finding.Warning(
                    "directory",
                    $"{unknown.Count} members or keys are of nobody that directory.yaml defines, the first: {first}.",
                    "A member that is misspelt is not in the group, also where a document denies that group.",
                    $"edit '{site.Folder.DirectoryFile}'"),
                _ => Finding.Sound("directory", $"{directory.Users.Count} people may ask."),
            };
        }
        catch (DirectoryInvalidException exception)
        {
            return Finding.Problem(
                "directory",
                exception.Message,
                "Nobody can ask until it can be read.",
                $"edit '{site.Folder.DirectoryFile}'");
        }
    }

    private static async Task<Finding> CheckMetastoreAsync(
        Site site,
        IMetastore metastore,
        CancellationToken cancellationToken)
    {
        var faults = await metastore.CheckAsync(cancellationToken);
        return faults.Count == 0
            ? Finding.Sound("metastore", "Its structure is sound.")
            : Finding.Problem(
                "metastore",
                $"{faults.Count} faults, the first: {faults[0]}",
                "The metastore decides what is published.",
                Examination.Rebuild(site.Folder));
    }

    /// <summary>Compares the metastore with the manifests: one that was lost and made anew knows nothing of them.
    /// </summary>
    private static async Task<Finding> CheckHistoryAsync(
        Site site,
        IMetastore metastore,
        CancellationToken cancellationToken)
    {
        var heads = (await metastore.Catalog.ListHeadsAsync(cancellationToken))
            .ToDictionary(head => head.Collection, head => head.Generation);
        var prefix = $"m/{site.Services.GetRequiredService<SiteIdentity>().Id}/";
        var objects = site.Services.GetRequiredService<IObjectStore>();
        await foreach (var item in objects.ListAsync(prefix, after: null, cancellationToken))
        {
            if (item.Key.Manifest is var (collection, generation)
                && generation > heads.GetValueOrDefault(collection))
            {
                return Finding.Problem(
                    "history",
                    $"The manifests of '{collection}' go on after generation {heads.GetValueOrDefault(collection)}, "
                    + "where the metastore ends.",
                    "What was published later is not found, and nothing can be published.",
                    Examination.Rebuild(site.Folder));
            }
        }

        return Finding.Sound("history", "The metastore knows every manifest.");
    }

    private static async Task<Finding> CheckManifestsAsync(IMetastore metastore, CancellationToken cancellationToken)
    {
        var pending = await metastore.Catalog.ListPendingManifestsAsync(cancellationToken);
        return pending.Count == 0
            ? Finding.Sound("manifests", "All are in the object store.")
            : Finding.Warning(
                "manifests",
                $"{pending.Count} are in the metastore only.",
                "If the metastore is lost before the next synchronisation, what they hold cannot be rebuilt.",
                "terroir sync");
    }

    private static async Task<Finding> CheckQuarantineAsync(IMetastore metastore, CancellationToken cancellationToken)
    {
        var files = (await metastore.Sources.ListQuarantineAsync(cancellationToken))
            .Where(item => !PermissionChecks.IsPermission(item))
            .ToArray();
        return files.Length == 0
            ? Finding.Sound("quarantine", "Every file was read.")
            : Finding.Warning(
                "quarantine",
                $"{files.Length} files or folders could not be read, the first: {files[0].Key.Source}: "
                + $"{files[0].Key.Path}.",
                "What is in them is not found.",
                "do what 'terroir status' says of each, then 'terroir retry'");
    }

    private static async Task<IReadOnlyList<Finding>> CheckSourcesAsync(
        IMetastore metastore,
        CancellationToken cancellationToken)
    {
        var sources = await metastore.Sources.ListSourcesAsync(cancellationToken);
        return sources.Count == 0
            ?
            [
                Finding.Warning(
                    "sources",
                    "There is none.",
                    "Without a source there are no documents to answer from.",
                    "terroir source add NAME FOLDER"),
            ]
            : [.. sources.Select(Check)];
    }

    private static Finding Check(SourceRecord source) => source switch
    {
        { HeldReason: { } reason } => Finding.Problem(
            $"source {source.Id}",
            reason,
            "Until a person decides, the source is not read.",
            $"terroir sync {source.Id} --accept-loss"),
        { PausedAt: not null } => Finding.Warning(
            $"source {source.Id}",
            "It is paused.",
            "What changes there is not seen. Documents that were read stay.",
            $"terroir source resume {source.Id}"),
        { Failure: { } failure } when source.Kind is not "folder" => Finding.Problem(
            $"source {source.Id}",
            failure.Reason,
            "What changes there is not seen. Documents that were read stay.",
            $"terroir source test {source.Id}"),
        { Kind: "folder" } when !Directory.Exists(source.Location) => Finding.Problem(
            $"source {source.Id}",
            $"The folder {source.Location} cannot be entered.",
            "What changes there is not seen. Documents that were read stay.",
            $"mount it, then 'terroir sync {source.Id}'"),
        { Kind: "push" } => Finding.Sound($"source {source.Id}", "It waits for documents."),
        { SyncedAt: null } => Finding.Warning(
            $"source {source.Id}",
            "It was not read to its end yet.",
            "Its documents are not found.",
            $"terroir sync {source.Id}"),
        _ => Finding.Sound($"source {source.Id}", $"It was read at {source.SyncedAt:yyyy-MM-dd HH:mm} UTC."),
    };
}
