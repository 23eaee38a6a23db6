using System.Text.Json;

namespace Terroir.Acceptance.Tests;

/// <summary>An erasure as an operator runs it, with backups from before it.</summary>
public sealed class ErasureCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Site => Path.Combine(_folder.FullName, "site");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_restored_backup_does_not_bring_back_what_was_erased_after_it()
    {
        await FillAsync();
        await ConverseAsync();
        var (away, atHand, back) = (In("away"), In("hand"), In("back"));
        await RunAsync("backup", away);
        await RunAsync("backup", atHand);

        await RunAsync("erase", "--document", "dossiers:sujetzqx.md", "--yes", "--backup", atHand, "-o", In("c.json"));

        Assert.Contains("is proven", await RunAsync("verify", In("c.json")), StringComparison.Ordinal);
        Assert.Empty(FilesWith(Site, "sujetzqx"));
        Assert.Equal(["tierszqx"], await FoundAsync(Site));
        Assert.Equal([Question("tierszqx")], await ConversationsAsync(Site));

        // The keys of the backup do not open with the master key of after.
        var key = Path.Combine(Site, "keys", "master.key");
        var refused = await TerroirCommand.RunAsync("restore", away, "--master-key", key, "--data", back);
        Assert.Equal(3, refused.Exit);

        await RunInAsync(back, "restore", away, "--keys", Site, "--master-key", key);
        Assert.Equal(["tierszqx"], await FoundAsync(back));
        Assert.Empty(FilesWith(back, "sujetzqx"));

        // Those of before the erasure are closed, for all: among them may be what its person deleted since.
        Assert.Empty(await ConversationsAsync(back));
        Assert.Contains("0 problems", await RunInAsync(back, "verify-store"), StringComparison.Ordinal);

        var other = In("other");
        await RunInAsync(other, "restore", atHand, "--master-key", key);
        Assert.Equal(["tierszqx"], await FoundAsync(other));
        Assert.Equal([Question("tierszqx")], await ConversationsAsync(other));
    }

    [Fact]
    public async Task A_backup_without_seals_is_cleaned_when_it_is_restored()
    {
        await FillAsync("protection:\n  encryption: false\n");
        await ConverseAsync();
        var (away, back) = (In("away"), In("back"));
        await RunAsync("backup", away);
        await RunAsync("erase", "--document", "dossiers:sujetzqx.md", "--yes", "-o", In("c.json"));
        Assert.NotEmpty(FilesWith(away, "sujetzqx"));

        var key = Path.Combine(Site, "keys", "master.key");
        await RunInAsync(back, "restore", away, "--keys", Site, "--master-key", key);

        Assert.Empty(FilesWith(back, "sujetzqx"));
        Assert.Equal(["tierszqx"], await FoundAsync(back));
        Assert.Equal([Question("tierszqx")], await ConversationsAsync(back));
    }

    [Fact]
    public async Task A_hold_refuses_with_a_code_of_its_own_and_a_slip_is_no_erasure()
    {
        await FillAsync();
        await RunAsync("hold", "place", "--document", "dossiers:sujetzqx.md", "--reason", "affaire 12");

        var held = await TerroirCommand.RunAsync(
            "erase", "--document", "dossiers:sujetzqx.md", "--yes", "--data", Site);
        var slip = await TerroirCommand.RunAsync("erase", "--document", "dossiers:none.md", "--yes", "--data", Site);

        Assert.Equal((4, 3), (held.Exit, slip.Exit));
        Assert.StartsWith("TER7002", held.Error, StringComparison.Ordinal);
        Assert.Equal(["sujetzqx", "tierszqx"], await FoundAsync(Site));
    }

    [Fact]
    public async Task What_a_person_is_named_in_is_exported_without_the_data_of_others()
    {
        await FillAsync();
        await File.WriteAllTextAsync(
            Path.Combine(In("files"), "martin.md"),
            "# Visite\n\nMme Élise Martin est venue avec M. Paul Durand, tél. 01 42 34 56 78.\n",
            Stop);
        await RunAsync("sync");

        await RunAsync("subject", "export", "Elise Martin", "-o", In("export"), "--redact-others");

        var file = Assert.Single(Directory.GetFiles(Path.Combine(In("export"), "documents")));
        var text = JsonDocument.Parse(await File.ReadAllTextAsync(file, Stop))
            .RootElement.GetProperty("text").GetString()!;
        Assert.Contains("Élise Martin", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Durand", text, StringComparison.Ordinal);
        Assert.DoesNotContain("01 42 34 56 78", text, StringComparison.Ordinal);
        Assert.Contains("registre", await RunAsync("register", "--language", "fr"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            "subject.exported: 1",
            await RunAsync("breach", "--from", "2020-01-01", "--to", "2100-01-01"),
            StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private async Task FillAsync(string settings = "")
    {
        Directory.CreateDirectory(In("files"));
        await File.WriteAllTextAsync(Path.Combine(In("files"), "permissions.yaml"), "allow: [everyone]\n", Stop);
        foreach (var name in new[] { "sujetzqx", "tierszqx" })
        {
            await File.WriteAllTextAsync(
                Path.Combine(In("files"), $"{name}.md"),
                $"# Compte rendu {name}\n\nLe traitement de {name} comprend la molecule{name}.\n",
                Stop);
        }

        await RunAsync("init");
        await File.AppendAllTextAsync(Path.Combine(Site, "terroir.yaml"), settings, Stop);
        await File.WriteAllTextAsync(
            Path.Combine(Site, "directory.yaml"),
            "groups: []\nusers:\n  - id: nadia\n    name: Nadia\n",
            Stop);
        await RunAsync("source", "add", "dossiers", In("files"));
        await RunAsync("sync");
    }

    // Each document is found by a word that no other has.
    private static async Task<IReadOnlyList<string>> FoundAsync(string site)
    {
        var found = new List<string>();
        foreach (var name in new[] { "sujetzqx", "tierszqx" })
        {
            var output = await RunInAsync(site, "search", $"molecule{name}", "--as", "nadia");
            if (output.Contains($"{name}.md", StringComparison.Ordinal))
            {
                found.Add(name);
            }
        }

        return found;
    }

    private static string Question(string name) => $"Que comprend le traitement de {name} ?";

    private async Task ConverseAsync()
    {
        foreach (var name in new[] { "sujetzqx", "tierszqx" })
        {
            var answer = await RunAsync("ask", Question(name), "--as", "nadia", "--conversation", "new");
            Assert.Contains($"molecule{name}", answer, StringComparison.Ordinal);
        }
    }

    private static async Task<IReadOnlyList<string>> ConversationsAsync(string site)
    {
        var output = await RunInAsync(site, "conversation", "list", "--as", "nadia", "--json");
        using var list = JsonDocument.Parse(output);
        return
        [
            .. list.RootElement.GetProperty("conversations").EnumerateArray()
                .Select(item => item.GetProperty("title").GetString()!),
        ];
    }

    private static IReadOnlyList<string> FilesWith(string folder, string text) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path =>
            File.ReadAllBytes(path).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0),
    ];

    private Task<string> RunAsync(params string[] arguments) => RunInAsync(Site, arguments);

    private static async Task<string> RunInAsync(string site, params string[] arguments)
    {
        var (exit, output, error) = await TerroirCommand.RunAsync([.. arguments, "--data", site]);
        Assert.True(exit == 0, $"{string.Join(' ', arguments)}: {exit} {output} {error}");
        return output;
    }
}
