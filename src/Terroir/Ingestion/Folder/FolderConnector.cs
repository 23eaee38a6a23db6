using System.Runtime.CompilerServices;
using Terroir.Access;
using Terroir.Ingestion.Remarks;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion.Folder;

/// <summary>Folders as a kind of source. The synchronisation opens them itself, since it knows more of a folder than
/// the contract tells; what is listed and fetched is the same.</summary>
internal sealed class FolderConnector(IDirectory directory) : IConnector
{
    /// <summary>The kind.</summary>
    public const string KindName = "folder";

    /// <summary>The setting that names the folder.</summary>
    public const string PathName = "path";

    private const string PermissionsName = "permissions";

    public string Kind => KindName;

    public IReadOnlyList<ConnectorSetting> Settings { get; } =
    [
        new(PathName, "The folder, or the mounted share, by its absolute path.", "/srv/rh") { IsRequired = true },
        new(PermissionsName, "Where permissions come from: file, posix or ntfs.", SourcePermissions.File)
        {
            Default = SourcePermissions.File,
        },
    ];

    public IReadOnlyList<string> PermissionModes { get; } =
        [SourcePermissions.File, SourcePermissions.Posix, SourcePermissions.Ntfs];

    public string Describe(SourceSettings settings) => settings.Find(PathName) ?? Kind;

    public IReadOnlyList<SettingFault> Check(SourceSettings settings) =>
        !Path.IsPathFullyQualified(settings.Find(PathName) ?? "")
            ? [new SettingFault(PathName, "Write an absolute path, such as /srv/rh.")]
            : [];

    public async IAsyncEnumerable<ConnectionStep> TestAsync(
        SourceSettings settings,
        IConnectorHost host,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (reading, content, fault) = await TryListAsync(settings, cancellationToken);
        yield return new ConnectionStep("the folder can be opened", reading is not null, fault ?? "It can.");
        if (reading is null || content is null)
        {
            yield break;
        }

        await using var opened = reading;
        yield return new ConnectionStep(
            "the folder can be listed",
            content.Unread.Count == 0,
            content.Unread.Values.FirstOrDefault() is { } unread
                ? RemarkText.English.Describe(unread.Advice)
                : $"{content.Items.Count} files.");
        var closed = content.Items.Count(item => item.Readers.Access.Allow.Count == 0);
        yield return new ConnectionStep(
            "permissions are understood",
            content.Faults.Count == 0,
            content.Faults is [var first, ..]
                ? $"{first.Path}: {first.Problem}"
                : closed == 0 ? "Each file has readers."
                : $"Nobody reads {closed} of {content.Items.Count} files: see docs/formats/permissions.md.");
    }

    public Task<ISourceConnection> OpenAsync(
        SourceSettings settings,
        IConnectorHost host,
        CancellationToken cancellationToken) =>
        Task.FromResult<ISourceConnection>(
            new FolderConnection(FolderReading.Open(ToRecord(settings), directory.FindBySid)));

    private async Task<(FolderReading? Reading, SourceContent? Content, string? Fault)> TryListAsync(
        SourceSettings settings,
        CancellationToken cancellationToken)
    {
        FolderReading? reading = null;
        try
        {
            reading = FolderReading.Open(ToRecord(settings), directory.FindBySid);
            return (reading, await reading.ListAsync(cursor: null, cancellationToken), null);
        }
        catch (SourceUnavailableException exception)
        {
            if (reading is not null)
            {
                await reading.DisposeAsync();
            }

            return (null, null, exception.Message);
        }
    }

    private static SourceRecord ToRecord(SourceSettings settings) => new()
    {
        Id = settings.Source,
        Collection = new CollectionId("none"),
        Kind = KindName,
        Location = settings.Find(PathName)!,
        Permissions = settings.Find(PermissionsName) ?? SourcePermissions.File,
    };
}

/// <summary>A folder as the contract shows it.</summary>
internal sealed class FolderConnection(FolderReading reading) : ISourceConnection
{
    public async Task<SourceListing> ListAsync(string? cursor, CancellationToken cancellationToken)
    {
        var content = await reading.ListAsync(cursor, cancellationToken);
        return new SourceListing
        {
            Items = content.Items,
            IsComplete = true,
            Unread = [.. content.Unread.Values.Select(part => new UnreadPart($"{part.Path}/", part.Advice))],
            Ignored = content.Ignored,
            Problems = [.. content.Faults.Select(fault =>
                new SourceProblem(fault.Path, fault.Line, IsWarning: false, fault.Problem))],
        };
    }

    public ValueTask<FetchedItem> FetchAsync(
        ListedItem item,
        long sizeMaxBytes,
        CancellationToken cancellationToken) => reading.FetchAsync(item, sizeMaxBytes, cancellationToken);

    public ValueTask DisposeAsync() => reading.DisposeAsync();
}
