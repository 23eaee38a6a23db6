using System.Globalization;
using System.Text.Json;
using Terroir.Bench.Processes;

namespace Terroir.Bench.Vectors;

/// <summary>hnswlib, compiled here for this processor (<c>-O3 -march=native</c>) from the headers in the npm package
/// hnswlib-node, with a filter in C++; M 16, efConstruction 128, a sweep of ef.</summary>
internal static class HnswPeer
{
    private const string Package = "hnswlib-node@3.0.0";
    private const string Source = "hnswlib.cpp";

    /// <summary>Measures it; nothing when it cannot be had, with the reason on the console.</summary>
    /// <param name="work">What is searched.</param>
    /// <param name="truths">What is right.</param>
    /// <param name="folder">Where the vectors are written for it.</param>
    /// <param name="cache">Where the graph may be kept for another run, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<List<VectorFigure>> MeasureAsync(
        VectorWork work,
        VectorTruths truths,
        WorkFolder folder,
        string? cache,
        CancellationToken cancellationToken)
    {
        string program;
        try
        {
            program = await CompileAsync(cache ?? folder.Path, cancellationToken);
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            await Report.WriteLineAsync($"hnswlib is left out: {error.Message}");
            return [];
        }

        work.Write(folder.Path);
        var names = new List<string>();
        foreach (var (truth, at) in truths.All.Select((truth, at) => (truth, at)))
        {
            truth.Filter.Write(folder.In($"filter{at}.bits"));
            names.Add(truth.Filter.Name);
        }

        var graph = Path.Combine(cache ?? folder.Path, $"{work.Name}.hnsw");
        var run = await ChildProcess.RunAsync(
            program,
            [folder.Path, graph, $"{work.Count}", $"{work.QueryCount}", $"{work.Dimensions}", $"{names.Count}"],
            cancellationToken);
        return [.. Read(run.Output, work, truths)];
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

    private static IEnumerable<VectorFigure> Read(string output, VectorWork work, VectorTruths truths)
    {
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var truth = truths.All[root.GetProperty("filter").GetInt32()];
            var rows = root.GetProperty("rows").EnumerateArray()
                .Select(query => query.EnumerateArray().Select(row => row.GetInt32()).ToArray())
                .ToArray();
            yield return new VectorFigure(
                "hnswlib",
                work.Name,
                truth.Filter.Name,
                $"ef {root.GetProperty("ef").GetInt32().ToString(CultureInfo.InvariantCulture)}",
                Math.Round(root.GetProperty("qps").GetDouble(), 1),
                Math.Round(Recall(rows, truth), 4),
                Ndcg: null,
                root.GetProperty("build").GetDouble(),
                root.GetProperty("bytes").GetDouble(),
                Ratio: null);
        }
    }

    // Under narrow filters it is asked fewer queries: the first of them.
    private static double Recall(int[][] rows, VectorTruth truth) =>
        truth with { Rows = truth.Rows[..rows.Length] } is var asked ? asked.Recall(rows) : 0;
}
