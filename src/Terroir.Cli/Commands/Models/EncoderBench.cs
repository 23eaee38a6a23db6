using System.Diagnostics;
using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Cli.Commands.Models;

/// <summary>Times an encoder or a reranker on one thread, as <see cref="ModelBench"/> does a language model.</summary>
internal static class EncoderBench
{
    private const int QueryTokensMax = 16;
    private const int PassageTokensMax = 256;
    private const int Repetitions = 3;
    private const int TextCount = 8;

    /// <summary>Measures; the best of a few repetitions counts.</summary>
    /// <param name="id">The model.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="cancellationToken">Stops between two texts.</param>
    public static EncoderBenchResponse Run(string id, string folder, CancellationToken cancellationToken)
    {
        using var encoder = OnnxEncoder.Load(folder, threads: 1);
        var queryTokens = Math.Min(QueryTokensMax, encoder.Shape.TokensMax);
        var passageTokens = Math.Min(PassageTokensMax, encoder.Shape.TokensMax);
        var queries = Rate(encoder, queryTokens, cancellationToken);
        var passages = Rate(encoder, passageTokens, cancellationToken);
        using var process = Process.GetCurrentProcess();
        return new EncoderBenchResponse(
            id,
            queryTokens,
            queries,
            passageTokens,
            passages,
            Directory.GetFiles(folder, "*.data").Sum(file => new FileInfo(file).Length),
            process.PeakWorkingSet64);
    }

    // Texts for each second of processor time.
    private static double Rate(OnnxEncoder encoder, int tokenCount, CancellationToken cancellationToken)
    {
        var text = new EncodedText(
            [.. Enumerable.Range(0, tokenCount).Select(index => index * 7 % encoder.Shape.Vocabulary)],
            [.. Enumerable.Repeat(0, tokenCount)]);
        var seconds = double.MaxValue;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            seconds = Math.Min(seconds, ModelBench.Measure(() =>
            {
                for (var count = 0; count < TextCount; count++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (encoder.Shape.HasScore)
                    {
                        encoder.Score(text);
                    }
                    else
                    {
                        encoder.Embed(text);
                    }
                }
            }));
        }

        return TextCount / seconds;
    }
}
