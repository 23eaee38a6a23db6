using System.Text.Json;

namespace Terroir.Acceptance.Tests;

/// <summary>Why somebody may read a document, from the command line.</summary>
public sealed class AccessCommandTests(DemoSite demo)
{
    [Fact]
    public async Task It_says_through_which_groups_somebody_may_read_and_why_somebody_else_may_not()
    {
        const string Project = "direction/projet-fusion-bellecombe.docx";

        using var allowed = await ExplainAsync("claire.morel", Project);
        using var refused = await ExplainAsync("nadia.benali", Project);
        using var byId = await ExplainAsync(
            "nadia.benali",
            refused.RootElement.GetProperty("document").GetString()!);
        var (exit, _, error) = await TerroirCommand.RunAsync(
            "access", "explain", "a", "none.docx", "--data", demo.Data);

        Assert.True(allowed.RootElement.GetProperty("mayRead").GetBoolean());
        Assert.Equal(
            "[[\"user:claire.morel\",\"group:direction\"]]",
            allowed.RootElement.GetProperty("allow")[0].GetProperty("through").GetRawText());
        Assert.Equal("NotAllowed", refused.RootElement.GetProperty("reason").GetString());
        Assert.Equal(refused.RootElement.GetRawText(), byId.RootElement.GetRawText());
        Assert.Equal(3, exit);
        Assert.Contains("none.docx", error, StringComparison.Ordinal);
    }

    private async Task<JsonDocument> ExplainAsync(string user, string document)
    {
        var (exit, output, error) = await TerroirCommand.RunAsync(
            "access", "explain", user, document, "--json", "--data", demo.Data);
        Assert.True(exit == 0, error);
        return JsonDocument.Parse(output);
    }
}
