using System.Text.RegularExpressions;

namespace Terroir.Acceptance.Tests;

/// <summary>Pseudonyms that a backup has, a person who is erased after it, and the backup restored elsewhere.</summary>
public sealed partial class PseudonymRestoreTests
{
    private const string Reason = "demande 2026-114";

    [Fact]
    public async Task A_restored_backup_tells_the_pseudonyms_of_the_living_and_none_of_who_was_erased_after_it()
    {
        await using var model = await QuotingModel.StartAsync("pavillon");
        await using var site = new UsedSite();
        await FillAsync(site, model);
        var gone = await AskAsync(site, "anna");
        var kept = await AskAsync(site, "bruno");
        Assert.Equal(2, model.Prompts.Count);
        Assert.All(model.Prompts, prompt =>
        {
            Assert.Contains("[PERSON_1]", prompt, StringComparison.Ordinal);
            Assert.DoesNotContain("Vasseur", prompt, StringComparison.Ordinal);
            Assert.DoesNotContain("Delmotte", prompt, StringComparison.Ordinal);
        });
        Assert.Equal("Jeanne Vasseur\n", await site.RunAsync(Reveal(gone, site.Root)));

        // As if an older backup had a policy that was taken back since.
        await UsedSite.WriteAsync(
            site.In("backup", "policies", "old.cedar"),
            "permit (principal, action, resource);\n");
        await site.RunAsync("backup", site.In("backup"));
        Assert.Equal(
            [site.In("backup", "policies", "site.cedar")],
            Directory.GetFiles(site.In("backup", "policies")));

        await site.RunAsync("erase", "--person", "Jeanne Vasseur", "--yes", "-o", site.In("certificate.json"));
        Assert.Equal(
            (3, $"There is no such pseudonym: '{gone}' was never given, is too old, or was erased.\n"),
            await TryRevealAsync(site, gone, site.Root));

        // The backup is wrapped under the master key of its time, which is destroyed. Its keys are those of after.
        var key = site.In("site", "keys", "master.key");
        var back = site.In("back");
        var (exit, _, error) = await site.TryAsync(
            "restore", site.In("backup"), "--master-key", key, "--data", back);
        Assert.Equal(3, exit);
        Assert.Contains("is not what this backup was wrapped under.", error, StringComparison.Ordinal);
        Assert.Contains("--keys", error, StringComparison.Ordinal);
        var restored = await site.RunAsync(
            "restore", site.In("backup"), "--keys", site.Root, "--master-key", key, "--data", back);
        Assert.DoesNotContain("no policies", restored, StringComparison.Ordinal);

        // Who may be told, the policies of the backup say.
        Assert.Equal("Paul Delmotte\n", await site.RunAsync(Reveal(kept, back)));
        Assert.Equal(
            (3, $"There is no such pseudonym: '{gone}' was never given, is too old, or was erased.\n"),
            await TryRevealAsync(site, gone, back));
    }

    private static async Task FillAsync(UsedSite site, QuotingModel model)
    {
        await UsedSite.WriteAsync(
            site.In("files", "permissions.yaml"),
            "files:\n  sujet.md: { allow: [user:anna] }\n  tiers.md: { allow: [user:bruno] }\n");
        await UsedSite.WriteAsync(
            site.In("files", "sujet.md"),
            "# Visite\n\nMme Jeanne Vasseur est suivie au pavillon bleu.\n");
        await UsedSite.WriteAsync(
            site.In("files", "tiers.md"),
            "# Visite\n\nM. Paul Delmotte est suivi au pavillon rouge.\n");
        await UsedSite.WriteAsync(
            site.In("site", "policies", "site.cedar"),
            """
            @id("without-names") permit (principal, action == Action::"processRedacted", resource);
            @id("dpo-reveals") permit (principal in Group::"dpo", action == Action::"reveal", resource);

            """);
        await site.FillAsync(
            model.Settings,
            """
            groups:
              - { id: dpo, members: [user:claire] }
              - { id: auditors, members: [user:claire] }
            users: [{ id: anna, name: Anna }, { id: bruno, name: Bruno }, { id: claire, name: Claire }]

            """);
    }

    // The answer's notice names the case.
    private static async Task<string> AskAsync(UsedSite site, string user)
    {
        var answer = await site.ReadAsync("ask", "Où se passe la visite ?", "--as", user);
        var notices = string.Join(
            '\n',
            answer.GetProperty("notices").EnumerateArray().Select(item => item.GetString()));
        Assert.True(answer.GetProperty("provider").ValueEquals(QuotingModel.Name), notices);
        return $"{Case().Match(notices).Value}/PERSON_1";
    }

    private static string[] Reveal(string pseudonym, string data) =>
        ["pii", "reveal", pseudonym, "--as", "claire", "--reason", Reason, "--data", data];

    private static async Task<(int Exit, string Error)> TryRevealAsync(UsedSite site, string pseudonym, string data)
    {
        var (exit, _, error) = await site.TryAsync(Reveal(pseudonym, data));
        return (exit, error);
    }

    [GeneratedRegex("[0-9a-f]{20}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Case();
}
