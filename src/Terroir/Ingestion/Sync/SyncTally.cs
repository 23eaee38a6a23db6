using Terroir.Catalog;
using Terroir.Storage;

namespace Terroir.Ingestion.Sync;

/// <summary>Counts what a synchronisation does.</summary>
internal sealed class SyncTally(IEnumerable<DocumentId> live)
{
    private readonly HashSet<DocumentId> _live = [.. live];
    private readonly Dictionary<ContentHash, int> _removedContents = [];

    /// <summary>Files that were there before.</summary>
    public int RememberedCount { get; set; }

    /// <summary>Files that there are now.</summary>
    public int FileCount { get; set; }

    /// <summary>Files that are as they were.</summary>
    public int UnchangedCount { get; set; }

    /// <summary>Documents whose permissions or label changed.</summary>
    public int StampedCount { get; set; }

    /// <summary>Folders and permissions that were put in quarantine.</summary>
    public int NoticeCount { get; set; }

    /// <summary>Documents that came.</summary>
    public int AddedCount { get; private set; }

    /// <summary>Documents that have another version.</summary>
    public int ChangedCount { get; private set; }

    /// <summary>Documents that came under another path with the content of one that went.</summary>
    public int MovedCount { get; private set; }

    /// <summary>Documents that went for good.</summary>
    public int RemovedCount { get; private set; }

    /// <summary>Passages that came.</summary>
    public int PassageCount { get; private set; }

    /// <summary>Files that were put in quarantine.</summary>
    public int QuarantinedCount { get; private set; }

    /// <summary>Those that were read, and are held for their quality.</summary>
    public int HeldCount { get; private set; }

    /// <summary>Files that were read.</summary>
    public int DoneCount { get; private set; }

    /// <summary>Those of them that were read in earlier rounds of the same synchronisation.</summary>
    public int EarlierCount { get; private set; }

    /// <summary>Goes on counting where an earlier round of the same synchronisation ended.</summary>
    public void Continue(SyncTally earlier)
    {
        // What the earlier rounds read is there unchanged.
        UnchangedCount = Math.Max(0, UnchangedCount - earlier.DoneCount);
        EarlierCount = earlier.DoneCount;
        DoneCount += earlier.DoneCount;
        StampedCount += earlier.StampedCount;
        AddedCount += earlier.AddedCount;
        ChangedCount += earlier.ChangedCount;
        MovedCount += earlier.MovedCount;
        RemovedCount += earlier.RemovedCount;
        PassageCount += earlier.PassageCount;
        QuarantinedCount += earlier.QuarantinedCount;
        HeldCount += earlier.HeldCount;
    }

    /// <summary>Counts what the first commit removes.</summary>
    public void Remove(IReadOnlyList<DocumentVersion> documents)
    {
        RemovedCount += documents.Count;
        foreach (var document in documents)
        {
            _removedContents[document.Version] = _removedContents.GetValueOrDefault(document.Version) + 1;
        }
    }

    /// <summary>Counts a batch that was committed.</summary>
    public void Commit(CatalogChange change, IReadOnlyList<FileResult> results)
    {
        foreach (var document in change.Added)
        {
            PassageCount += document.Passages.Count;
            var content = ContentHash.Of(document.Original.Span);
            if (_live.Contains(document.Id))
            {
                ChangedCount++;
            }
            else if (_removedContents.GetValueOrDefault(content) is > 0 and var count)
            {
                _removedContents[content] = count - 1;
                MovedCount++;
                RemovedCount--;
            }
            else
            {
                AddedCount++;
            }
        }

        DoneCount += results.Count;
        RemovedCount += change.Removed.Count;
        QuarantinedCount += results.Sum(result => result.QuarantinedCount);
        HeldCount += results.Sum(result => result.HeldCount);
    }
}
