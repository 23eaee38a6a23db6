using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Server;

namespace Terroir.Acceptance.Tests;

/// <summary>The main job, as a new user runs it.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    private string Data => Path.Combine(_folder.FullName, "site");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_demo_answers_one_asker_and_refuses_the_other()
    {
        var (exit, output, _) = await TerroirCommand.RunAsync("demo", "--no-serve", "--json", "--data", Data);

        using var json = JsonDocument.Parse(output);
        var answers = json.RootElement.GetProperty("answers").EnumerateArray().ToArray();
        Assert.Equal(0, exit);
        Assert.True(json.RootElement.GetProperty("documents").GetInt32() >= 60);
        Assert.True(json.RootElement.GetProperty("passages").GetInt32() >= 60);
        Assert.True(json.RootElement.GetProperty("generation").GetInt64() >= 1);
        Assert.Equal([false, true, false], answers.Select(answer => answer.GetProperty("refused").GetBoolean()));
        Assert.Equal(2, answers.Select(answer => answer.GetProperty("as").GetString())
            .Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Every_quote_of_the_demo_is_those_bytes_of_the_canonical_text()
    {
        var (_, output, _) = await TerroirCommand.RunAsync("demo", "--no-serve", "--json", "--data", Data);
        using var json = JsonDocument.Parse(output);
        var citations = json.RootElement.GetProperty("answers").EnumerateArray()
            .SelectMany(answer => answer.GetProperty("citations").EnumerateArray())
            .ToArray();
        await using var site = Site.Open(Data);
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
