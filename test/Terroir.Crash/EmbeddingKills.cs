using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Terroir.Crash;

/// <summary>Kills <c>terroir sync</c> at drawn moments while it embeds a collection with an encoder: searches are
/// answered meanwhile, as before or as after; no document is lost; and at the end they find what a site finds that was
/// left alone.</summary>
internal sealed class EmbeddingKills
{
    private const string Source = "files";
    private const string Asker = "nadia";

    /// <summary>How many documents are made up, and of how many sections: more passages than one commit brings.
    /// </summary>
    private const int DocumentCount = 16;

    private const int SectionCount = 75;

    /// <summary>How many words a section has: as many as two passages.</summary>
    private const int SectionWordCount = 200;

    /// <summary>A synchronisation that ends before it is killed is no kill; so often another is tried.</summary>
    private const int AttemptsPerKillMax = 4;

    /// <summary>What takes no time again once all is embedded.</summary>
    private const double KnownShare = 0.7;

    /// <summary>A synchronisation that ended before it was killed shows that the moments must be drawn from less time.
    /// </summary>
    private const double QuieterShare = 0.8;

    /// <summary>One that brought no vector before it was killed shows that they must be drawn from more, for one
    /// because of the searches beside it.</summary>
    private const double BusierShare = 1.2;

    private static readonly MadeEncoder Encoder = new() { Hidden = 32, Inner = 64, Layers = 2 };

    private static readonly string[] Words =
    [
        "badge", "vaccin", "pharmacie", "horaire", "urgence", "patient", "dossier", "garde", "service", "hygiène",
        "consigne", "accueil", "formation", "planning", "ordonnance", "stérile", "livraison", "sauvegarde", "réseau",
        "congé", "contrat", "visite", "brancard", "chambre", "repas", "facture", "archive", "astreinte", "ambulance",
    ];

    private static readonly string[] Queries = ["badge vaccin ambulance", "sauvegarde du réseau et archive"];

    private readonly KillFindings _findings = new();
    private readonly string _path;
    private readonly string _folder;
    private readonly Random _random;
    private TerroirCommand _terroir;

    private EmbeddingKills(string terroir, string folder, int seed)
    {
        (_path, _folder) = (terroir, folder);
        _random = new Random(seed);
        _terroir = With(encoder: null);
    }

    /// <summary>Runs everything.</summary>
    /// <param name="terroir">The command.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="kills">How often it is killed.</param>
    /// <param name="seed">Draws the moments.</param>
    /// <returns>The figures on one line, each problem on its own, and the exit code.</returns>
    public static async Task<(string Text, int ExitCode)> RunAsync(
        string terroir,
        string folder,
        int kills,
        int seed)
    {
        var loop = new EmbeddingKills(terroir, folder, seed);
        return loop._findings.Describe(await loop.RunAsync(kills));
    }

    private async Task<string> RunAsync(int kills)
    {
        var (words, encoder) = await PrepareAsync();
        var documents = await SiteDocuments.ReadAsync(words, _findings);
        var before = await SearchAsync(words);
        _terroir = With(encoder);
        var alone = AddSite(words, "alone");
        var started = Stopwatch.GetTimestamp();
        await _terroir.RunAsync("sync", "--data", alone);
        var duration = Stopwatch.GetElapsedTime(started);
        var after = await SearchAsync(alone);
        var total = await EmbeddedAsync(alone);
        _findings.Check(total is { InForce: not null, Count: > 0 }, "the encoder is not in force undisturbed.");
        _findings.Check(!before.SequenceEqual(after, StringComparer.Ordinal), "the encoder changes no answer.");

        var killed = AddSite(words, "killed");
        var (killCount, partCount, siteCount, done) = (0, 0, 1, 0);
        for (var attempt = 0; killCount < kills && attempt < kills * AttemptsPerKillMax; attempt++)
        {
            // A search beside the process that is killed, and another after it.
            var left = 1 - (KnownShare * done / total.Count);
            var kill = _terroir.KillAsync(duration * left * Late(), "sync", "--data", killed);
            CheckAnswers(await SearchAsync(killed), before, after);
            var isKilled = await kill;
            CheckAnswers(await SearchAsync(killed), before, after);
            _findings.Check(
                documents.SetEquals(await SiteDocuments.ReadAsync(killed, _findings)),
                $"attempt {attempt}: the documents are others than before.");
            var state = await EmbeddedAsync(killed);
            _findings.Check(state.Count >= done, $"attempt {attempt}: {done - state.Count} vectors were lost.");
            killCount += isKilled ? 1 : 0;
            duration *= !isKilled ? QuieterShare : state.Count > done ? 1 : BusierShare;
            partCount += state.InForce is null && state.Count > 0 ? 1 : 0;
            done = state.Count;
            if (!isKilled || state.InForce is not null)
            {
                await CheckEndAsync(killed, after, total);
                Directory.Delete(killed, recursive: true);
                (killed, done) = (AddSite(words, $"killed-{siteCount++}"), 0);
            }
        }

        await CheckEndAsync(killed, after, total);
        _findings.Check(killCount == kills, $"only {killCount} of {kills} could be killed.");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{killCount} kills of the embedding of {total.Count} passages, {partCount} with a part of the vectors, "
            + $"{siteCount} sites, {_findings.Count} problems");
    }

    // Vectors come last, and the first of them are committed late.
    private double Late() => Math.Sqrt(_random.NextDouble());

    private TerroirCommand With(string? encoder)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TERROIR__RECOGNITION__ENABLED"] = "false",
        };
        if (encoder is not null)
        {
            settings["TERROIR__MODELS__ENCODER"] = encoder;
        }

        return new TerroirCommand(_path, settings, _findings);
    }

    // A site whose documents are found by their words, with an encoder that it does not use yet.
    private async Task<(string Site, string Encoder)> PrepareAsync()
    {
        var files = Path.Combine(_folder, "files");
        Directory.CreateDirectory(files);
        await File.WriteAllTextAsync(
            Path.Combine(files, "permissions.yaml"),
            "allow: [everyone]\n",
            CancellationToken.None);
        for (var document = 0; document < DocumentCount; document++)
        {
            await File.WriteAllTextAsync(Path.Combine(files, $"{document:00}.md"), Draw(), CancellationToken.None);
        }

        var made = Path.Combine(_folder, "made");
        Encoder.Write(made);
        var site = Path.Combine(_folder, "words");
        await _terroir.RunAsync("init", "--data", site);
        await File.WriteAllTextAsync(
            Path.Combine(site, "directory.yaml"),
            $"groups: []\nusers:\n  - {{ id: {Asker}, name: {Asker} }}\n",
            CancellationToken.None);
        await _terroir.RunAsync("source", "add", Source, files, "--data", site);
        await _terroir.RunAsync("sync", "--data", site);
        var imported = await _terroir.RunAsync("model", "import", made, "--json", "--data", site);
        using var card = JsonDocument.Parse(imported);
        return (site, card.RootElement.GetProperty("id").GetString()!);
    }

    private string Draw()
    {
        var text = new StringBuilder();
        for (var section = 0; section < SectionCount; section++)
        {
            var words = _random.GetItems(Words, SectionWordCount);
            text.Append(CultureInfo.InvariantCulture, $"## {words[0]} {section}\n\n{string.Join(' ', words)}.\n\n");
        }

        return text.ToString();
    }

    private string AddSite(string words, string name)
    {
        var site = Path.Combine(_folder, name);
        FolderCopy.Make(words, site);
        return site;
    }

    private async Task CheckEndAsync(string site, string[] after, (string? InForce, int Count) total)
    {
        await _terroir.RunAsync("sync", "--data", site);
        _findings.Check(await EmbeddedAsync(site) == total, "the vectors at the end are others than undisturbed.");
        var found = await SearchAsync(site);
        _findings.Check(
            found.SequenceEqual(after, StringComparer.Ordinal),
            "a search at the end finds something else than undisturbed.");
        await _terroir.RunAsync("verify-store", "--data", site);
    }

    // Each search pins one generation: it has all vectors, or none.
    private void CheckAnswers(string[] found, string[] before, string[] after)
    {
        for (var query = 0; query < Queries.Length; query++)
        {
            _findings.Check(
                found[query].Equals(before[query], StringComparison.Ordinal)
                    || found[query].Equals(after[query], StringComparison.Ordinal),
                $"'{Queries[query]}' found neither what it finds by words nor what it finds with the encoder.");
        }
    }

    private async Task<string[]> SearchAsync(string site)
    {
        var found = new List<string>();
        foreach (var query in Queries)
        {
            var output = await _terroir.RunAsync("search", query, "--as", Asker, "--json", "--data", site);
            using var response = JsonDocument.Parse(output);
            found.Add(response.RootElement.GetProperty("hits").GetRawText());
        }

        return [.. found];
    }

    private async Task<(string? InForce, int Count)> EmbeddedAsync(string site)
    {
        using var status = JsonDocument.Parse(await _terroir.RunAsync("status", "--json", "--data", site));
        var vectors = status.RootElement.GetProperty("collections").EnumerateArray().Single().GetProperty("vectors");
        var inForce = vectors.TryGetProperty("inForce", out var id) ? id.GetString() : null;
        return (inForce, vectors.GetProperty("embeddedCount").GetInt32());
    }
}
