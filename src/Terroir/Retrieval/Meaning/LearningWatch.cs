using Terroir.Access;
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
    private long _generation;

    /// <summary>Begins where all documents were looked at.</summary>
    /// <param name="learned">The hash of what was learned; <c>default</c> for nothing.</param>
    /// <param name="basis">What was learned, or <see langword="null"/>.</param>
    /// <param name="common">The commonly readable documents.</param>
    /// <param name="countMin">So many teach something.</param>
    /// <param name="generation">The generation.</param>
    public LearningWatch(
        ContentHash learned,
        BasisFile? basis,
        IReadOnlyCollection<DocumentRecord> common,
        int countMin,
        long generation)
    {
        _learned = learned;
        _dueCount = basis is null ? countMin : LearningChoice.DueCount(basis);
        _commonCount = common.Count;
        _generation = generation;
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

    /// <summary>Until which generation it has judged; 0 for something else that was learned.</summary>
    public long JudgedUntil(ContentHash learned)
    {
        lock (_lock)
        {
            return learned == _learned ? _generation : 0;
        }
    }

    /// <summary>Judges what changed since then.</summary>
    /// <returns>Whether what was learned certainly may stay.</returns>
    public bool MayStay(ContentHash learned, CollectionRecords changes)
    {
        lock (_lock)
        {
            if (learned != _learned || changes.Since != _generation)
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

            _generation = changes.Head.Generation;
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
