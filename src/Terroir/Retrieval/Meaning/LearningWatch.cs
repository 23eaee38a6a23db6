using Terroir.Access;
using Terroir.Catalog;
using Terroir.Storage;

namespace Terroir.Retrieval.Meaning;

/// <summary>Tells from what changed in a collection that what was learned may stay, so that not all documents are
/// looked at after each commit. Where it is not certain it says so, and <see cref="LearningChoice"/> decides by all of
/// them. </summary>
/// <remarks>It counts a commonly readable document that changed as a new one, so it is certain less often than it
/// could be, and never wrong. Safe to call from several threads.</remarks>
internal sealed class LearningWatch
{
    private readonly ContentHash _learned;
    private readonly int _dueCount;
    private readonly Dictionary<UInt128, ulong> _documents;
    private readonly HashSet<UInt128> _changed = [];
    private readonly HashSet<UInt128> _added = [];
    private readonly int _commonCount;
    private readonly Lock _lock = new();
    private JudgedGeneration _judged;

    /// <summary>Begins where all documents were looked at.</summary>
    /// <param name="learned">The hash of what was learned; <c>default</c> for nothing.</param>
    /// <param name="basis">What was learned, or <see langword="null"/>.</param>
    /// <param name="common">The commonly readable documents.</param>
    /// <param name="countMin">So many teach something.</param>
    /// <param name="head">The generation that they are of.</param>
    public LearningWatch(
        ContentHash learned,
        BasisFile? basis,
        IReadOnlyCollection<DocumentRecord> common,
        int countMin,
        CollectionHead head)
    {
        _learned = learned;
        _dueCount = basis is null ? countMin : LearningChoice.DueCount(basis);
        _commonCount = common.Count;
        _judged = new JudgedGeneration(head.Generation, head.Manifest);
        _documents = basis is null
            ? []
            : basis.Documents.ToDictionary(
                document => DocumentRecord.NumberOf(document.Id),
                document => document.Version);
        foreach (var record in common)
        {
            Compare(record);
        }
    }

    private LearningWatch(WatchState state)
    {
        _learned = state.Learned;
        _judged = state.Judged;
        _dueCount = state.DueCount;
        _commonCount = state.CommonCount;
        _documents = state.Documents.ToDictionary(pair => pair.Key, pair => pair.Value);
        _changed.UnionWith(state.Changed);
        _added.UnionWith(state.Added);
    }

    /// <summary>Goes on where another process stopped.</summary>
    public static LearningWatch Of(WatchState state) => new(state);

    /// <summary>What another process needs to go on.</summary>
    public WatchState State
    {
        get
        {
            lock (_lock)
            {
                return new WatchState(
                    _learned,
                    _judged,
                    _dueCount,
                    _commonCount,
                    _documents.ToDictionary(),
                    [.. _changed],
                    [.. _added]);
            }
        }
    }

    /// <summary>Until which generation it has judged; <see langword="null"/> for something else that was learned.
    /// </summary>
    public JudgedGeneration? JudgedUntil(ContentHash learned)
    {
        lock (_lock)
        {
            return learned == _learned ? _judged : null;
        }
    }

    /// <summary>Judges what changed since then.</summary>
    /// <returns>Whether what was learned certainly may stay.</returns>
    public bool MayStay(ContentHash learned, CollectionRecords changes)
    {
        lock (_lock)
        {
            if (learned != _learned || changes.Since != _judged.Generation)
            {
                return false;
            }

            // What was judged before stays judged: records that are read twice are counted once.
            var texts = new RecordTexts();
            foreach (var row in changes.Documents)
            {
                var record = DocumentRecord.Parse(row.Record, texts);
                if (CommonReaders.MayRead(record.Access))
                {
                    _added.Add(record.Number);
                    Compare(record);
                }
                else if (_documents.ContainsKey(record.Number))
                {
                    return false;
                }
            }

            if (changes.Removed.Any(removed => _documents.ContainsKey(DocumentRecord.NumberOf(removed)))
                || _commonCount + _added.Count >= _dueCount
                || _changed.Count * LearningChoice.ChangedShare > _documents.Count)
            {
                return false;
            }

            _judged = new JudgedGeneration(changes.Head.Generation, changes.Head.Manifest);
            return true;
        }
    }

    private void Compare(DocumentRecord record)
    {
        if (_documents.TryGetValue(record.Number, out var version))
        {
            if (LearnedDocument.VersionOf(record.Version) == version)
            {
                _changed.Remove(record.Number);
            }
            else
            {
                _changed.Add(record.Number);
            }
        }
    }
}

/// <summary>What a watch knows.</summary>
/// <param name="Learned">The hash of what was learned; <c>default</c> for nothing.</param>
/// <param name="Judged">Until which generation it has judged.</param>
/// <param name="DueCount">With so many commonly readable documents it is learned anew.</param>
/// <param name="CommonCount">How many there were when all were looked at.</param>
/// <param name="Documents">Those that it was learned from, with the first eight bytes of their version's hash.</param>
/// <param name="Changed">Those of them that have changed.</param>
/// <param name="Added">The commonly readable documents that were written since.</param>
internal sealed record WatchState(
    ContentHash Learned,
    JudgedGeneration Judged,
    int DueCount,
    int CommonCount,
    IReadOnlyDictionary<UInt128, ulong> Documents,
    IReadOnlyList<UInt128> Changed,
    IReadOnlyList<UInt128> Added);
