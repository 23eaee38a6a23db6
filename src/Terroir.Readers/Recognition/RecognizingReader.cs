using Terroir.Documents;
using Terroir.Readers.Workers;

namespace Terroir.Readers.Recognition;

/// <summary>Reads files by a pool of reading processes, and has pictures and scanned pages recognised by another one,
/// whose processes may start programs.</summary>
/// <remarks>Safe to call from several threads at once. Where the programs are not installed, files stay refused as
/// <see cref="UnreadableReason.NeedsRecognition"/>, with what to install.</remarks>
public sealed class RecognizingReader : IDocumentReader, IDisposable
{
    private readonly IDocumentReader _reader;
    private readonly Func<ReadOnlyMemory<byte>, ReadRequest, CancellationToken, ValueTask<ReadOutcome>> _recognize;
    private readonly RecognitionOptions _options;
    private readonly Func<CancellationToken, Task<RecognitionPrograms>> _find;
    private readonly IDisposable[] _pools;

    /// <summary>Makes the pools; they start no process yet.</summary>
    /// <param name="command">How a reading process is started.</param>
    /// <param name="size">How many processes either pool has at most; 1 to <see
    /// cref="ReadWorkerPool.SizeMax"/>.</param>
    /// <param name="options">The settings.</param>
    /// <exception cref="ArgumentException">A setting is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is out of range.</exception>
    public RecognizingReader(ReadWorkerCommand command, int size, RecognitionOptions options)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(options);
        if (options.FindFault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        var readers = new ReadWorkerPool(command, size);
        var recognizers = new ReadWorkerPool(command.ForRecognition(), size);
        _reader = readers;
        _recognize = (content, request, stop) =>
            recognizers.ReadAsync(content, request, RecognitionLimits.FileDuration, stop);
        _options = options;
        _find = stop => RecognitionPrograms.FindAsync(options, stop);
        _pools = [readers, recognizers];
    }

    /// <summary>Puts other parts together.</summary>
    internal RecognizingReader(
        IDocumentReader reader,
        Func<ReadOnlyMemory<byte>, ReadRequest, CancellationToken, ValueTask<ReadOutcome>> recognize,
        RecognitionOptions options,
        Func<CancellationToken, Task<RecognitionPrograms>> find)
    {
        _reader = reader;
        _recognize = recognize;
        _options = options;
        _find = find;
        _pools = [];
    }

    /// <inheritdoc/>
    /// <exception cref="ReaderUnavailableException">No reading process can be started.</exception>
    public async ValueTask<ReadOutcome> ReadAsync(
        ReadOnlyMemory<byte> content,
        string fileName,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var outcome = await _reader.ReadAsync(content, fileName, limits, cancellationToken);
        if (!_options.Enabled || !NeedsRecognition(outcome, out var pages))
        {
            return outcome;
        }

        // Looked for each time: who installs them need not start the server anew.
        var programs = await _find(cancellationToken);
        if (programs.Advice is { } advice)
        {
            return WithAdvice(outcome, advice);
        }

        var request = new ReadRequest(fileName, limits, new RecognitionOrder(_options.Languages, pages));
        var recognized = await _recognize(content, request, cancellationToken);
        return outcome is Extracted { Document: var read } ? RecognizedPages.Insert(read, recognized) : recognized;
    }

    /// <summary>Ends the processes.</summary>
    public void Dispose()
    {
        foreach (var pool in _pools)
        {
            pool.Dispose();
        }
    }

    private static bool NeedsRecognition(ReadOutcome outcome, out IReadOnlyList<int>? pages)
    {
        pages = (outcome as Extracted)?.Document.Pages
            .Where(page => page.NeedsRecognition)
            .Select(page => page.Page)
            .ToArray();
        return pages is { Count: > 0 } || outcome is Unreadable { Reason: UnreadableReason.NeedsRecognition };
    }

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
