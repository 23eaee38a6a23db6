using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Terroir.Acceptance.Tests;

/// <summary>The verbs on a small site, one after the other, as an operator would run them.</summary>
public sealed class CommandTests : IDisposable
{
    private static readonly Dictionary<string, string?> NoVariables = new(StringComparer.Ordinal);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(2)]
    [InlineData(2, "no-such-verb")]
    [InlineData(2, "search", "words")]
    [InlineData(2, "gc", "--grace", "-1")]
    [InlineData(2, "serve", "--url", "nonsense")]
    [InlineData(2, "serve", "--url", "https://127.0.0.1:5443")]
    [InlineData(2, "completion", "csh")]
    [InlineData(1, "status", "--data", "/nonexistent")]
    [InlineData(3, "extract", "/nonexistent")]
    [InlineData(0, "ask", "--help")]
    [InlineData(0, "--version")]
    public async Task The_exit_code_tells_what_happened(int expected, params string[] arguments) =>
        Assert.Equal(expected, (await TerroirCommand.RunAsync(arguments)).Exit);

    [Fact]
    public async Task An_operator_creates_a_site_reads_a_folder_and_asks()
    {
        await CreateAsync();

        var (exit, output, _) = await RunAsync("ask", "Où se retire le badge ?", "--as", "anna");
        var (refused, _, error) = await RunAsync("ask", "Où se retire le badge ?", "--as", "nobody");

        Assert.Equal(0, exit);
        Assert.Contains("poste de sécurité", output, StringComparison.Ordinal);
        Assert.Contains("badges.md, version ", output, StringComparison.Ordinal);
        Assert.Equal(3, refused);
        Assert.Contains("terroir user list", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judged_questions_tell_what_meaning_should_count_in_a_collection()
    {
        await CreateAsync();
        var judged = Directory.CreateDirectory(Path.Combine(_folder.FullName, "judged")).FullName;
        await WriteAsync(Path.Combine(judged, "queries.jsonl"), """{"id":"q1","text":"badge provisoire"}""");
        await WriteAsync(Path.Combine(judged, "qrels.tsv"), "q1\tbadges.md\t1\n");

        var (exit, output, error) = await RunAsync(
            "eval", judged, "--collection", "documents", "--as", "anna", "--json");
        var (refused, _, _) = await RunAsync("eval", judged, "--collection", "documents", "--as", "nobody");

        Assert.True(exit == 0, error);
        Assert.Equal(1, Parse(output).GetProperty("ndcg@10").GetDouble());
        Assert.Equal(1, Parse(output).GetProperty("ndcg@10TextOnly").GetDouble());
        Assert.Equal(0, Parse(output).GetProperty("meaningWeight").GetDouble());
        Assert.Equal(3, refused);
    }

    [Theory]
    [InlineData("'sync'", "syc")]
    [InlineData("'list'", "source", "lits")]
    [InlineData("'--as'", "ask", "Qui ?", "--sa", "anna")]
    public async Task A_slip_of_the_fingers_is_told_what_it_was_meant_to_be(string meant, params string[] arguments)
    {
        var (exit, _, error) = await TerroirCommand.RunAsync(arguments);

        Assert.Equal(2, exit);
        Assert.Contains($"Did you mean {meant}?", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_speaks_english_whatever_the_language_of_the_shell()
    {
        var french = new Dictionary<string, string?>(StringComparer.Ordinal) { ["LC_ALL"] = "fr_FR.UTF-8" };

        Assert.Equal(
            await TerroirCommand.RunAsync(["ask", "--help"], NoVariables),
            await TerroirCommand.RunAsync(["ask", "--help"], french));
    }

    [Theory]
    [InlineData("terroir sourc", "source")]
    [InlineData("terroir source add --perm", "--permissions")]
    [InlineData("/opt/terroir/terroir source add rh /srv/rh --permissions ", "posix")]
    public async Task A_shell_is_told_how_a_line_can_go_on(string line, string expected)
    {
        var (_, output, _) = await TerroirCommand.RunAsync(
            "complete",
            line.Length.ToString(System.Globalization.CultureInfo.InvariantCulture),
            line);

        Assert.Contains(expected, output.Split('\n', StringSplitOptions.TrimEntries), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_source_is_not_replaced_by_another_of_its_name()
    {
        await CreateAsync();
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, "other")).FullName;

        var (same, _, _) = await RunAsync("source", "add", "source", Path.Combine(_folder.FullName, "source"));
        var (other, _, error) = await RunAsync("source", "add", "source", folder);
        var (unknown, _, _) = await RunAsync("sync", "nowhere");

        Assert.Equal(0, same);
        Assert.Equal(3, other);
        Assert.Contains("terroir source remove source", error, StringComparison.Ordinal);
        Assert.Equal(3, unknown);
    }

    [Fact]
    public async Task A_deleted_file_stops_answering_at_the_next_question()
    {
        await CreateAsync();
        File.Delete(Path.Combine(_folder.FullName, "source", "badges.md"));

        var (synchronised, _, _) = await RunAsync("sync", "--accept-loss");
        var (_, output, _) = await RunAsync("search", "badge", "--as", "anna", "--json");

        Assert.Equal(0, synchronised);
        Assert.Equal(0, Parse(output).GetProperty("hits").GetArrayLength());
    }

    [Fact]
    public async Task The_status_tells_how_good_the_documents_are()
    {
        await CreateAsync();

        var collection = Parse((await RunAsync("status", "--json")).Output).GetProperty("collections")[0];
        var (_, text, _) = await RunAsync("status");
        var report = Parse((await RunAsync("quality", "--json")).Output).GetProperty("collections")[0];

        var counts = collection.GetProperty("grades").GetProperty("counts").EnumerateArray()
            .Select(count => count.GetInt32()).ToArray();
        Assert.Equal(collection.GetProperty("documents").GetInt32(), counts.Sum());
        Assert.Equal(report.GetProperty("overall").EnumerateArray().Select(count => count.GetInt32()), counts);
        Assert.Contains($"quality: A {counts[0]}, B {counts[1]}, C {counts[2]}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_takes_signs_suggests_words_and_explains_itself()
    {
        await CreateAsync();

        var (_, signs, _) = await RunAsync("search", "badge type:pdf", "--as", "anna", "--json");
        var (_, suggested, _) = await RunAsync("search", "bagde", "--as", "anna");
        var (_, explained, _) = await RunAsync("search", "badge", "--as", "anna", "--explain");

        Assert.Equal(0, Parse(signs).GetProperty("hits").GetArrayLength());
        Assert.Contains("Did you mean: badge", suggested, StringComparison.Ordinal);
        Assert.Contains("fr:badg", explained, StringComparison.Ordinal);
        Assert.Contains("document +", explained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_listed_with_what_to_do_and_taken_up_again()
    {
        await CreateAsync();
        var whole = Path.Combine(
            Repository.Root, "samples", "chu-valmont", "documents", "soins", "archivage-dossiers-v3.docx");
        var broken = Path.Combine(_folder.FullName, "source", "notice.docx");
        var bytes = await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(broken, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);

        await RunAsync("sync");
        var quarantine = Parse((await RunAsync("status", "--json")).Output).GetProperty("quarantine");
        var french = (await RunAsync("status", "--language", "fr")).Output;
        File.Copy(whole, broken, overwrite: true);
        await RunAsync("retry");
        var after = Parse((await RunAsync("status", "--json")).Output).GetProperty("quarantine");

        Assert.Equal("notice.docx", quarantine[0].GetProperty("path").GetString());
        Assert.StartsWith(
            "The file is damaged",
            quarantine[0].GetProperty("advice").GetString(),
            StringComparison.Ordinal);
        Assert.Equal("fileDamaged", quarantine[0].GetProperty("remarks")[0].GetProperty("code").GetString());
        Assert.Contains("notice.docx: fichier abîmé", french, StringComparison.Ordinal);
        Assert.Contains("Le fichier est abîmé", french, StringComparison.Ordinal);
        Assert.Equal(0, after.GetArrayLength());
    }

    [Fact]
    public async Task A_backup_is_restored_to_another_place_and_answers_there()
    {
        await CreateAsync();
        var (backup, copy) = (Path.Combine(_folder.FullName, "backup"), Path.Combine(_folder.FullName, "copy"));

        await RunAsync("backup", backup);
        var (refused, _, reason) = await TerroirCommand.RunAsync("restore", backup, "--data", copy);
        var (restored, _, error) = await TerroirCommand.RunAsync(
            "restore", backup, "--data", copy, "--master-key", Path.Combine(Site, "keys", "master.key"));
        var (_, output, _) = await TerroirCommand.RunAsync(
            "search", "badge", "--as", "anna", "--json", "--data", copy);
        var (again, _, _) = await TerroirCommand.RunAsync("restore", backup, "--data", copy);

        Assert.Equal(3, refused);
        Assert.Contains("--master-key", reason, StringComparison.Ordinal);
        Assert.True(restored == 0, error);
        Assert.NotEqual(0, Parse(output).GetProperty("hits").GetArrayLength());
        Assert.Equal(3, again);
        Assert.Empty(SecretsIn(backup));
    }

    [Fact]
    public async Task The_master_key_is_rotated_and_what_was_sealed_still_opens()
    {
        await CreateAsync();
        var before = (await RunAsync("search", "badge", "--as", "anna", "--json")).Output;
        var file = Path.Combine(Site, "keys", "master.key");
        var old = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        var (master, _, error) = await RunAsync("key", "rotate");
        var (collection, _, _) = await RunAsync("key", "rotate", "documents");
        var (unknown, _, _) = await RunAsync("key", "rotate", "nowhere");
        var (_, shown, _) = await RunAsync("key", "show", "--json");

        Assert.True(master == 0, error);
        Assert.Equal(0, collection);
        Assert.Equal(3, unknown);
        Assert.NotEqual(
            old,
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
            StringComparer.Ordinal);
        var uses = Parse(shown).GetProperty("keys").EnumerateArray()
            .Where(key => key.GetProperty("collection").GetString() is "documents")
            .Select(key => key.GetProperty("use").GetString()!)
            .Order(StringComparer.Ordinal);
        Assert.Equal("documents documents objects objects", string.Join(' ', uses));
        Assert.Equal(before, (await RunAsync("search", "badge", "--as", "anna", "--json")).Output);
        Assert.Equal(0, (await RunAsync("verify-store")).Exit);
    }

    [Fact]
    public async Task Keys_are_exported_and_imported_under_a_passphrase_of_the_site()
    {
        await CreateAsync();
        var before = (await RunAsync("search", "badge", "--as", "anna", "--json")).Output;
        var export = Path.Combine(_folder.FullName, "keys.json");
        var transport = await WritePassphraseAsync("transport", "à travers bois");
        var own = await WritePassphraseAsync("own", "une phrase assez longue");

        var (exported, _, error) = await RunAsync("key", "export", export, "--passphrase", transport);
        await File.AppendAllTextAsync(
            Path.Combine(Site, "terroir.yaml"),
            $"protection:\n  passphrase: file:{own}\n",
            TestContext.Current.CancellationToken);
        var (locked, _, reason) = await RunAsync("search", "badge", "--as", "anna");
        var (wrong, _, _) = await RunAsync("key", "import", export, "--passphrase", own);
        var (imported, _, _) = await RunAsync("key", "import", export, "--passphrase", transport);

        Assert.True(exported == 0, error);
        Assert.NotEqual(0, locked);
        Assert.Contains("TER5004", reason, StringComparison.Ordinal);
        Assert.Equal(3, wrong);
        Assert.Equal(0, imported);
        Assert.Equal(before, (await RunAsync("search", "badge", "--as", "anna", "--json")).Output);
    }

    [Fact]
    public async Task A_lost_metastore_is_rebuilt_and_the_store_is_clean()
    {
        await CreateAsync();
        var before = (await RunAsync("search", "badge", "--as", "anna", "--json")).Output;
        foreach (var file in Directory.GetFiles(Site, "metastore.db*"))
        {
            File.Delete(file);
        }

        var (rebuilt, _, error) = await RunAsync("rebuild");
        await RunAsync("gc", "--grace", "0");
        var (verified, _, problems) = await RunAsync("verify-store");

        Assert.True(rebuilt == 0, error);
        Assert.True(verified == 0, problems);
        Assert.Equal(before, (await RunAsync("search", "badge", "--as", "anna", "--json")).Output);
    }

    [Fact]
    public async Task The_environment_comes_before_the_file_and_the_command_says_so()
    {
        await CreateAsync();

        var (_, output, _) = await TerroirCommand.RunAsync(
            ["config", "show", "--origin", "--json", "--data", Site],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["TERROIR__SERVER__DEMO"] = "true" });
        var setting = Parse(output).GetProperty("settings").EnumerateArray()
            .Single(item => item.GetProperty("key").ValueEquals("Terroir:Server:Demo"));
        var (refused, _, error) = await TerroirCommand.RunAsync(
            ["config", "show", "--data", Site],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["TERROIR__SERVR__DEMO"] = "true" });

        Assert.Equal("true", setting.GetProperty("value").GetString());
        Assert.Equal("environment TERROIR__SERVER__DEMO", setting.GetProperty("origin").GetString());
        Assert.Equal(1, refused);
        Assert.Contains("TERROIR__SERVR__DEMO", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_model_server_the_site_answers_with_a_notice_and_the_doctor_says_why()
    {
        await CreateAsync();
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var closed = ((IPEndPoint)port.LocalEndpoint).Port;
        port.Stop();
        await File.AppendAllTextAsync(
            Path.Combine(Site, "terroir.yaml"),
            $"models:\n  endpoint: http://127.0.0.1:{closed}/v1\n  model: petit\n",
            TestContext.Current.CancellationToken);

        var (_, answer, log) = await RunAsync("ask", "Où se retire le badge provisoire ?", "--as", "anna", "--json");
        var (exit, output, _) = await RunAsync("doctor", "--json");
        var finding = Parse(output).GetProperty("findings").EnumerateArray()
            .Single(item => item.GetProperty("name").ValueEquals("model"));

        Assert.Equal("extractive", Parse(answer).GetProperty("provider").GetString());
        Assert.StartsWith(
            "Le modèle n'a pas pu répondre",
            Parse(answer).GetProperty("notices")[0].GetString(),
            StringComparison.Ordinal);
        Assert.Contains("Unreachable", log, StringComparison.Ordinal);
        Assert.DoesNotContain("badge", log, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, exit);
        Assert.Equal("warning", finding.GetProperty("level").GetString());
        Assert.Contains($":{closed}/v1", finding.GetProperty("fact").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_server_of_another_host_is_not_asked_until_it_is_allowed_by_name()
    {
        await CreateAsync();
        await File.AppendAllTextAsync(
            Path.Combine(Site, "terroir.yaml"),
            "models:\n  endpoint: http://192.0.2.7/v1\n  model: petit\n",
            TestContext.Current.CancellationToken);

        var (exit, _, error) = await RunAsync("ask", "Où se retire le badge provisoire ?", "--as", "anna");

        Assert.Equal(1, exit);
        Assert.Contains("add '192.0.2.7' to Terroir:Models:AllowedHosts", error, StringComparison.Ordinal);
    }

    private string Site => Path.Combine(_folder.FullName, "site");

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments) =>
        TerroirCommand.RunAsync([.. arguments, "--data", Site], NoVariables);

    // The text of every secret of the site, looked for in every file of a backup.
    private string[] SecretsIn(string backup)
    {
        string[] secrets =
        [
            .. new[] { "site.key", "master.key" }
                .Select(name => File.ReadAllText(Path.Combine(Site, "keys", name))),
        ];
        return
        [
            .. Directory.GetFiles(backup, "*", SearchOption.AllDirectories)
                .Where(path => secrets.Any(secret =>
                    File.ReadAllText(path).Contains(secret, StringComparison.OrdinalIgnoreCase))),
        ];
    }

    private async Task<string> WritePassphraseAsync(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        await WriteAsync(path, text);
        return path;
    }

    private async Task CreateAsync()
    {
        var source = Directory.CreateDirectory(Path.Combine(_folder.FullName, "source")).FullName;
        await WriteAsync(Path.Combine(source, "permissions.yaml"), "allow: [everyone]\n");
        await WriteAsync(
            Path.Combine(source, "badges.md"),
            "# Badges\n\nLe badge provisoire se retire au poste de sécurité du rez-de-chaussée.\n");
        Assert.Equal(0, (await RunAsync("init")).Exit);
        await WriteAsync(
            Path.Combine(Site, "directory.yaml"),
            "groups: []\nusers:\n  - id: anna\n    name: Anna\n");
        Assert.Equal(0, (await RunAsync("source", "add", "source", source)).Exit);
        Assert.Equal(0, (await RunAsync("sync")).Exit);
    }

    private static Task WriteAsync(string path, string text) =>
        File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
}
