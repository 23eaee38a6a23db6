using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Terroir.Documents;

namespace Terroir.Readers.Workers;

/// <summary>One reading process, as the pool sees it. It serves one file at a time.</summary>
internal sealed class ReadWorker : IDisposable
{
    // How .NET tells the end by a signal: 128 and the number, here of SIGXCPU, the limit of processor time.
    private const int ProcessorTimeExceeded = 128 + 24;

    private readonly Process _process;
    private readonly ReaderGroup? _group;
    private int _fileCount;

    private ReadWorker(Process process, ReaderGroup? group) => (_process, _group) = (process, group);

    /// <summary>What keeps the process in.</summary>
    public WorkerIsolation Isolation { get; private set; } = new(HasLimits: false, HasFilter: false);

    /// <summary>Whether another file may be given to it.</summary>
    public bool IsUsable { get; private set; }

    /// <summary>Whether it has a control group of its own.</summary>
    public bool HasGroup => _group is not null;

    /// <summary>Starts a process and waits until it is ready.</summary>
    /// <param name="command">How it is started.</param>
    /// <param name="processorsMax">How many processors it may use; 0 is no bound.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="ReaderUnavailableException">It does not start.</exception>
    public static async Task<ReadWorker> StartAsync(
        ReadWorkerCommand command,
        double processorsMax,
        CancellationToken cancellationToken)
    {
        // It gets its group before it gets a file.
        var process = Launch(command);
        var worker = new ReadWorker(process, ReaderGroups.Current.Enter(process.Id, processorsMax));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ReadWorkerLimits.StartDuration);
        try
        {
            var first = await worker.ReadAsync(patience.Token);
            worker.Isolation = first?.Message.Ready
                ?? throw new ReaderUnavailableException("the process ended before it was ready");
            worker.IsUsable = true;
            return worker;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            worker.Dispose();
            throw new ReaderUnavailableException("the process was not ready in time");
        }
        catch (InvalidDataException exception)
        {
            worker.Dispose();
            throw new ReaderUnavailableException("the process does not speak as expected", exception);
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Reads one file. Whatever ends the process ends with this file.</summary>
    /// <param name="content">The file.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="duration">How long the process may be silent; it speaks when it begins a file or a page.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ReadOutcome> ReadAsync(
        ReadOnlyMemory<byte> content,
        ReadRequest request,
        TimeSpan duration,
        CancellationToken cancellationToken)
    {
        IsUsable = false;
        var reader = "none";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(duration + ReadWorkerLimits.Grace);
        try
        {
            await WorkerFrames.WriteAsync(
                _process.StandardInput.BaseStream,
                request,
                [content],
                patience.Token);
            for (var count = 0; await ReadAsync(patience.Token) is { } frame; count++)
            {
                if (count > ReadWorkerLimits.MessageCountMax)
                {
                    throw new InvalidDataException("A reading process says more than it has to.");
                }

                patience.CancelAfter(duration + ReadWorkerLimits.Grace);
                reader = frame.Message.Started ?? reader;
                if (frame.Message.Done is { } done)
                {
                    var outcome = WorkerFrames.PutTogether(done, frame.Body);
                    IsUsable = ++_fileCount < ReadWorkerLimits.FilesOfProcess
                        && !frame.Message.IsSpent
                        && !EndsProcess(outcome);
                    return outcome;
                }
            }

            return await DescribeEndAsync(reader, duration, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TooSlow(reader, duration);
        }
        catch (InvalidDataException)
        {
            return new Unreadable(
                UnreadableReason.TooLarge,
                reader,
                new Remark(RemarkCode.AnswerTooLarge));
        }
        catch (IOException)
        {
            // The pipe broke while the file was written to it.
            return await DescribeEndAsync(reader, duration, patience.Token);
        }
    }

    public void Dispose()
    {
        IsUsable = false;
        try
        {
            if (!_process.HasExited)
            {
                ProcessGroup.End(_process.Id);
            }

            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }

        _process.Dispose();
        _group?.Dispose();
    }

    /// <summary>The verdict on a file that takes longer than it may.</summary>
    internal static Unreadable TooSlow(string reader, TimeSpan duration) => new(
        UnreadableReason.TooSlow,
        reader,
        new Remark(RemarkCode.TookTooLong, $"{duration.TotalSeconds:0}"));

    /// <summary>The verdict on a file that needs more memory than a process has.</summary>
    internal static Unreadable TooMuchMemory(string reader) => new(
        UnreadableReason.TooLarge,
        reader,
        new Remark(RemarkCode.TooMuchMemory, $"{ReadWorkerLimits.HeapMaxBytes >> 20}"));

    private static Process Launch(ReadWorkerCommand command)
    {
        var start = new ProcessStartInfo(command.FileName, command.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };

        // Secrets of the host stay in the host, and the runtime of the child keeps to its bounds.
        foreach (var name in start.Environment.Keys.Where(name => !IsKept(name)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] =
            ReadWorkerLimits.HeapMaxBytes.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        try
        {
            var process = Process.Start(start)!;

            // What a dying parser prints may hold text of the file: it goes nowhere.
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            return process;
        }
        catch (Win32Exception exception)
        {
            throw new ReaderUnavailableException(command.FileName, exception);
        }
    }

    private static bool IsKept(string name) =>
        name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("LC_", StringComparison.Ordinal)
        || name is "TESSDATA_PREFIX"
        || name is "PATH" or "HOME" or "LANG" or "TZ" or "TMPDIR" or "SystemRoot" or "TEMP" or "TMP";

    private static bool EndsProcess(ReadOutcome outcome) => outcome is Unreadable
    {
        Reason: UnreadableReason.TooSlow or UnreadableReason.TooLarge,
    };

    private Task<WorkerFrame<WorkerMessage>?> ReadAsync(CancellationToken cancellationToken) =>
        WorkerFrames.ReadAsync<WorkerMessage>(
            _process.StandardOutput.BaseStream,
            ReadWorkerLimits.AnswerMaxBytes,
            cancellationToken);

    private async Task<Unreadable> DescribeEndAsync(
        string reader,
        TimeSpan duration,
        CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        ProcessGroup.End(_process.Id);
        if (_group is { RanOutOfMemory: true })
        {
            return TooMuchMemory(reader);
        }

        return _process.ExitCode == ProcessorTimeExceeded ? TooSlow(reader, duration) : new Unreadable(
            UnreadableReason.Broken,
            reader,
            new Remark(RemarkCode.ProcessEnded, _process.ExitCode.ToString(CultureInfo.InvariantCulture)));
    }
}
