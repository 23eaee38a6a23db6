using System.Net;

namespace Terroir.Acceptance.Tests;

/// <summary>Access in an emergency: opened over HTTP by who needs it, seen and ended by the operator.</summary>
[Collection(nameof(GovernedSites))]
public sealed class EmergencyCommandTests(GovernedSite governed)
{
    private const string Path = "/api/v1/emergency-access";
    private const string Document = "urgences/dossier.md";
    private const string Reason = "arrêt cardiaque, box 4";

    private UsedSite Site => governed.Site;

    [Fact]
    public async Task Who_opens_it_reads_what_its_group_may_until_the_operator_ends_it_and_the_ledger_has_why()
    {
        var key = GovernedSite.KeyOf("nadia");
        var others = GovernedSite.KeyOf("marc");

        using var silent = await OpenAsync(key, reason: "");
        using var outsider = await OpenAsync(others, Reason);
        Assert.Equal(0, await CountAsync(key));
        using var opened = await OpenAsync(key, Reason);
        using var twice = await OpenAsync(key, Reason);

        Assert.Equal((1, 0), (await CountAsync(key), await CountAsync(others)));
        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.Created, HttpStatusCode.Conflict),
            (silent.StatusCode, outsider.StatusCode, opened.StatusCode, twice.StatusCode));

        // Who runs the site sees it open, also as a reason why somebody may read, and ends it.
        var explained = await Site.ReadAsync("access", "explain", "nadia", Document);
        Assert.True(explained.GetProperty("mayRead").GetBoolean());
        var listed = await Site.ReadAsync("emergency", "list");
        var opening = Assert.Single(listed.GetProperty("openings").EnumerateArray());
        Assert.Equal(
            ("nadia", "bris-de-glace", true),
            (opening.GetProperty("user").GetString(),
                opening.GetProperty("group").GetString(),
                opening.GetProperty("isOpen").GetBoolean()));
        Assert.Equal(
            "nadia belongs to bris-de-glace no more.\n",
            await Site.RunAsync("emergency", "end", "nadia"));
        Assert.Equal(0, await CountAsync(key));
        var (exit, _, error) = await Site.TryAsync("emergency", "end", "nadia");
        Assert.Equal((3, "'nadia' has no access open. See 'terroir emergency list'.\n"), (exit, error));

        var events = await Site.RunAsync("audit", "--document", "user:nadia");
        Assert.Contains(
            $"emergency.opened  user:nadia  bris-de-glace 60 min {Reason}\n",
            events,
            StringComparison.Ordinal);
        Assert.Contains("emergency.ended  -  user:nadia: bris-de-glace operator ", events, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> OpenAsync(string key, string reason) =>
        Site.SendAsync(HttpMethod.Post, Path, key, new { reason });

    private async Task<int> CountAsync(string key)
    {
        using var response = await Site.SendAsync(HttpMethod.Get, "/api/search?q=digoxine", key);
        return (await UsedSite.ReadAsync(response)).GetProperty("hits").GetArrayLength();
    }
}
