using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Cli.Commands.Models;

/// <summary>Times a model on one thread, by the processor time of this process, so that a busy machine does not change
/// the figures much.</summary>
internal static class ModelBench
{
    private const int PromptTokensMax = 128;
    private const int DecodeTokensMax = 64;
    private const int ContextMax = 2 * (PromptTokensMax + DecodeTokensMax);
    private const int Repetitions = 3;
    private const int StreamBytes = 256 << 20;

    /// <summary>Measures; the best of a few repetitions counts.</summary>
    /// <param name="id">The model.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="cancellationToken">Stops between two tokens.</param>
    public static ModelBenchResponse Run(string id, string folder, CancellationToken cancellationToken)
    {
        using var model = OnnxModel.Load(folder, new OnnxModelOptions { Threads = 1, Context = ContextMax });
        var promptCount = Math.Min(PromptTokensMax, model.Context / 2);
        var decodeCount = Math.Min(DecodeTokensMax, model.Context - promptCount - 1);
        int[] prompt = [.. Enumerable.Range(0, promptCount).Select(index => index * 7 % model.Shape.Vocabulary)];
        var promptSeconds = double.MaxValue;
        var decodeSeconds = double.MaxValue;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            model.Rewind(0, 0);
            promptSeconds = Math.Min(
                promptSeconds,
                Measure(() => model.Prefill(0, prompt, cancellationToken)));
            decodeSeconds = Math.Min(
                decodeSeconds,
                Measure(() =>
                {
                    for (var token = 0; token < decodeCount; token++)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        model.Step(0, prompt[token % prompt.Length]);
                    }
                }));
        }

        // Before the stream is measured, which takes memory of its own.
        using var process = Process.GetCurrentProcess();
        var peak = process.PeakWorkingSet64;
        var weights = Directory.GetFiles(folder, "*.data").Sum(file => new FileInfo(file).Length);
        var stream = MeasureStream();
        return new ModelBenchResponse(
            id,
            promptCount,
            promptCount / promptSeconds,
            decodeCount,
            decodeCount / decodeSeconds,
            weights,
            peak,
            stream,
            weights * (decodeCount / decodeSeconds) / stream);
    }

    /// <summary>The processor time of some work of this process, in seconds.</summary>
    internal static double Measure(Action work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        work();
        process.Refresh();

        // The clock of the processor time may not have moved for a tiny model.
        return Math.Max((process.TotalProcessorTime - before).TotalSeconds, 1e-6);
    }

    /// <summary>Reads memory from end to end; bytes a second of processor time.</summary>
    private static double MeasureStream()
    {
        var memory = new ulong[StreamBytes / sizeof(ulong)];
        Array.Fill(memory, 1UL);
        var seconds = double.MaxValue;
        ulong sum = 0;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            seconds = Math.Min(seconds, Measure(() => sum += Sum(memory)));
        }

        return sum == 0 ? 0 : StreamBytes / seconds;
    }

    private static ulong Sum(ulong[] memory)
    {
        var vectors = MemoryMarshal.Cast<ulong, Vector<ulong>>(memory);
        Vector<ulong> first = default, second = default, third = default, fourth = default;
        for (var index = 0; index + 3 < vectors.Length; index += 4)
        {
            first += vectors[index];
            second += vectors[index + 1];
            third += vectors[index + 2];
            fourth += vectors[index + 3];
        }

        return Vector.Sum(first + second + third + fourth);
    }
}
