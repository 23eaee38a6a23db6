using Terroir.Documents;
using Terroir.Readers.Workers;

namespace Terroir.Readers.Recognition;

/// <summary>Has pictures and scanned pages recognised by a pool of processes that may start programs.</summary>
/// <remarks>Safe to call from several threads at once. Where the programs are not installed, files stay refused as
/// <see cref="UnreadableReason.NeedsRecognition"/>, with what to install.</remarks>
public sealed class ScanRecognizer : IDocumentRecognizer, IDisposable
{
    private readonly Func<ReadOnlyMemory<byte>, ReadRequest, CancellationToken, ValueTask<ReadOutcome>> _recognize;
    private readonly RecognitionOptions _options;
    private readonly Func<CancellationToken, Task<RecognitionPrograms>> _find;
    private readonly ReadWorkerPool? _pool;

    /// <summary>Makes the pool; it starts no process yet.</summary>
    /// <param name="command">How a reading process is started.</param>
    /// <param name="size">How many processes the pool has at most; 1 to <see cref="ReadWorkerPool.SizeMax"/>.</param>
    /// <param name="options">The settings.</param>
    /// <param name="reading">Those of reading processes; the defaults if they are left out.</param>
    /// <exception cref="ArgumentException">A setting is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is out of range.</exception>
    public ScanRecognizer(
        ReadWorkerCommand command,
        int size,
        RecognitionOptions options,
        ReadingOptions? reading = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(options);
        if (options.FindFault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        var pool = new ReadWorkerPool(command.ForRecognition(), size, reading);
        _recognize = (content, request, stop) =>
            pool.ReadAsync(
                content,
                request,
                request.Limits.Duration * RecognitionLimits.HostDurationFactor,
                stop);
        _options = options;
        _find = stop => RecognitionPrograms.FindAsync(options, stop);
        _pool = pool;
    }

    /// <summary>Puts other parts together.</summary>
    internal ScanRecognizer(
        Func<ReadOnlyMemory<byte>, ReadRequest, CancellationToken, ValueTask<ReadOutcome>> recognize,
        RecognitionOptions options,
        Func<CancellationToken, Task<RecognitionPrograms>> find)
    {
        _recognize = recognize;
        _options = options;
        _find = find;
    }

    /// <inheritdoc/>
    public bool IsNeeded(ReadOutcome outcome) => _options.Enabled && outcome switch
    {
        Extracted { Document: var document } => document.Pages.Any(page => page.NeedsRecognition),
        Unreadable unreadable => unreadable.Reason is UnreadableReason.NeedsRecognition,
        _ => false,
    };

    /// <inheritdoc/>
    /// <exception cref="ReaderUnavailableException">No reading process can be started.</exception>
    public async ValueTask<ReadOutcome> RecognizeAsync(
        ReadOnlyMemory<byte> content,
        string fileName,
        ReadOutcome outcome,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        if (!IsNeeded(outcome))
        {
            return outcome;
        }

        // Looked for each time: who installs them need not start the server anew.
        var programs = await _find(cancellationToken);
        if (programs.Advice is { } advice)
        {
            return WithAdvice(outcome, advice);
        }

        var request = new ReadRequest(fileName, limits, new RecognitionOrder(_options.Languages, PagesOf(outcome)));
        var recognized = await _recognize(content, request, cancellationToken);
        return outcome is Extracted { Document: var read } ? RecognizedPages.Insert(read, recognized) : recognized;
    }

    /// <summary>Ends the processes.</summary>
    public void Dispose() => _pool?.Dispose();

    private static int[]? PagesOf(ReadOutcome outcome) => (outcome as Extracted)?.Document.Pages
        .Where(page => page.NeedsRecognition)
        .Select(page => page.Page)
        .ToArray();

    private static ReadOutcome WithAdvice(ReadOutcome outcome, Remark advice) => outcome switch
    {
        Unreadable unreadable => unreadable with { Advice = [.. unreadable.Advice, advice] },
        Extracted { Document: var document } => new Extracted(document with
        {
            Warnings = [.. document.Warnings, advice],
        }),
        _ => outcome,
    };
}
