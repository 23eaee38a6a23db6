using System.ComponentModel;
using System.Diagnostics;

namespace Terroir.Readers.Recognition;

/// <summary>Runs a program on bytes: they go in by standard input, its answer comes by standard output.</summary>
internal static class RecognitionProgram
{
    private const int BlockSize = 64 << 10;

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its answer; <see langword="null"/> if it failed, was ended, or answered more than it may.</returns>
    /// <exception cref="ReaderUnavailableException">It cannot be started.</exception>
    public static async Task<byte[]?> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        ReadOnlyMemory<byte> input,
        int answerMaxBytes,
        CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        try
        {
            var writing = WriteAsync(process, input, cancellationToken);
            var answer = await ReadAsync(process.StandardOutput.BaseStream, answerMaxBytes, cancellationToken);
            if (answer is null)
            {
                return null;
            }

            await writing;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? answer : null;
        }
        finally
        {
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
    // processor time, or with the reading process.
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
