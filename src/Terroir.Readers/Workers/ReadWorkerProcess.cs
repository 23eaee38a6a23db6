using Terroir.Documents;
using Terroir.Readers.Recognition;

namespace Terroir.Readers.Workers;

/// <summary>The reading process: it gets files by standard input, and answers by standard output. It never opens a
/// file of its own accord.</summary>
public static class ReadWorkerProcess
{
    /// <summary>Answers requests until the input ends: then whoever asked is gone.</summary>
    /// <param name="input">Requests.</param>
    /// <param name="output">Answers; nothing else may write to it.</param>
    /// <param name="cancellationToken">Stops the process.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(Stream input, Stream output, CancellationToken cancellationToken) =>
        RunAsync(input, output, onStart => new FormatReaders(onStart), cancellationToken);

    /// <summary>Answers requests by character recognition; the programs that it starts stand under the same limits.
    /// </summary>
    /// <param name="input">Requests.</param>
    /// <param name="output">Answers; nothing else may write to it.</param>
    /// <param name="cancellationToken">Stops the process.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RecognizeAsync(Stream input, Stream output, CancellationToken cancellationToken) =>
        RunAsync(
        input,
        output,
        (order, onStart) => new Recognizer(order ?? RecognitionOrder.Everything, WorkerSandbox.AllowTime, onStart),
        startsPrograms: true,
        cancellationToken);

    /// <summary>Answers requests with other readers.</summary>
    internal static Task<int> RunAsync(
        Stream input,
        Stream output,
        Func<Func<string, Task>, IDocumentReader> create,
        CancellationToken cancellationToken) =>
        RunAsync(input, output, (_, onStart) => create(onStart), startsPrograms: false, cancellationToken);

    private static async Task<int> RunAsync(
        Stream input,
        Stream output,
        Func<RecognitionOrder?, Func<string, Task>, IDocumentReader> create,
        bool startsPrograms,
        CancellationToken cancellationToken)
    {
        var isolation = WorkerSandbox.Enter(startsPrograms);
        await WorkerFrames.WriteAsync(output, new WorkerMessage { Ready = isolation }, [], cancellationToken);
        var next = ReadAsync(input, cancellationToken);
        while (await next is { } request)
        {
            // When the input ends before the answer, a parser that still runs is of use to nobody. The next request
            // may come while the task of this answer is closing.
            next = ReadAsync(input, cancellationToken);
            var answer = Task.Run(
                () => AnswerAsync(request, output, create, startsPrograms, cancellationToken),
                cancellationToken);
            var isAlone = await Task.WhenAny(answer, next) == next && await next is null;
            if (isAlone || !await answer)
            {
                break;
            }
        }

        if (startsPrograms && ProcessGroup.HasOthers())
        {
            ProcessGroup.EndOwn();
        }

        return 0;
    }

    // Returns whether the process can take another file.
    private static async Task<bool> AnswerAsync(
        WorkerFrame<ReadRequest> request,
        Stream output,
        Func<RecognitionOrder?, Func<string, Task>, IDocumentReader> create,
        bool startsPrograms,
        CancellationToken cancellationToken)
    {
        var name = "none";
        var readers = create(request.Message.Recognition, reader =>
        {
            name = reader;
            return WorkerFrames.WriteAsync(output, new WorkerMessage { Started = reader }, [], cancellationToken);
        });
        WorkerSandbox.AllowTime(request.Message.Limits.Duration);
        try
        {
            var outcome = await readers.ReadAsync(
                request.Body,
                request.Message.FileName,
                request.Message.Limits,
                cancellationToken);
            await SendAsync(outcome, output, startsPrograms, cancellationToken);

            // A parser that was too slow is still at work.
            return outcome is not Unreadable { Reason: UnreadableReason.TooSlow };
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ArgumentException)
        {
            // Also when the answer became too large to write, which the writer of JSON reports as an argument out of
            // range: then nothing of it was sent.
            await SendAsync(ReadWorker.TooMuchMemory(name), output, startsPrograms, cancellationToken);
            return false;
        }
    }

    private static Task SendAsync(
        ReadOutcome outcome,
        Stream output,
        bool startsPrograms,
        CancellationToken cancellationToken)
    {
        var (wire, body) = WorkerFrames.TakeApart(outcome);
        return WorkerFrames.WriteAsync(
            output,
            new WorkerMessage { Done = wire, IsSpent = startsPrograms && ProcessGroup.HasOthers() },
            body,
            cancellationToken);
    }

    private static Task<WorkerFrame<ReadRequest>?> ReadAsync(Stream input, CancellationToken cancellationToken) =>
        Task.Run(
            () => WorkerFrames.ReadAsync<ReadRequest>(input, ReadWorkerLimits.HeapMaxBytes, cancellationToken),
            cancellationToken);
}
