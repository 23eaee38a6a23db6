using Terroir.Catalog;
using Terroir.Ingestion.Permissions;
using Terroir.Ingestion.Quality;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion.Sync;

/// <summary>What a synchronisation has to do: the difference between what the source lists, what is remembered of it,
/// and the live documents.</summary>
internal sealed class SyncPlan
{
    private readonly SourceRecord _source;
    private readonly SourceContent _content;
    private readonly SyncOptions _options;
    private readonly QualityGate _gate;
    private readonly Dictionary<DocumentId, DocumentVersion> _live;
    private readonly ILookup<string, DocumentVersion> _liveByOuter;
    private readonly ILookup<string, SourceItem> _itemsByOuter;
    private readonly IReadOnlyList<SourceItem> _notices;
    private readonly HashSet<string> _found;
    private readonly Dictionary<string, MovedFile> _moves = new(StringComparer.Ordinal);
    private readonly List<ListedItem> _toRead = [];
    private readonly List<DocumentStamp> _stamps = [];
    private readonly List<DocumentStamp> _stampsOfChanged = [];
    private readonly List<SourceItem> _closed = [];

    private SyncPlan(
        SourceRecord source,
        SourceContent content,
        SyncState before,
        IReadOnlyList<SourceItem> notices,
        SyncOptions options,
        QualityGate gate)
    {
        _source = source;
        _content = content;
        _gate = gate;
        _options = options;
        _notices = notices;
        _found = content.Items.Select(item => item.Path).ToHashSet(StringComparer.Ordinal);
        _live = before.Documents.ToDictionary(document => document.Id);
        _liveByOuter = before.Documents.ToLookup(
            document => SourcePath.Outer(document.Path),
            StringComparer.Ordinal);
        _itemsByOuter = before.Items.Where(item => !ItemName.IsNotice(item))
            .ToLookup(item => SourcePath.Outer(item.Key.Path), StringComparer.Ordinal);
        Tally = new SyncTally(before.Documents.Select(document => document.Id));
    }

    /// <summary>The files to read: those that moved first, so that they are missed for a short time only.</summary>
    public IReadOnlyList<ListedItem> ToRead => _toRead;

    /// <summary>Why nothing may be deleted or read until a person confirms.</summary>
    public string? HeldReason { get; private set; }

    /// <summary>What was done so far.</summary>
    public SyncTally Tally { get; }

    /// <summary>The first commit: what stops answering, or is answered to fewer. It goes before all new content.
    /// </summary>
    public CatalogChange First { get; private set; } = new();

    /// <summary>Makes the plan.</summary>
    /// <param name="source">The source.</param>
    /// <param name="content">What the source lists.</param>
    /// <param name="before">What was there before.</param>
    /// <param name="options">How to synchronise.</param>
    /// <param name="gate">What decides on quality.</param>
    /// <param name="now">The time.</param>
    public static SyncPlan Make(
        SourceRecord source,
        SourceContent content,
        SyncState before,
        SyncOptions options,
        QualityGate gate,
        DateTimeOffset now)
    {
        var notices = new NoticeBoard(source, before.Items, now).Write(content);
        var plan = new SyncPlan(source, content, before, notices, options, gate);
        var closed = content.Faults.ToDictionary(fault => fault.Path, StringComparer.Ordinal);
        var gone = plan.FindGone();
        plan.FindMoves(gone);
        foreach (var item in content.Items)
        {
            plan.Compare(item, closed.GetValueOrDefault(item.Path), now);
        }

        plan.NarrowUnread();
        plan.Decide(gone, before.Items);
        return plan;
    }

    /// <summary>Where the content of a file seems to have been before; <see langword="null"/> if nowhere.</summary>
    public MovedFile? FormerOf(ListedItem item) => _moves.GetValueOrDefault(item.Path);

    /// <summary>Whether something of an item answers, or was remembered, before.</summary>
    public bool IsKnown(ListedItem item) => _itemsByOuter.Contains(item.Path) || _liveByOuter.Contains(item.Path);

    /// <summary>Builds the commit for files that were read: new versions, and what a changed file no longer
    /// has.</summary>
    public CatalogChange ChangeFor(IReadOnlyList<FileResult> results, DateTimeOffset now)
    {
        var read = results.Where(result => !result.IsGone).ToArray();
        var documents = read.SelectMany(result => result.Documents).ToArray();
        var kept = documents.Select(document => document.Id)
            .Concat(read.SelectMany(result => result.KeepFormer(_liveByOuter[result.Item.Path], _gate)))
            .ToHashSet();
        var items = read
            .SelectMany(result => result.Items(_source.Id, [.. _itemsByOuter[result.Item.Path]], now))
            .ToArray();
        var keys = items.Select(item => item.Key).ToHashSet();
        var replaced = read.Where(result => !result.IsPostponed).Select(result => result.Item.Path).ToArray();
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

    // An item that is in a part which cannot be looked into is not gone.
    private List<string> FindGone()
    {
        var remembered = _itemsByOuter.Select(items => items.Key)
            .Union(_liveByOuter.Select(documents => documents.Key), StringComparer.Ordinal)
            .ToHashSet(StringComparer.Ordinal);
        var gone = _content.IsComplete
            ? remembered.Where(path => !_found.Contains(path) && _content.FindUnread(path) is null)
            : _content.Gone.Distinct(StringComparer.Ordinal)
                .Where(path => remembered.Contains(path) && !_found.Contains(path));
        List<string> list = [.. gone];
        var untold = _content.IsComplete ? 0 : remembered.Count - list.Count - _found.Count(remembered.Contains);
        Tally.RememberedCount = remembered.Count;
        Tally.FileCount = _content.Items.Count + untold;
        Tally.UnchangedCount = untold;
        return list;
    }

    private void FindMoves(List<string> gone)
    {
        var candidates = gone
            .Select(OuterItem)
            .OfType<SourceItem>()
            .Where(item => item is { Quarantine: null, Content.IsNone: false, Fingerprint.Length: > 0 })
            .GroupBy(item => item.Identity ?? item.Fingerprint, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new Queue<SourceItem>(group), StringComparer.Ordinal);
        foreach (var item in _content.Items.Where(item => OuterItem(item.Path) is null))
        {
            if (candidates.GetValueOrDefault(item.Identity ?? item.Fingerprint)?.TryDequeue(out var former) is true)
            {
                var path = former.Key.Path;
                _moves[item.Path] = new MovedFile(
                    former,
                    [.. _itemsByOuter[path].Where(inner => inner.Quarantine is not null)],
                    [.. _liveByOuter[path]]);
                _toRead.Add(item);
            }
        }
    }

    private void Compare(ListedItem item, PermissionFault? fault, DateTimeOffset now)
    {
        var former = _itemsByOuter[item.Path].ToArray();
        var known = OuterItem(item.Path);
        var isRetried = IsRetried(item, former);
        var isSame = known is not null
            && known.Fingerprint.Length > 0
            && string.Equals(known.Fingerprint, item.Fingerprint, StringComparison.Ordinal)
            && known.Documents.All(_live.ContainsKey);
        var held = former.Where(QualityGate.IsHeld).Select(entry => entry.Key.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var document in _liveByOuter[item.Path])
        {
            // What is live beside a held item is the former text.
            Stamp(document, item.Readers, isSame && !held.Contains(document.Path));
        }

        if (fault is not null)
        {
            // Nobody may read it, so that it is not read either, until its permissions can be understood.
            var result = new FileResult(item);
            result.Postpone(Documents.UnreadableReason.AccessDenied, Documents.Remark.Said(fault.Problem));
            _closed.AddRange(result.Items(_source.Id, former, now));
        }
        else if (isSame && !isRetried)
        {
            Tally.UnchangedCount++;
        }
        else if (!_moves.ContainsKey(item.Path))
        {
            _toRead.Add(item);
        }
    }

    // A retry also grades what was indexed before there were grades.
    private bool IsRetried(ListedItem item, SourceItem[] former) =>
        (_options.RetryQuarantined && (Array.Exists(former, entry => entry.Quarantine is not null)
            || _liveByOuter[item.Path].Any(document => document.Quality is null)))
        || _gate.ChangedItsMind(former, _liveByOuter[item.Path], item.Readers.Label, item.Readers.Access);

    // The former text of a changed file may be another's secret: until the file is read again, its readers only become
    // fewer.
    private void Stamp(DocumentVersion document, ItemReaders readers, bool isSame)
    {
        var access = isSame
            ? readers.Access
            : ReaderSet.Of(document.Access).And(ReaderSet.Of(readers.Access)).Access;
        Stamp(document, access, isSame ? readers.Label : document.Label, isSame ? _stamps : _stampsOfChanged);
    }

    private void NarrowUnread()
    {
        foreach (var document in _live.Values.ToArray())
        {
            if (!_found.Contains(SourcePath.Outer(document.Path))
                && _content.FindUnread(document.Path) is { } part)
            {
                Stamp(document, part.Narrow(document.Access), document.Label, _stamps);
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
            : LossGuard.Judge(_source, Tally.FileCount, Tally.RememberedCount, gone.Count - _moves.Count);
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
        && Equals(live.Quality, document.Quality)
        && string.Equals(live.Label, document.Label, StringComparison.Ordinal);
}

/// <summary>What was there before a synchronisation.</summary>
/// <param name="Items">What is remembered of the source.</param>
/// <param name="Documents">Its live documents.</param>
internal sealed record SyncState(IReadOnlyList<SourceItem> Items, IReadOnlyList<DocumentVersion> Documents);
