using System.Collections.Concurrent;
using Terroir.Documents;

namespace Terroir.Readers.Workers;

/// <summary>Reads files in child processes: a file that crashes, hangs or exhausts its reader costs that file only.
/// </summary>
/// <remarks>Safe to call from several threads at once. Processes start when they are needed, serve one file at a time
/// and are killed when their file exceeds a limit or its reading is cancelled.</remarks>
public sealed class ReadWorkerPool : IDocumentReader, IDisposable
{
    /// <summary>No pool is larger.</summary>
    public const int SizeMax = 64;

    private readonly ReadWorkerCommand _command;
    private readonly double _processorsMax;
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentBag<ReadWorker> _idle = [];
    private volatile bool _isDisposed;

    /// <summary>Makes a pool; it starts no process yet.</summary>
    /// <param name="command">How a process is started.</param>
    /// <param name="size">How many processes there are at most; 1 to <see cref="SizeMax"/>.</param>
    /// <param name="options">The settings; the defaults if they are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is out of range.</exception>
    public ReadWorkerPool(ReadWorkerCommand command, int size, ReadingOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, SizeMax);
        _command = command;
        _processorsMax = options?.ProcessorsMax ?? 0;
        _places = new SemaphoreSlim(size, size);
    }

    /// <inheritdoc/>
    /// <exception cref="ReaderUnavailableException">No reading process can be started.</exception>
    public async ValueTask<ReadOutcome> ReadAsync(
        ReadOnlyMemory<byte> content,
        string fileName,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return await ReadAsync(content, new ReadRequest(fileName, limits), limits.Duration, cancellationToken);
    }

    /// <summary>Has a request answered within a time.</summary>
    internal async ValueTask<ReadOutcome> ReadAsync(
        ReadOnlyMemory<byte> content,
        ReadRequest request,
        TimeSpan duration,
        CancellationToken cancellationToken)
    {
        if (FormatReaders.Refuse(content, request.Limits) is { } refusal)
        {
            return refusal;
        }

        await _places.WaitAsync(cancellationToken);
        ReadWorker? worker = null;
        try
        {
            worker = await TakeAsync(cancellationToken);
            return await worker.ReadAsync(content, request, duration, cancellationToken);
        }
        finally
        {
            GiveBack(worker);
            _places.Release();
        }
    }

    /// <summary>Starts a process and tells what keeps it in; for those who check a machine.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>What holds.</returns>
    /// <exception cref="ReaderUnavailableException">No reading process can be started.</exception>
    public async Task<ReadingIsolation> ProbeAsync(CancellationToken cancellationToken)
    {
        using var worker = await ReadWorker.StartAsync(_command, _processorsMax, cancellationToken);
        return new ReadingIsolation(
            worker.Isolation.HasLimits,
            worker.Isolation.HasFilter,
            worker.HasGroup ? null : ReaderGroups.Current.Refusal ?? "the system refused it a group");
    }

    /// <summary>Ends the processes.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryTake(out var worker))
        {
            worker.Dispose();
        }

        _places.Dispose();
    }

    private async Task<ReadWorker> TakeAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _idle.TryTake(out var worker)
            ? worker
            : await ReadWorker.StartAsync(_command, _processorsMax, cancellationToken);
    }

    private void GiveBack(ReadWorker? worker)
    {
        if (worker is { IsUsable: true } && !_isDisposed)
        {
            _idle.Add(worker);
        }
        else
        {
            worker?.Dispose();
        }
    }
}
