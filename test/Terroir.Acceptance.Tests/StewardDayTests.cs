using System.Text.Json;

namespace Terroir.Acceptance.Tests;

/// <summary>The pages of operations for the data protection officer and the auditor, followed from end to end at the
/// command line.</summary>
public sealed class StewardDayTests
{
    private const string Question = "Quel traitement suit la patiente ?";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_steward_sets_up_checks_decides_erases_and_hands_over_what_an_auditor_verifies_alone()
    {
        await using var model = await QuotingModel.StartAsync("digoxine");
        await using var site = new UsedSite();
        await WriteFilesAsync(site);

        await AssertFoundBeforeIntakeAsync(site);
        await FillAsync(site, model);
        await AssertDecidedAsync(site);
        var receipt = await AssertPurposeCountsAsync(site, model);
        await AssertErasedAsync(site);
        await AssertAuditedAsync(site, receipt);
    }

    private static async Task WriteFilesAsync(UsedSite site)
    {
        await UsedSite.WriteAsync(
            site.In("files", "permissions.yaml"),
            "label: dossier patient\nallow: [group:medecins]\n");
        await UsedSite.WriteAsync(
            site.In("files", "dossier-0417.md"),
            "# Dossier\n\nMme Élise Martin, tél. 01 42 34 56 78, est suivie en cardiologie.\n\n"
                + "Le traitement de la patiente est la digoxine le matin.\n");
        await UsedSite.WriteAsync(
            site.In("files", "protocole.md"),
            "# Protocole\n\nLe traitement est revu par le cardiologue chaque mois.\n");
    }

    private static async Task AssertFoundBeforeIntakeAsync(UsedSite site)
    {
        var (_, scan, _) = await TerroirCommand.RunAsync("pii", "scan", site.In("files"), "--json");
        using var line = JsonDocument.Parse(scan.Split('\n').Single(text =>
            text.Contains("dossier-0417.md", StringComparison.Ordinal)));
        var kinds = line.RootElement.GetProperty("findings").EnumerateArray()
            .Select(finding => finding.GetProperty("kind").GetString()!)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        Assert.Equal(["person", "phone"], kinds, StringComparer.Ordinal);
    }

    private static async Task FillAsync(UsedSite site, QuotingModel model)
    {
        await UsedSite.WriteAsync(
            site.In("site", "policies", "site.cedar"),
            await File.ReadAllTextAsync(
                Path.Combine(Repository.Root, "deploy", "policies", "hospital", "policies.cedar"),
                Stop));
        await site.FillAsync(
            $$"""
            {{model.Settings}}labels:
              rules:
                - label: dossier patient
                  classification: confidentiel
                  countries: [FR]
                  purposes: [soins]
                  personal: [health]

            """,
            """
            groups: [{ id: medecins, members: [user:nadia] }]
            users: [{ id: nadia, name: Nadia }, { id: marc, name: Marc }]

            """);
    }

    // Who reads it, how good it is, and what the policies say.
    private static async Task AssertDecidedAsync(UsedSite site)
    {
        var quality = await site.ReadAsync("quality");
        Assert.Equal("documents", quality.GetProperty("collections")[0].GetProperty("name").GetString());
        Assert.Contains(
            "marc may not read dossier-0417.md",
            await site.RunAsync("access", "explain", "marc", "dossier-0417.md"),
            StringComparison.Ordinal);

        var policies = Path.Combine(Repository.Root, "deploy", "policies");
        var check = await site.RunAsync(
            "policy", "check", site.In("site", "policies"), "--schema", Path.Combine(policies, "site.cedarschema"));
        Assert.Contains("10 policies, 0 findings.", check, StringComparison.Ordinal);
        var tests = await site.ReadAsync("policy", "test", Path.Combine(policies, "hospital"));
        Assert.Equal(0, tests.GetProperty("failed").GetInt32());
        Assert.True(tests.GetProperty("passed").GetInt32() > 0);
    }

    // The label of the documents says what for, so the model is given them for that alone.
    private static async Task<string> AssertPurposeCountsAsync(UsedSite site, QuotingModel model)
    {
        var other = await site.ReadAsync("ask", Question, "--as", "nadia", "--purpose", "facturation");
        Assert.Equal("extractive", other.GetProperty("provider").GetString());
        Assert.Contains("purpose", other.GetProperty("notices")[0].GetString(), StringComparison.Ordinal);
        Assert.Empty(model.Prompts);

        var care = await site.ReadAsync("ask", Question, "--as", "nadia", "--purpose", "soins");
        Assert.Equal(QuotingModel.Name, care.GetProperty("provider").GetString());
        Assert.Contains("digoxine", care.GetProperty("answer").GetString(), StringComparison.Ordinal);
        return care.GetProperty("receipt").GetString()!;
    }

    private static async Task AssertErasedAsync(UsedSite site)
    {
        var dry = await site.RunAsync("erase", "--person", "Élise Martin", "--dry-run");
        Assert.Contains("dossier-0417.md", dry, StringComparison.Ordinal);
        Directory.CreateDirectory(site.In("away"));
        await site.RunAsync("erase", "--person", "Élise Martin", "--yes", "-o", site.In("away", "certificate.json"));
    }

    // An auditor has the files, the site's policy of trust, and no site.
    private static async Task AssertAuditedAsync(UsedSite site, string receipt)
    {
        var policy = site.In("away", "policy");
        File.Copy(Path.Combine(Path.GetDirectoryName(receipt)!, "policy"), policy);
        var extract = site.In("away", "egress.extract");
        var report = await site.RunAsync(
            "egress", "report", "--from", "2020-01-01", "--to", "2100-01-01", "--extract", extract);
        Assert.StartsWith(
            "Nothing left this machine: only services of its own were called.",
            report,
            StringComparison.Ordinal);

        foreach (var file in (string[])[site.In("away", "certificate.json"), extract])
        {
            var proven = await site.ReadAsync("verify", file, "--policy", policy, "--data", site.In("none"));
            Assert.True(proven.GetProperty("proven").GetBoolean(), file);
        }

        Assert.Contains("0 problems", await site.RunAsync("verify-store"), StringComparison.Ordinal);
    }
}
