using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Server;
using Terroir.Server.Configuration;

namespace Terroir.Acceptance.Tests;

/// <summary>A ledger as an operator prunes it, and receipts as somebody verifies them at the site that serves it.
/// </summary>
public sealed class AuditPruneTests : IDisposable
{
    private const string Pruned = "The log was pruned: ";

    private static readonly TimeSpan Age = TimeSpan.FromDays(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.FullName, "site");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_receipt_from_the_minimum_index_on_is_found_and_one_before_says_what_still_proves_it()
    {
        await RunAsync("init");
        await File.WriteAllTextAsync(Path.Combine(Data, "directory.yaml"), "users: [{ id: anne, name: Anne }]\n", Stop);
        var old = await FillAsync();
        var (asked, json, _) = await RunAsync("ask", "Combien ?", "--as", "anne", "--json");
        var recent = JsonSerializer.Deserialize<JsonElement>(json).GetProperty("receipt").GetString()!;
        var before = TimeProvider.System.GetUtcNow().AddDays(-2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var (refused, _, error) = await RunAsync("audit", "prune", "--before", before);
        await File.AppendAllTextAsync(
            Path.Combine(Data, "terroir.yaml"), "\nledger:\n  publishedFor: 1.00:00:00\n", Stop);
        var (pruned, told, _) = await RunAsync("audit", "prune", "--before", before);
        using var site = await ServedSite.StartAsync(Data);
        var ledger = new Uri(site.Address, "tlog").ToString();
        var (proven, found, _) = await RunAsync("verify", recent, "--ledger", ledger);
        var (stillProven, lost, _) = await RunAsync("verify", old, "--ledger", ledger);
        File.Delete(Path.ChangeExtension(old, ".tlog-proof"));
        var (unproven, missing, _) = await RunAsync("verify", old, "--ledger", ledger);

        Assert.Equal((0, 1, 0), (asked, refused, pruned));
        Assert.StartsWith("TER6003: ", error, StringComparison.Ordinal);
        Assert.Contains("The minimum index is 256.", told, StringComparison.Ordinal);
        Assert.Equal((0, 0, 1), (proven, stillProven, unproven));
        Assert.Contains(" has the receipt and is as signed.", found, StringComparison.Ordinal);
        Assert.DoesNotContain(Pruned, found, StringComparison.Ordinal);
        Assert.Single(
            found.Split('\n'),
            line => line.StartsWith("- No witness is asked for:", StringComparison.Ordinal));
        Assert.Contains("- The receipt is entry 0 of the 257 entries", lost, StringComparison.Ordinal);
        Assert.Contains($"{Pruned}entry 0 stands before 256", lost, StringComparison.Ordinal);
        Assert.Contains("only its proof shows.", lost, StringComparison.Ordinal);
        Assert.Contains($"{Pruned}from entry 256 on it does not have this receipt.", missing, StringComparison.Ordinal);
    }

    // Ten days ago: an answer, and as many other events as make a bundle.
    private async Task<string> FillAsync()
    {
        var folder = SiteFolder.Find(Data)!;
        var settings = SiteConfiguration.Load(folder, new Dictionary<string, string?>(StringComparer.Ordinal));
        await using var site = new ServiceCollection()
            .AddSingleton<TimeProvider>(new EarlierTime(Age))
            .AddTerroir(folder, settings)
            .AddLogging()
            .BuildServiceProvider();
        var answer = await site.GetRequiredService<IAnswerer>().AskAsync(
            new AskRequest { Question = "Combien ?", Asker = site.GetRequiredService<IDirectory>().Find("anne")! },
            Stop);
        var events = site.GetRequiredService<EventLog>();
        for (var count = 0; count < 256; count++)
        {
            await events.NoteAsync(EventKinds.Administered, actor: null, subject: null, "test");
        }

        await events.WriteNotedAsync(Stop);
        var kept = (await site.GetRequiredService<IReceiptKeeper>().FindAsync(answer.Receipt, Stop))!;
        var path = Path.Combine(_folder.FullName, "old.json");
        await File.WriteAllBytesAsync(path, kept.Bundle.ToArray(), Stop);
        await File.WriteAllBytesAsync(Path.ChangeExtension(path, ".tlog-proof"), kept.Proof.ToArray(), Stop);
        return path;
    }

    private Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments) =>
        TerroirCommand.RunAsync([.. arguments, "--data", Data]);

    private sealed class EarlierTime(TimeSpan age) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - age;
    }
}
