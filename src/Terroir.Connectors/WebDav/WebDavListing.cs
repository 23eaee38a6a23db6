using System.Net;
using Terroir.Connectors.Connecting;
using Terroir.Documents;
using Terroir.Sources;

namespace Terroir.Connectors.WebDav;

/// <summary>Collects the files of a WebDAV folder, folder by folder.</summary>
internal sealed class WebDavListing(WebDavClient client, WebDavAddress address)
{
    /// <summary>How deep folders are looked into.</summary>
    internal const int DepthMax = 128;

    /// <summary>The most files of one source.</summary>
    internal const int ItemCountMax = 1_000_000;

    private readonly Dictionary<string, ListedItem> _items = new(StringComparer.Ordinal);
    private readonly List<UnreadPart> _unread = [];
    private readonly SortedSet<string> _strange = new(StringComparer.Ordinal);
    private readonly Queue<string> _folders = new();
    private IgnoredFiles _ignored = IgnoredFiles.None;

    /// <summary>Whether a part could not be looked into.</summary>
    public bool HasUnread => _unread.Count > 0;

    /// <summary>Looks into a folder and all below it.</summary>
    /// <param name="folder">Its path; empty for the root.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task WalkAsync(string folder, CancellationToken cancellationToken)
    {
        _folders.Enqueue(folder);
        while (_folders.TryDequeue(out var next))
        {
            await EnterAsync(next, cancellationToken);
        }
    }

    /// <summary>Takes a file, or a folder to be looked into.</summary>
    /// <param name="resource">What the server says.</param>
    /// <param name="path">Its path.</param>
    public void Add(WebDavResource resource, string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name.StartsWith('.'))
        {
            _ignored = _ignored with { HiddenCount = _ignored.HiddenCount + 1 };
        }
        else if (resource.IsFolder)
        {
            _folders.Enqueue(path);
        }
        else if (name.StartsWith("~$", StringComparison.Ordinal)
            || name.EndsWith(".tmp", StringComparison.OrdinalIgnoreCase))
        {
            _ignored = _ignored with { TemporaryCount = _ignored.TemporaryCount + 1 };
        }
        else
        {
            _items[path] = ToItem(resource, path);
            if (_items.Count > ItemCountMax)
            {
                throw new SourceFaultException(
                    $"The folder holds more than {ItemCountMax} files. Set 'url' to folders below it, as several "
                    + "sources.");
            }
        }
    }

    /// <summary>Makes the listing of what was collected.</summary>
    public SourceListing ToListing(bool isComplete, string? cursor) => new()
    {
        Items = [.. _items.Values.OrderBy(item => item.Path, StringComparer.Ordinal)],
        IsComplete = isComplete,
        Cursor = cursor,
        Unread = [.. _unread.OrderBy(part => part.Path, StringComparer.Ordinal)],
        Ignored = _ignored,
        Problems =
        [
            .. _strange.Select(folder => new SourceProblem(
                folder,
                Line: 0,
                IsWarning: true,
                "The server tells addresses here that are not in the folder, or can be no path; they are left out. "
                + "Rename the files, or tell who runs the server.")),
        ],
    };

    /// <summary>Makes an item of what the server says of a file.</summary>
    public static ListedItem ToItem(WebDavResource resource, string path) => new()
    {
        Path = path,
        Fingerprint = WebDavFingerprint.Of(resource),
        SizeBytes = resource.SizeBytes,
        ModifiedAt = resource.ModifiedAt ?? default,
        Readers = ItemReaders.Closed,
        Identity = resource.FileId is { } id ? $"fileid:{id}" : null,
    };

    private async Task EnterAsync(string folder, CancellationToken cancellationToken)
    {
        if (folder.AsSpan().Count('/') >= DepthMax)
        {
            _unread.Add(new UnreadPart($"{folder}/", new Remark(RemarkCode.FolderTooDeep, $"{DepthMax}")));
            return;
        }

        var (status, answer) = await client.FindAsync(
            address.ToUri(folder, isFolder: true),
            isDeep: true,
            cancellationToken);
        if (answer is null)
        {
            Refuse(folder, status);
            return;
        }

        foreach (var resource in answer.Resources)
        {
            var path = address.TryPath(resource.Href, resource.IsFolder);
            if (path is null || !IsIn(folder, path))
            {
                if (path is null || !string.Equals(path, folder, StringComparison.Ordinal))
                {
                    _strange.Add($"{folder}/".TrimStart('/'));
                }
            }
            else if (resource.Status is >= 200 and < 300)
            {
                Add(resource, path);
            }
            else if (resource.Status != (int)HttpStatusCode.NotFound)
            {
                _unread.Add(new UnreadPart($"{path}/", Closed));
            }
        }
    }

    private static readonly Remark Closed = new(RemarkCode.FolderClosed);

    private void Refuse(string folder, HttpStatusCode status)
    {
        switch (status)
        {
            case HttpStatusCode.NotFound or HttpStatusCode.Gone when folder.Length > 0:
                // Deleted since its name was told.
                break;
            case HttpStatusCode.Forbidden or HttpStatusCode.Locked when folder.Length > 0:
                _unread.Add(new UnreadPart($"{folder}/", Closed));
                break;
            default:
                throw client.Explain(status);
        }
    }

    private static bool IsIn(string folder, string path) =>
        path.Length > 0
        && string.Equals(path[..Math.Max(path.LastIndexOf('/'), 0)], folder, StringComparison.Ordinal);
}
