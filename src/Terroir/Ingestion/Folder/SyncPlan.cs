using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion.Permissions;
using Terroir.Storage;

namespace Terroir.Ingestion.Folder;

/// <summary>What a scan has to do: the difference between the folder, what is remembered of it, and the live documents.
/// </summary>
internal sealed class SyncPlan
{
    private readonly SourceRecord _source;
    private readonly FolderContent _folder;
    private readonly SyncOptions _options;
    private readonly Dictionary<DocumentId, DocumentVersion> _live;
    private readonly ILookup<string, DocumentVersion> _liveByOuter;
    private readonly ILookup<string, SourceItem> _itemsByOuter;
    private readonly IReadOnlyList<SourceItem> _notices;
    private readonly HashSet<string> _found;
    private readonly Dictionary<string, MovedFile> _moves = new(StringComparer.Ordinal);
    private readonly List<FolderFile> _toRead = [];
    private readonly List<DocumentStamp> _stamps = [];
    private readonly List<DocumentStamp> _stampsOfChanged = [];
    private readonly List<SourceItem> _closed = [];

    private SyncPlan(
        SourceRecord source,
        FolderContent folder,
        SyncState before,
        IReadOnlyList<SourceItem> notices,
        SyncOptions options)
    {
        _source = source;
        _folder = folder;
        _options = options;
        _notices = notices;
        _found = folder.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        _live = before.Documents.ToDictionary(document => document.Id);
        _liveByOuter = before.Documents.ToLookup(
            document => SourcePath.Outer(document.Path),
            StringComparer.Ordinal);
        _itemsByOuter = before.Items.Where(item => !ItemName.IsNotice(item))
            .ToLookup(item => SourcePath.Outer(item.Key.Path), StringComparer.Ordinal);
        Tally = new SyncTally(before.Documents.Select(document => document.Id));
    }

    /// <summary>The files to read: those that moved first, so that they are missed for a short time only.</summary>
    public IReadOnlyList<FolderFile> ToRead => _toRead;

    /// <summary>Why nothing may be deleted or read until a person confirms.</summary>
    public string? HeldReason { get; private set; }

    /// <summary>What was done so far.</summary>
    public SyncTally Tally { get; }

    /// <summary>The first commit: what stops answering, or is answered to fewer. It goes before all new content.
    /// </summary>
    public CatalogChange First { get; private set; } = new();

    /// <summary>Makes the plan.</summary>
    /// <param name="source">The source.</param>
    /// <param name="folder">What the scan found.</param>
    /// <param name="before">What was there before.</param>
    /// <param name="faults">Permissions that could not be understood.</param>
    /// <param name="options">How to synchronise.</param>
    /// <param name="now">The time.</param>
    public static SyncPlan Make(
        SourceRecord source,
        FolderContent folder,
        SyncState before,
        IReadOnlyList<PermissionFault> faults,
        SyncOptions options,
        DateTimeOffset now)
    {
        var notices = new NoticeBoard(source, before.Items, now).Write(folder, faults);
        var plan = new SyncPlan(source, folder, before, notices, options);
        var closed = faults.ToDictionary(fault => fault.Path, StringComparer.Ordinal);
        var gone = plan.FindGone();
        plan.FindMoves(gone);
        foreach (var file in folder.Files)
        {
            plan.Compare(file, closed.GetValueOrDefault(file.Path), now);
        }

        plan.NarrowUnread();
        plan.Decide(gone, before.Items);
        return plan;
    }

    /// <summary>Where the content of a file seems to have been before; <see langword="null"/> if nowhere.</summary>
    public MovedFile? FormerOf(FolderFile file) => _moves.GetValueOrDefault(file.Path);

    /// <summary>Builds the commit for files that were read: new versions, and what a changed file no longer
    /// has.</summary>
    public CatalogChange ChangeFor(IReadOnlyList<FileResult> results, DateTimeOffset now)
    {
        var read = results.Where(result => !result.IsGone).ToArray();
        var documents = read.SelectMany(result => result.Documents).ToArray();
        var kept = documents.Select(document => document.Id).ToHashSet();
        var items = read
            .SelectMany(result => result.Items(_source.Id, [.. _itemsByOuter[result.File.Path]], now))
            .ToArray();
        var keys = items.Select(item => item.Key).ToHashSet();
        var replaced = read.Where(result => !result.IsPostponed).Select(result => result.File.Path).ToArray();
        return new CatalogChange
        {
            Added = [.. documents.Where(document => !IsLive(document))],
            Removed =
            [
                .. replaced.SelectMany(path => _liveByOuter[path]).Select(document => document.Id)
                    .Where(id => !kept.Contains(id)),
            ],
            Items = items,
            RemovedItems =
            [
                .. replaced.SelectMany(path => _itemsByOuter[path]).Select(item => item.Key)
                    .Where(key => !keys.Contains(key)),
            ],
        };
    }

    // A file that is in a folder which cannot be looked into is not gone.
    private List<string> FindGone()
    {
        var remembered = _itemsByOuter.Select(items => items.Key)
            .Union(_liveByOuter.Select(documents => documents.Key), StringComparer.Ordinal)
            .ToArray();
        Tally.RememberedCount = remembered.Length;
        return [.. remembered.Where(path => !_found.Contains(path) && _folder.FindUnread(path) is null)];
    }

    private void FindMoves(List<string> gone)
    {
        var candidates = gone
            .Select(path => OuterItem(path))
            .Where(item => item is { Quarantine: null, Content.IsNone: false, Fingerprint.Length: > 0 })
            .DistinctBy(item => item!.Fingerprint, StringComparer.Ordinal)
            .ToDictionary(item => item!.Fingerprint, item => item!, StringComparer.Ordinal);
        foreach (var file in _folder.Files.Where(file => OuterItem(file.Path) is null))
        {
            if (candidates.Remove(file.Fingerprint, out var item))
            {
                var path = item.Key.Path;
                _moves[file.Path] = new MovedFile(
                    item,
                    [.. _itemsByOuter[path].Where(inner => inner.Quarantine is not null)],
                    [.. _liveByOuter[path]]);
                _toRead.Add(file);
            }
        }
    }

    private void Compare(FolderFile file, PermissionFault? fault, DateTimeOffset now)
    {
        var items = _itemsByOuter[file.Path].ToArray();
        var item = OuterItem(file.Path);
        var isRetried = _options.RetryQuarantined && Array.Exists(items, entry => entry.Quarantine is not null);
        var isSame = item is not null
            && item.Fingerprint.Length > 0
            && string.Equals(item.Fingerprint, file.Fingerprint, StringComparison.Ordinal)
            && item.Documents.All(_live.ContainsKey);
        foreach (var document in _liveByOuter[file.Path])
        {
            Stamp(document, file.Permission, isSame);
        }

        if (fault is not null)
        {
            // Nobody may read it, so that it is not read either, until its permissions can be understood.
            var result = new FileResult(file);
            result.Postpone(UnreadableReason.AccessDenied, fault.Problem);
            _closed.AddRange(result.Items(_source.Id, items, now));
        }
        else if (isSame && !isRetried)
        {
            Tally.UnchangedCount++;
        }
        else if (!_moves.ContainsKey(file.Path))
        {
            _toRead.Add(file);
        }
    }

    // The former text of a changed file may be another's secret: until the file is read again, its readers only become
    // fewer.
    private void Stamp(DocumentVersion document, Permission permission, bool isSame)
    {
        var access = isSame
            ? permission.Access
            : ReaderSet.Of(document.Access).And(ReaderSet.Of(permission.Access)).Access;
        Stamp(document, access, isSame ? permission.Label : document.Label, isSame ? _stamps : _stampsOfChanged);
    }

    private void NarrowUnread()
    {
        foreach (var document in _live.Values.ToArray())
        {
            if (!_found.Contains(SourcePath.Outer(document.Path))
                && _folder.FindUnread(document.Path) is { } folder)
            {
                Stamp(document, folder.Permission.Narrow(document.Access), document.Label, _stamps);
            }
        }
    }

    private void Stamp(DocumentVersion document, AccessList access, string label, List<DocumentStamp> stamps)
    {
        if (!document.Access.Equals(access) || !string.Equals(document.Label, label, StringComparison.Ordinal))
        {
            stamps.Add(new DocumentStamp(document.Id, access, label));
            _live[document.Id] = document with { Access = access, Label = label };
        }
    }

    private void Decide(List<string> gone, IReadOnlyList<SourceItem> items)
    {
        HeldReason = _options.AcceptLoss
            ? null
            : LossGuard.Judge(_source, _folder.Files.Count, Tally.RememberedCount, gone.Count - _moves.Count);
        var kept = _notices.Select(item => item.Key).ToHashSet();
        var removedItems = items.Where(ItemName.IsNotice).Select(item => item.Key).Where(key => !kept.Contains(key));
        if (HeldReason is not null)
        {
            // What is certain is done: a revocation for a file that is there, unchanged.
            First = new CatalogChange { Stamped = _stamps, Items = _notices, RemovedItems = [.. removedItems] };
        }
        else
        {
            var removed = gone.SelectMany(path => _liveByOuter[path]).ToArray();
            Tally.Remove(removed);
            First = new CatalogChange
            {
                Removed = [.. removed.Select(document => document.Id)],
                Stamped = [.. _stamps, .. _stampsOfChanged],
                Items = [.. _notices, .. _closed],
                RemovedItems =
                [
                    .. removedItems,
                    .. gone.SelectMany(path => _itemsByOuter[path]).Select(item => item.Key),
                ],
            };
        }

        Tally.StampedCount = First.Stamped.Count;
        Tally.NoticeCount = _notices.Count + _closed.Count;
    }

    private SourceItem? OuterItem(string path) => _itemsByOuter[path].FirstOrDefault(item =>
        string.Equals(item.Key.Path, path, StringComparison.Ordinal));

    private bool IsLive(PreparedDocument document) =>
        _live.TryGetValue(document.Id, out var live)
        && live.Version == ContentHash.Of(document.Original.Span)
        && live.Access.Equals(document.Access)
        && string.Equals(live.Label, document.Label, StringComparison.Ordinal);
}

/// <summary>What was there before a synchronisation.</summary>
/// <param name="Items">What is remembered of the source.</param>
/// <param name="Documents">Its live documents.</param>
internal sealed record SyncState(IReadOnlyList<SourceItem> Items, IReadOnlyList<DocumentVersion> Documents);
