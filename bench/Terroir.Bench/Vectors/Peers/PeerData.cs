using System.Text.Json;

namespace Terroir.Bench.Vectors.Peers;

/// <summary>What peers in other processes read, and what they print.</summary>
internal static class PeerData
{
    /// <summary>Writes the vectors, queries and filters.</summary>
    /// <returns>What follows the folder in a peer's arguments.</returns>
    public static string[] Write(VectorWork work, VectorTruths truths, string folder)
    {
        work.Write(folder);
        foreach (var (at, truth) in truths.All.Index())
        {
            truth.Filter.Write(Path.Combine(folder, $"filter{at}.bits"));
        }

        return [$"{work.Count}", $"{work.QueryCount}", $"{work.Dimensions}", $"{truths.All.Count}"];
    }

    /// <summary>Reads a JSON object a line: filter, setting, speed, what it found.</summary>
    public static IEnumerable<VectorFigure> Read(string output, string engine, VectorWork work, VectorTruths truths)
    {
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var rows = root.GetProperty("rows").EnumerateArray()
                .Select(query => query.EnumerateArray().Select(row => row.GetInt32()).ToArray())
                .ToArray();
            yield return Figure(
                engine,
                work,
                truths.All[root.GetProperty("filter").GetInt32()],
                root.GetProperty("setting").GetString()!,
                root.GetProperty("qps").GetDouble(),
                rows) with
            {
                BuildCpuSeconds = root.GetProperty("build").GetDouble(),
                ResidentBytesPerVector = root.TryGetProperty("bytes", out var bytes) ? bytes.GetDouble() : null,
            };
        }
    }

    /// <summary>A measurement of a peer that was asked the first queries.</summary>
    public static VectorFigure Figure(
        string engine,
        VectorWork work,
        VectorTruth truth,
        string setting,
        double qps,
        int[][] rows) => new(
            engine,
            work.Name,
            truth.Filter.Name,
            setting,
            Math.Round(qps, 1),
            Math.Round((truth with { Rows = truth.Rows[..rows.Length] }).Recall(rows), 4),
            Ndcg: null,
            BuildCpuSeconds: null,
            ResidentBytesPerVector: null,
            Ratio: null);
}
