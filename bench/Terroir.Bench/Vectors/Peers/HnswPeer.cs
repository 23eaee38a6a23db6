using Terroir.Bench.Processes;

namespace Terroir.Bench.Vectors.Peers;

/// <summary>hnswlib, compiled here for this processor (<c>-O3 -march=native</c>) from the headers in the npm package
/// hnswlib-node, with a filter in C++; M 16, efConstruction 128, a sweep of ef.</summary>
internal static class HnswPeer
{
    /// <summary>Its name.</summary>
    public const string Engine = "hnswlib";

    private const string Package = "hnswlib-node@3.0.0";
    private const string Source = "hnswlib.cpp";

    /// <summary>Compiles and measures it.</summary>
    /// <param name="work">What is searched.</param>
    /// <param name="truths">What is right.</param>
    /// <param name="folder">Where the vectors are written for it.</param>
    /// <param name="cache">Where the graph may be kept for another run, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidOperationException">It cannot be fetched or compiled.</exception>
    public static async Task<IReadOnlyList<VectorFigure>> MeasureAsync(
        VectorWork work,
        VectorTruths truths,
        WorkFolder folder,
        string? cache,
        CancellationToken cancellationToken)
    {
        var program = await CompileAsync(cache ?? folder.Path, cancellationToken);
        var sizes = PeerData.Write(work, truths, folder.Path);
        var graph = Path.Combine(cache ?? folder.Path, $"{work.Name}.hnsw");
        var run = await ChildProcess.RunAsync(program, [folder.Path, graph, .. sizes], cancellationToken);
        return [.. PeerData.Read(run.Output, Engine, work, truths)];
    }

    /// <summary>The speed at a recall, between two settings by the logarithm of the speed; at the ends the nearest
    /// setting.</summary>
    public static (double Qps, double Recall) At(IReadOnlyList<VectorFigure> sweep, double recall)
    {
        var byRecall = sweep.OrderBy(figure => figure.Recall).ToArray();
        var above = Array.FindIndex(byRecall, figure => figure.Recall >= recall);
        if (above <= 0)
        {
            var end = above < 0 ? byRecall[^1] : byRecall[0];
            return (end.QpsCpu, end.Recall);
        }

        var (low, high) = (byRecall[above - 1], byRecall[above]);
        var share = (recall - low.Recall) / (high.Recall - low.Recall);
        return (Math.Exp(double.Lerp(Math.Log(low.QpsCpu), Math.Log(high.QpsCpu), share)), recall);
    }

    private static async Task<string> CompileAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var program = Path.Combine(folder, "hnswlib-peer");
        if (File.Exists(program))
        {
            return program;
        }

        await ChildProcess.RunAsync(
            "npm",
            ["pack", Package, "--pack-destination", folder],
            cancellationToken);
        await ChildProcess.RunAsync(
            "tar",
            ["xzf", Path.Combine(folder, "hnswlib-node-3.0.0.tgz"), "-C", folder],
            cancellationToken);
        var source = Path.Combine(AppContext.BaseDirectory, Source);
        await ChildProcess.RunAsync(
            "g++",
            ["-O3", "-march=native", "-std=c++17", "-I", Path.Combine(folder, "package", "src"), source, "-o", program],
            cancellationToken);
        return program;
    }
}
