using Terroir.Catalog;
using Terroir.Ingestion.Permissions;
using Terroir.Storage;

namespace Terroir.Ingestion.Folder;

/// <summary>What a scan has to do: the difference between the files, the items and the live documents.</summary>
internal sealed class SyncPlan
{
    private readonly Dictionary<DocumentId, DocumentVersion> _live;
    private readonly Dictionary<string, Permission> _permissions = new(StringComparer.Ordinal);
    private readonly ILookup<string, SourceItem> _itemsByOuter;
    private readonly HashSet<ContentHash> _goneContents;
    private int _added;
    private int _changed;
    private int _moved;
    private int _quarantined;
    private int _passages;

    private SyncPlan(CollectionState state, IReadOnlyList<SourceItem> items, IEnumerable<SourceItem> gone)
    {
        _live = state.Documents.ToDictionary(row => row.Document.Id, row => row.Document);
        _itemsByOuter = items.ToLookup(item => Outer(item.Key.Path), StringComparer.Ordinal);
        Gone = [.. gone];
        _goneContents = [.. Gone.Select(item => item.Content)];
    }

    public IReadOnlyList<SourceItem> Gone { get; }

    public List<FolderFile> ToRead { get; } = [];

    public List<DocumentId> Removed { get; } = [];

    public List<SourceItemKey> RemovedItems { get; } = [];

    public List<DocumentStamp> Stamps { get; } = [];


    public int UnchangedCount { get; private set; }

    public string? HeldReason { get; set; }

    public static SyncPlan Make(
        SourceRecord source,
        IReadOnlyList<FolderFile> files,
        IReadOnlyList<SourceItem> items,
        CollectionState state,
        IPermissionReader permissions,
        SyncOptions options)
    {
        var found = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var isOuter = (SourceItem item) => !item.Key.Path.Contains("!/", StringComparison.Ordinal);
        var plan = new SyncPlan(state, items, items.Where(item => isOuter(item) && !found.Contains(item.Key.Path)));
        foreach (var file in files)
        {
            plan.Compare(file, permissions.Read(file.Path), options);
        }

        // Also documents that no item remembers: after a rebuild the records alone say what the source had.
        plan.Removed.AddRange(plan._live.Values
            .Where(document => string.Equals(document.Source, source.Id, StringComparison.Ordinal)
                && !found.Contains(Outer(document.Path)))
            .Select(document => document.Id));
        plan.RemovedItems.AddRange(items.Where(item => !found.Contains(Outer(item.Key.Path))).Select(item => item.Key));
        return plan;
    }

    public Permission PermissionOf(FolderFile file) => _permissions[file.Path];

    /// <summary>Builds the commit for files that were read: new versions, and what a changed file no longer
    /// has.</summary>
    public CatalogChange ChangeFor(IReadOnlyList<FileResult> results)
    {
        var documents = results.SelectMany(result => result.Documents).DistinctBy(document => document.Id).ToArray();
        var added = documents.Where(document => !IsLive(document)).ToArray();
        Count(added, results);
        var kept = documents.Select(document => document.Id).ToHashSet();
        var items = results.SelectMany(result => result.Items).ToArray();
        var keys = items.Select(item => item.Key).ToHashSet();
        var old = results.SelectMany(result => _itemsByOuter[result.File.Path]).ToArray();
        var before = old.SelectMany(item => item.Documents).Where(id => !kept.Contains(id));
        return new CatalogChange
        {
            Added = added,
            Removed = [.. before.Where(_live.ContainsKey).Distinct()],
            Items = items,
            RemovedItems = [.. old.Select(item => item.Key).Where(key => !keys.Contains(key))],
        };
    }

    public SyncReport Report(string source, long generation) => new(
        source,
        _added,
        _changed,
        _moved,
        HeldReason is null ? Removed.Count : 0,
        HeldReason is null ? Stamps.Count : 0,
        UnchangedCount,
        _quarantined,
        _passages,
        HeldReason,
        generation);

    private static string Outer(string path) => path.Split("!/")[0];

    private void Compare(FolderFile file, Permission permission, SyncOptions options)
    {
        _permissions[file.Path] = permission;
        var items = _itemsByOuter[file.Path].ToArray();
        var item = items.FirstOrDefault(entry => string.Equals(entry.Key.Path, file.Path, StringComparison.Ordinal));
        var isRetried = options.RetryQuarantined && items.Any(entry => entry.Quarantine is not null);
        if (item is null || isRetried || !string.Equals(item.Fingerprint, file.Fingerprint, StringComparison.Ordinal))
        {
            ToRead.Add(file);
            return;
        }

        UnchangedCount++;
        Stamps.AddRange(item.Documents
            .Select(_live.GetValueOrDefault)
            .Where(document => document is not null
                && (!document.Access.Equals(permission.Access)
                    || !string.Equals(document.Label, permission.Label, StringComparison.Ordinal)))
            .Select(document => new DocumentStamp(document!.Id, permission.Access, permission.Label)));
    }

    private bool IsLive(PreparedDocument document) =>
        _live.TryGetValue(document.Id, out var live)
        && live.Version == ContentHash.Of(document.Original.Span)
        && live.Access.Equals(document.Access)
        && string.Equals(live.Label, document.Label, StringComparison.Ordinal);

    private void Count(PreparedDocument[] added, IReadOnlyList<FileResult> results)
    {
        foreach (var document in added)
        {
            var isMoved = _goneContents.Contains(ContentHash.Of(document.Original.Span));
            _added += _live.ContainsKey(document.Id) || isMoved ? 0 : 1;
            _changed += _live.ContainsKey(document.Id) ? 1 : 0;
            _moved += isMoved ? 1 : 0;
            _passages += document.Passages.Count;
        }

        _quarantined += results.Sum(result => result.Items.Count(item => item.Quarantine is not null));
    }
}
