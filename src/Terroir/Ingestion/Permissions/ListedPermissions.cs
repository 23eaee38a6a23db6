using Terroir.Sources;

namespace Terroir.Ingestion.Permissions;

/// <summary>Permissions from the <c>permissions.yaml</c> among the items of a listing, by the same rules as in folders.
/// </summary>
internal sealed class ListedPermissions
{
    private const string FileEnd = "/" + PermissionFiles.FileName;

    private readonly SortedDictionary<string, PermissionFile> _files = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, PermissionFault> _faults = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PermissionState> _states = new(StringComparer.Ordinal);

    private ListedPermissions()
    {
    }

    /// <summary>What could not be understood, by path.</summary>
    public IReadOnlyList<PermissionFault> Faults => [.. _faults.Values];

    /// <summary>The principals that were named, by path and line.</summary>
    public IReadOnlyList<PermissionMention> Mentions =>
    [
        .. _files.SelectMany(pair => pair.Value.Mentions.Select(mention =>
            new PermissionMention(pair.Key, mention.Line, mention.Principal))),
    ];

    /// <summary>Whether a path is that of a file that says who may read.</summary>
    public static bool IsFile(string path) =>
        string.Equals(path, PermissionFiles.FileName, StringComparison.Ordinal)
        || path.EndsWith(FileEnd, StringComparison.Ordinal);

    /// <summary>Fetches and reads the files.</summary>
    /// <param name="files">The items that are such files.</param>
    /// <param name="fetchAsync">Fetches one within a size.</param>
    /// <exception cref="SourceUnavailableException">The source as a whole fails.</exception>
    public static async Task<ListedPermissions> ReadAsync(
        IEnumerable<ListedItem> files,
        Func<ListedItem, long, ValueTask<FetchedItem>> fetchAsync)
    {
        var permissions = new ListedPermissions();
        foreach (var item in files)
        {
            permissions.Add(item.Path, await fetchAsync(item, PermissionFiles.SizeMaxBytes));
        }

        return permissions;
    }

    /// <summary>Finds who may read an item.</summary>
    public ItemReaders Of(string path) => StateOf(FolderOf(path)).Of(path);

    private static string FolderOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    private void Add(string path, FetchedItem fetched)
    {
        var fault = fetched.Verdict switch
        {
            FetchVerdict.Fetched => PermissionText.TryParse(fetched.Content.Span, path, out var file) is { } broken
                ? broken
                : Keep(path, file),
            FetchVerdict.TooLarge => new PermissionFault(path, 0, PermissionFiles.TooLarge),
            _ => new PermissionFault(path, 0, "The file cannot be read. See that it can, and synchronise again."),
        };
        if (fault is not null)
        {
            _faults[path] = fault;
        }
    }

    private PermissionFault? Keep(string path, PermissionFile file)
    {
        _files[path] = file;
        return null;
    }

    private PermissionState StateOf(string folder)
    {
        if (!_states.TryGetValue(folder, out var state))
        {
            var above = folder.Length == 0 ? PermissionState.Start : StateOf(FolderOf(folder));
            var path = folder.Length == 0 ? PermissionFiles.FileName : folder + FileEnd;
            state = _faults.ContainsKey(path) ? above.EnterBroken()
                : _files.TryGetValue(path, out var file) ? above.Enter(file)
                : above.Enter();
            _states[folder] = state;
        }

        return state;
    }
}
