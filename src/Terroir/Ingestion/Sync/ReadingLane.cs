using Terroir.Sources;

namespace Terroir.Ingestion.Sync;

/// <summary>Files of one kind that are being read at once: a bounded number, with a bounded sum of bytes.</summary>
/// <remarks>Not safe to call from several threads at once; the readings themselves run on the pool.</remarks>
/// <param name="countMax">The most files.</param>
/// <param name="readAsync">Reads a file.</param>
internal sealed class ReadingLane(
    int countMax,
    Func<ListedItem, CancellationToken, Task<FileResult>> readAsync)
{
    private readonly List<(ListedItem Item, Task<FileResult> Reading)> _running = [];

    /// <summary>How many files are being read, or wait to be taken.</summary>
    public int Count => _running.Count;

    /// <summary>The bytes of these files, as their source tells them.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>Adds the readings that go on to what is waited for.</summary>
    public void AddTo(List<Task> events)
    {
        foreach (var (_, reading) in _running)
        {
            events.Add(reading);
        }
    }

    /// <summary>Whether one more may be read. One that is larger than the bound is read alone.</summary>
    /// <param name="item">The file.</param>
    /// <param name="otherSizeBytes">What counts besides.</param>
    /// <param name="sizeMaxBytes">The most bytes.</param>
    public bool HasRoomFor(ListedItem item, long otherSizeBytes, long sizeMaxBytes) =>
        _running.Count < countMax
        && (SizeBytes + otherSizeBytes == 0 || SizeBytes + otherSizeBytes + SizeOf(item) <= sizeMaxBytes);

    /// <summary>Begins to read a file.</summary>
    public void Start(ListedItem item, CancellationToken cancellationToken)
    {
        SizeBytes += SizeOf(item);
        _running.Add((item, Task.Run(() => readAsync(item, cancellationToken), cancellationToken)));
    }

    /// <summary>Takes a file that has been read: of several, the one that was begun first.</summary>
    /// <returns>What came of it; <see langword="null"/> if all still go on.</returns>
    public async Task<FileResult?> TakeAsync()
    {
        var index = _running.FindIndex(entry => entry.Reading.IsCompleted);
        if (index < 0)
        {
            return null;
        }

        var (item, reading) = _running[index];
        var result = await reading;
        _running.RemoveAt(index);
        SizeBytes -= SizeOf(item);
        return result;
    }

    private static long SizeOf(ListedItem item) => item.SizeBytes ?? BatchedReading.UnknownSizeBytes;
}
