using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Inference.Onnx.Runtime;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Graph;

/// <summary>Imports for tests.</summary>
internal static class Imported
{
    public static OnnxModel Load(
        IWeightSource source,
        TemporaryFolder folder,
        WeightPrecision precision = WeightPrecision.Full,
        int sequences = 1)
    {
        var graph = folder.Folder($"graph-{precision}");
        ModelImport.Write(
            source,
            graph,
            new ImportOptions { Precision = precision, QuantisedActivations = false },
            new Progress<ImportProgress>(),
            TestContext.Current.CancellationToken);
        return OnnxModel.Load(graph, new OnnxModelOptions { Threads = 1, Sequences = sequences });
    }

    public static int Greatest(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var index = 1; index < logits.Length; index++)
        {
            best = logits[index] > logits[best] ? index : best;
        }

        return best;
    }

    public static float Distance(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var distance = 0f;
        for (var index = 0; index < one.Length; index++)
        {
            distance = Math.Max(distance, Math.Abs(one[index] - other[index]));
        }

        return distance;
    }
}
