using System.Text;
using System.Text.Json;

namespace Terroir.Acceptance.Tests;

/// <summary>Policies that let a person decide: the asker over HTTP, the steward at the command line.</summary>
[Collection(nameof(GovernedSites))]
public sealed class ApprovalCommandTests(GovernedSite governed)
{
    private UsedSite Site => governed.Site;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_steward_approves_is_sent_once_it_is_asked_again_and_the_receipt_names_the_approval()
    {
        const string Question = "Où se retire le badge provisoire ?";

        var waiting = await AskAsync(Question);
        Assert.Equal("extractive", waiting.GetProperty("provider").GetString());
        Assert.Equal(0, governed.CountPrompts(Question));
        var request = await FindAsync(waiting);
        var id = request.GetProperty("id").GetString()!;
        Assert.Equal(
            ("pending", "anna", "a-person-decides"),
            (request.GetProperty("state").GetString(),
                request.GetProperty("user").GetString(),
                request.GetProperty("policies")[0].GetString()));
        Assert.DoesNotContain("badge", request.GetRawText(), StringComparison.Ordinal);

        var (exit, _, error) = await Site.TryAsync("approval", "approve", id, "--as", "anna");
        Assert.Equal((3, true), (exit, error.StartsWith("Only a steward decides", StringComparison.Ordinal)));
        var decided = await Site.ReadAsync("approval", "approve", id, "--as", "ines", "--reason", "accord du DPO");
        Assert.Equal("approved", decided.GetProperty("state").GetString());

        var answer = await Site.ReadAsync("ask", Question, "--as", "anna");
        Assert.Equal(QuotingModel.Name, answer.GetProperty("provider").GetString());
        Assert.Contains(GovernedSite.Written, answer.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Contains(id, NoticesOf(answer), StringComparison.Ordinal);
        await AssertReceiptNamesAsync(answer.GetProperty("receipt").GetString()!, id);

        var events = await Site.RunAsync("audit", "--document", id);
        Assert.Matches(
            $"approval.asked  user:anna  {id}: .*\n.*approval.given  user:ines  {id}: accord du DPO",
            events);
    }

    [Fact]
    public async Task What_a_steward_refuses_is_not_sent_and_the_asker_is_told()
    {
        const string Question = "Qui donne le badge provisoire ?";

        var id = (await FindAsync(await AskAsync(Question))).GetProperty("id").GetString()!;
        var refused = await Site.RunAsync("approval", "refuse", id, "--as", "ines", "--reason", "sans objet");
        var (exit, _, error) = await Site.TryAsync("approval", "approve", id, "--as", "ines");
        var answer = await AskAsync(Question);

        Assert.Equal($"Refused {id}.\n", refused);
        Assert.Equal((3, true), (exit, error.StartsWith("Somebody decided on it before.", StringComparison.Ordinal)));
        Assert.Equal("extractive", answer.GetProperty("provider").GetString());
        Assert.Contains($"La demande {id} a été refusée", NoticesOf(answer), StringComparison.Ordinal);
        Assert.Equal(0, governed.CountPrompts(Question));
    }

    private static string NoticesOf(JsonElement answer) => string.Join('\n', answer.GetProperty("notices")
        .EnumerateArray().Select(notice => notice.GetString()));

    private async Task<JsonElement> AskAsync(string question)
    {
        using var response = await Site.SendAsync(
            HttpMethod.Post, "/api/ask", GovernedSite.KeyOf("anna"), new { question });
        return await UsedSite.ReadAsync(response);
    }

    // The one that a notice of the answer names.
    private async Task<JsonElement> FindAsync(JsonElement answer) => Assert.Single(
        (await Site.ReadAsync("approval", "list")).GetProperty("approvals").EnumerateArray(),
        request => NoticesOf(answer).Contains(request.GetProperty("id").GetString()!, StringComparison.Ordinal));

    // Somebody with the three files and the site's policy, and without the site.
    private async Task AssertReceiptNamesAsync(string receipt, string approval)
    {
        var away = Directory.CreateDirectory(Site.In("away")).FullName;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(receipt)!))
        {
            File.Copy(file, Path.Combine(away, Path.GetFileName(file)));
        }

        var copy = Path.Combine(away, Path.GetFileName(receipt));
        var verified = await Site.ReadAsync(
            "verify", copy, "--policy", Path.Combine(away, "policy"), "--data", Site.In("none"));
        Assert.True(verified.GetProperty("proven").GetBoolean());

        using var bundle = JsonDocument.Parse(await File.ReadAllTextAsync(copy, Stop));
        var statement = Encoding.UTF8.GetString(bundle.RootElement.GetProperty("dsseEnvelope")
            .GetProperty("payload").GetBytesFromBase64());
        Assert.Contains(approval, statement, StringComparison.Ordinal);
    }
}
