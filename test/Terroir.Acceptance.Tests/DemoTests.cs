using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Server;

namespace Terroir.Acceptance.Tests;

/// <summary>The main job, as a new user runs it.</summary>
public sealed class DemoTests(DemoSite demo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_demo_answers_one_asker_and_refuses_the_other()
    {
        var answers = demo.Report.GetProperty("answers").EnumerateArray().ToArray();
        Assert.Equal(0, demo.Exit);
        Assert.True(demo.Report.GetProperty("documents").GetInt32() >= 60);
        Assert.True(demo.Report.GetProperty("passages").GetInt32() >= 60);
        Assert.True(demo.Report.GetProperty("generation").GetInt64() >= 1);
        Assert.Equal([false, true, false], answers.Select(answer => answer.GetProperty("refused").GetBoolean()));
        Assert.Equal(2, answers.Select(answer => answer.GetProperty("as").GetString())
            .Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Each_answer_of_the_demo_has_a_receipt_that_verifies_and_a_changed_one_does_not()
    {
        var receipts = demo.Report.GetProperty("answers").EnumerateArray()
            .Select(answer => answer.GetProperty("receipt").GetString()!).ToArray();

        Assert.Equal(3, receipts.Distinct(StringComparer.Ordinal).Count());
        Assert.True(demo.Report.GetProperty("verified").GetBoolean());
        foreach (var receipt in receipts)
        {
            var (exit, report, error) = await VerifyAsync(receipt);
            Assert.True(exit == 0, error);
            Assert.True(report.GetProperty("proven").GetBoolean());
            Assert.Contains(report.GetProperty("statements").EnumerateArray(), Is("inLedger"));
        }

        var changed = Path.ChangeExtension(receipts[0], ".changed.json");
        var text = await File.ReadAllTextAsync(receipts[0], Stop);
        await File.WriteAllTextAsync(changed, text.Replace("eyJ", "eyK", StringComparison.Ordinal), Stop);
        var (failed, findings, _) = await VerifyAsync(changed);
        Assert.Equal(1, failed);
        Assert.False(findings.GetProperty("proven").GetBoolean());
        Assert.NotEmpty(findings.GetProperty("failed").EnumerateArray());

        static Predicate<JsonElement> Is(string code) =>
            finding => string.Equals(finding.GetProperty("code").GetString(), code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_lists_who_asked_and_what_was_read_in()
    {
        var asked = await AuditAsync("--person", "nadia.benali");
        var read = await AuditAsync("--kind", "version.ingested");
        var later = await AuditAsync("--from", "2100-01-01");
        var (_, csv, _) = await TerroirCommand.RunAsync(
            "audit", "--kind", "source.synced", "--csv", "--data", demo.Data);

        Assert.Equal(2, asked.Length);
        Assert.All(asked, item => Assert.Equal("receipt", item.GetProperty("kind").GetString()));
        Assert.True(read.Length >= 60);
        Assert.All(read, item => Assert.Contains(
            item.GetProperty("subject").GetString()!,
            item.GetProperty("detail").GetString()!,
            StringComparison.Ordinal));
        Assert.Empty(later);
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("index,time,kind,actor,subject,detail", lines[0]);
        Assert.Contains(",source.synced,,chu-valmont,\"chu-valmont: 64 added", lines[1], StringComparison.Ordinal);
    }

    private async Task<JsonElement[]> AuditAsync(params string[] options)
    {
        var (exit, output, error) = await TerroirCommand.RunAsync(["audit", .. options, "--data", demo.Data, "--json"]);
        Assert.True(exit == 0, error);
        return [.. JsonSerializer.Deserialize<JsonElement>(output).GetProperty("events").EnumerateArray()];
    }

    private async Task<(int Exit, JsonElement Report, string Error)> VerifyAsync(string receipt)
    {
        var ledger = Directory.GetDirectories(Path.Combine(demo.Data, "objects", "l")).Single();
        var (exit, output, error) =
            await TerroirCommand.RunAsync("verify", receipt, "--data", demo.Data, "--ledger", ledger, "--json");
        return (exit, JsonSerializer.Deserialize<JsonElement>(output), error);
    }

    [Fact]
    public async Task Every_quote_of_the_demo_is_those_bytes_of_the_canonical_text()
    {
        var citations = demo.Report.GetProperty("answers").EnumerateArray()
            .SelectMany(answer => answer.GetProperty("citations").EnumerateArray())
            .ToArray();
        await using var site = Site.Open(demo.Data);
        var catalog = site.Services.GetRequiredService<ICatalog>();

        Assert.NotEmpty(citations);
        foreach (var citation in citations)
        {
            var document = await catalog.FindDocumentAsync(
                new CollectionId(Site.DefaultCollection),
                DocumentId.Parse(citation.GetProperty("document").GetString()!),
                TestContext.Current.CancellationToken);
            var text = await catalog.ReadBlobAsync(document!.Text, TestContext.Current.CancellationToken);
            var (start, end) = (citation.GetProperty("start").GetInt32(), citation.GetProperty("end").GetInt32());

            Assert.Equal(document.Version.Hex, citation.GetProperty("version").GetString());
            Assert.Equal(citation.GetProperty("quote").GetString(), Encoding.UTF8.GetString(text.Span[start..end]));
        }
    }
}
