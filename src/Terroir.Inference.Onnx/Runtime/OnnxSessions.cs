using Microsoft.ML.OnnxRuntime;
using Terroir.Inference.Onnx.Graph;

namespace Terroir.Inference.Onnx.Runtime;

/// <summary>Opens the graph of a folder.</summary>
internal static class OnnxSessions
{
    /// <summary>Opens it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="weightBytes">The size of the weights that its manifest names.</param>
    /// <param name="threads">How many threads compute.</param>
    /// <exception cref="WeightsUnusableException">A file is absent or damaged.</exception>
    public static InferenceSession Open(string folder, long weightBytes, int threads)
    {
        var data = new FileInfo(Path.Combine(folder, GraphManifest.DataName));
        if (!data.Exists || data.Length != weightBytes)
        {
            throw new WeightsUnusableException(GraphManifest.DataName, WeightsProblem.GraphUnusable);
        }

        using var settings = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };

        // A thread that waits must not burn the energy of one that works.
        settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        ExecutionProviders.AddTo(settings);
        try
        {
            return new InferenceSession(Path.Combine(folder, GraphManifest.GraphName), settings);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new WeightsUnusableException(
                GraphManifest.GraphName,
                WeightsProblem.GraphUnusable,
                innerException: exception);
        }
    }
}
