using Microsoft.ML.OnnxRuntime;
using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Runtime;

/// <summary>A loaded encoder or reranker. Safe to call from several threads.</summary>
/// <remarks>A text is encoded alone, never beside others: its vector depends on nothing but the text.</remarks>
public sealed class OnnxEncoder : IDisposable
{
    private readonly InferenceSession _session;

    private OnnxEncoder(EncoderShape shape, InferenceSession session) => (Shape, _session) = (shape, session);

    /// <summary>The sizes of the encoder.</summary>
    public EncoderShape Shape { get; }

    /// <summary>Loads the graph of a folder that <see cref="EncoderImport"/> wrote.</summary>
    /// <param name="graphFolder">The folder.</param>
    /// <param name="threads">How many threads compute; at least 1.</param>
    /// <exception cref="WeightsUnusableException">The folder is incomplete, damaged, or of another version.</exception>
    public static OnnxEncoder Load(string graphFolder, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var manifest = EncoderManifest.Read(graphFolder);
        return new OnnxEncoder(manifest.Shape, OnnxSessions.Open(graphFolder, manifest.WeightBytes, threads));
    }

    /// <summary>Returns the embedding of a text: <see cref="EncoderShape.Hidden"/> components, L2 norm 1.</summary>
    /// <exception cref="ModelLimitException">The text has more tokens than the encoder reads.</exception>
    public float[] Embed(EncodedText text)
    {
        using var outputs = Run(text, EncoderGraph.Vectors);
        var vectors = outputs[0].GetTensorDataAsSpan<float>();
        var embedding = vectors[..Shape.Hidden].ToArray();
        if (Shape.Pooling == Pooling.Mean)
        {
            for (var token = 1; token < text.Tokens.Count; token++)
            {
                for (var index = 0; index < embedding.Length; index++)
                {
                    embedding[index] += vectors[(token * Shape.Hidden) + index];
                }
            }
        }

        // The norm of a sum is that of its mean but for the scale, which is taken away here.
        var norm = Math.Sqrt(embedding.Sum(component => (double)component * component));
        return [.. embedding.Select(component => norm > 0 ? (float)(component / norm) : component)];
    }

    /// <summary>Returns how well a text answers a question: greater is better, with no fixed range.</summary>
    /// <exception cref="InvalidOperationException">The encoder is no reranker.</exception>
    /// <exception cref="ModelLimitException">The pair has more tokens than the encoder reads.</exception>
    public float Score(EncodedText pair)
    {
        if (!Shape.HasScore)
        {
            throw new InvalidOperationException("This encoder has no classifier.");
        }

        using var outputs = Run(pair, EncoderGraph.Score);
        return outputs[0].GetTensorDataAsSpan<float>()[0];
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private IDisposableReadOnlyCollection<OrtValue> Run(EncodedText text, string output)
    {
        ArgumentNullException.ThrowIfNull(text);
        var count = text.Tokens.Count;
        if (count > Shape.TokensMax)
        {
            throw new ModelLimitException(ModelLimit.Context, count, Shape.TokensMax);
        }

        if (count == 0 || text.Types.Count != count
            || !IsBelow(text.Tokens, Shape.Vocabulary) || !IsBelow(text.Types, Shape.TokenTypes))
        {
            throw new ArgumentException("The tokenizer is not that of the encoder.", nameof(text));
        }

        using var tokens = Tensor(text.Tokens.Select(token => (long)token));
        using var positions = Tensor(Enumerable.Range(Shape.FirstPosition, count).Select(position => (long)position));
        using var types = Tensor(text.Types.Select(type => (long)type));
        using var options = new RunOptions();
        return _session.Run(
            options,
            [EncoderGraph.Tokens, EncoderGraph.Positions, EncoderGraph.Types],
            [tokens, positions, types],
            [output]);
    }

    private static bool IsBelow(IReadOnlyList<int> values, int limit) =>
        values.All(value => value >= 0 && value < limit);

    private static OrtValue Tensor(IEnumerable<long> values)
    {
        long[] all = [.. values];
        return OrtValue.CreateTensorValueFromMemory(all, [1, all.Length]);
    }
}
