using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Terroir.Crash;

/// <summary>Kills <c>terroir model import</c> at drawn moments, and repeats it until the model is there: no model is
/// listed before it is whole, it is the model that an undisturbed import gives, and nothing else is left.</summary>
internal sealed class ImportKills
{
    /// <summary>An import that ends before it is killed is no kill; so often another is tried.</summary>
    private const int AttemptsPerKillMax = 4;

    /// <summary>The file that says that the graph was whole.</summary>
    private const string GraphMark = "graph.done";

    private const string Weights = "model.onnx.data";

    // Some 50 MB, so that it takes longer to write the model than to start the process.
    private static readonly MadeEncoder Encoder = new() { Hidden = 512, Inner = 2_048, Layers = 4 };

    private readonly KillFindings _findings = new();
    private readonly TerroirCommand _terroir;
    private readonly string _site;
    private readonly string _source;
    private readonly Random _random;

    private ImportKills(string terroir, string folder, int seed)
    {
        _terroir = new TerroirCommand(terroir, new Dictionary<string, string>(StringComparer.Ordinal), _findings);
        (_site, _source) = (Path.Combine(folder, "site"), Path.Combine(folder, "made"));
        _random = new Random(seed);
    }

    private string Models => Path.Combine(_site, "models");

    private string[] Import => ["model", "import", _source, "--precision", "8bit", "--data", _site];

    /// <summary>Runs everything.</summary>
    /// <param name="terroir">The command.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="kills">How often it is killed.</param>
    /// <param name="seed">Draws the moments.</param>
    /// <returns>The figures on one line, each problem on its own, and the exit code.</returns>
    public static async Task<(string Text, int ExitCode)> RunAsync(string terroir, string folder, int kills, int seed)
    {
        var loop = new ImportKills(terroir, folder, seed);
        return loop._findings.Describe(await loop.RunAsync(kills));
    }

    private async Task<string> RunAsync(int kills)
    {
        Encoder.Write(_source);
        await _terroir.RunAsync("init", "--data", _site);
        var started = Stopwatch.GetTimestamp();
        await _terroir.RunAsync(Import);
        var duration = Stopwatch.GetElapsedTime(started);
        var (id, expected) = (await ListAsync()).Single();
        CheckSources(expected);
        await CheckWholeAsync(id, expected);

        var (killCount, partCount, wholeCount) = (0, 0, 0);
        DateTime? graph = null;
        for (var attempt = 0; killCount < kills && attempt < kills * AttemptsPerKillMax; attempt++)
        {
            var isKilled = await _terroir.KillAsync(duration * _random.NextDouble(), Import);
            killCount += isKilled ? 1 : 0;
            if ((await ListAsync()).Count > 0)
            {
                CheckGraph(Path.Combine(Models, id), graph);
                wholeCount++;
                graph = null;

                // The import that was killed after its model had come ends with this one.
                await _terroir.RunAsync(Import);
                await CheckWholeAsync(id, expected);
                continue;
            }

            partCount += Directory.Exists(Staging(id)) ? 1 : 0;
            var (exitCode, _) = await _terroir.TryAsync("model", "verify", id, "--data", _site);
            _findings.Check(exitCode != 0, $"attempt {attempt}: a model that is not listed passes its check.");
            CheckGraph(Staging(id), graph);
            graph = File.Exists(Path.Combine(Staging(id), GraphMark)) ? WrittenAt(Staging(id)) : graph;
        }

        await _terroir.RunAsync(Import);
        CheckGraph(Path.Combine(Models, id), graph);
        await CheckWholeAsync(id, expected);
        _findings.Check(killCount == kills, $"only {killCount} of {kills} imports could be killed.");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{killCount} kills of an import, {partCount} with a part of a model and {wholeCount} followed by a "
            + $"whole one, {_findings.Count} problems");
    }

    private string Staging(string id) => Path.Combine(Models, $".import-{id}");

    private static DateTime WrittenAt(string folder) => File.GetLastWriteTimeUtc(Path.Combine(folder, Weights));

    // A graph that was whole is not written again.
    private void CheckGraph(string folder, DateTime? written) => _findings.Check(
        written is null || WrittenAt(folder) == written,
        "a graph that was whole was written again.");

    private void CheckSources(IReadOnlyList<FileOfModel> files)
    {
        var sources = files.Where(file => !file.IsKept).ToArray();
        _findings.Check(sources.Length >= 3, "the card does not name what the model was made of.");
        foreach (var file in sources)
        {
            _findings.Check(
                HashOf(Path.Combine(_source, file.Name)).Equals(file.Sha256, StringComparison.Ordinal),
                $"{file.Name} is not what the card says.");
        }
    }

    private async Task CheckWholeAsync(string id, IReadOnlyList<FileOfModel> expected)
    {
        var listed = await ListAsync();
        _findings.Check(
            listed is [var (found, files)]
                && string.Equals(found, id, StringComparison.Ordinal)
                && files.SequenceEqual(expected),
            $"the list holds {listed.Count} models, or another one.");
        await _terroir.RunAsync("model", "verify", "--data", _site);
        var kept = expected.Where(file => file.IsKept).Select(file => file.Name);
        var there = Directory.GetFileSystemEntries(Path.Combine(Models, id)).Select(Path.GetFileName);
        var wrong = there.Except(kept.Append("card.json").Append("card.dsse.json"), StringComparer.Ordinal).ToArray();
        _findings.Check(wrong.Length == 0, $"the model holds {string.Join(", ", wrong)} too.");
        foreach (var file in expected.Where(file => file.IsKept))
        {
            _findings.Check(
                HashOf(Path.Combine(Models, id, file.Name)).Equals(file.Sha256, StringComparison.Ordinal),
                $"{file.Name} is another file than that of an undisturbed import.");
        }

        await _terroir.RunAsync("model", "remove", id, "--data", _site);
        var left = Directory.GetFileSystemEntries(Models);
        _findings.Check(left.Length == 0, $"{string.Join(", ", left)} is left.");
    }

    private async Task<IReadOnlyList<(string Id, FileOfModel[] Files)>> ListAsync()
    {
        using var list = JsonDocument.Parse(await _terroir.RunAsync("model", "list", "--json", "--data", _site));
        return
        [
            .. list.RootElement.GetProperty("models").EnumerateArray().Select(model => (
                model.GetProperty("id").GetString()!,
                model.GetProperty("files").Deserialize<FileOfModel[]>(JsonSerializerOptions.Web)!)),
        ];
    }

    private static string HashOf(string path) => ContentHash.Of(File.ReadAllBytes(path)).Hex;

    private sealed record FileOfModel(string Name, string Sha256, long SizeBytes, bool IsKept);
}
