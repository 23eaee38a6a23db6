using System.Text.Json;

namespace Terroir.Acceptance.Tests;

/// <summary>What a person may spend on a model in a day, and what happens beyond it.</summary>
[Collection(nameof(GovernedSites))]
public sealed class BudgetCommandTests(GovernedSite governed)
{
    private const string Question = "Où prend-on le badge provisoire ?";

    [Fact]
    public async Task Who_has_spent_their_budget_gets_extracts_with_a_notice_and_the_verb_says_how_much()
    {
        var key = GovernedSite.KeyOf("bruno");

        var first = await AskAsync(key);
        var second = await AskAsync(key);
        var byVerb = await governed.Site.ReadAsync("ask", Question, "--as", "bruno");
        using var own = await governed.Site.SendAsync(HttpMethod.Get, "/api/v1/budget", key);
        var shown = await governed.Site.RunAsync("budget", "show", "bruno");
        var all = (await governed.Site.ReadAsync("budget", "show")).GetProperty("users").EnumerateArray()
            .ToDictionary(
                user => user.GetProperty("user").GetString()!,
                user => user.GetProperty("budget"),
                StringComparer.Ordinal);

        Assert.Equal(QuotingModel.Name, first.GetProperty("provider").GetString());
        Assert.Equal(1, governed.CountPrompts(Question));
        Assert.All([second, byVerb], answer =>
        {
            Assert.Equal("extractive", answer.GetProperty("provider").GetString());
            Assert.Contains(
                "« soins: tokensPerDay »",
                answer.GetProperty("notices")[0].GetString(),
                StringComparison.Ordinal);
        });
        var tokens = all["bruno"].GetProperty("tokens");
        Assert.Equal(
            ("soins", 3_000, QuotingModel.Tokens),
            (tokens.GetProperty("group").GetString(),
                tokens.GetProperty("perDay").GetInt32(),
                tokens.GetProperty("used").GetInt32()));
        Assert.Equal(tokens.GetRawText(), (await UsedSite.ReadAsync(own)).GetProperty("tokens").GetRawText());
        Assert.False(all["anna"].TryGetProperty("tokens", out _));
        Assert.StartsWith("bruno  1,501 of 3,000 tokens (soins); renews ", shown, StringComparison.Ordinal);
    }

    private async Task<JsonElement> AskAsync(string key)
    {
        using var response = await governed.Site.SendAsync(
            HttpMethod.Post, "/api/ask", key, new { question = Question });
        return await UsedSite.ReadAsync(response);
    }
}
