using System.ComponentModel;
using System.Diagnostics;

namespace Terroir.Readers.Recognition;

/// <summary>Runs a program on bytes: they go in by standard input, its answer comes by standard output.</summary>
internal static class RecognitionProgram
{
    private const int BlockSize = 64 << 10;

    /// <summary>Runs it to its end.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="answerMaxBytes">The most that it may answer.</param>
    /// <param name="patience">How long it may use no processor time.</param>
    /// <param name="cancellationToken">Stops the wait for it.</param>
    /// <returns>Its answer; <see langword="null"/> if it failed, was ended, or answered more than it may.</returns>
    /// <exception cref="ReaderUnavailableException">It cannot be started.</exception>
    /// <exception cref="TimeoutException">It hangs.</exception>
    public static async Task<byte[]?> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        ReadOnlyMemory<byte> input,
        int answerMaxBytes,
        TimeSpan patience,
        CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(process, patience, stop);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        try
        {
            var writing = WriteAsync(process, input, stop.Token);
            var answer = await ReadAsync(process.StandardOutput.BaseStream, answerMaxBytes, stop.Token);
            if (answer is null)
            {
                return null;
            }

            await writing;
            await process.WaitForExitAsync(stop.Token);
            return process.ExitCode == 0 ? answer : null;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{program} does nothing.", exception);
        }
        finally
        {
            await stop.CancelAsync();
            await watching;
            End(process);
        }
    }

    private static Process Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };

        // One page, one processor: pages are recognised beside each other.
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new ReaderUnavailableException($"{program} cannot be started", exception);
        }
    }

    // A program that waits for the processor gets some of it by and by; one that sleeps uses none, nor does one that
    // ended and left others behind that hold its pipes.
    private static async Task WatchAsync(Process process, TimeSpan patience, CancellationTokenSource stop)
    {
        try
        {
            for (var (used, before) = (TimeSpan.Zero, TimeSpan.MinValue); used != before;)
            {
                await Task.Delay(patience, TimeProvider.System, stop.Token);
                (used, before) = (process.HasExited ? used : process.TotalProcessorTime, used);
            }

            await stop.CancelAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
        {
            // It has ended, or nobody waits for it any more.
        }
    }

    private static async Task WriteAsync(Process process, ReadOnlyMemory<byte> input,
        CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code tells.
        }
    }

    private static async Task<byte[]?> ReadAsync(Stream output, int sizeMaxBytes, CancellationToken cancellationToken)
    {
        using var answer = new MemoryStream();
        var block = new byte[BlockSize];
        for (int count; (count = await output.ReadAsync(block, cancellationToken)) > 0;)
        {
            if (answer.Length + count > sizeMaxBytes)
            {
                return null;
            }

            await answer.WriteAsync(block.AsMemory(0, count), cancellationToken);
        }

        return answer.ToArray();
    }

    // Inside a reading process no signal may be sent: there it ends when its pipes close, at the limit of its
    // processor time, or with the reading process, which is replaced when a program is left.
    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended, or may not be killed from here.
        }
    }
}
