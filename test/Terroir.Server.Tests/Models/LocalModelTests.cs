using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Inference.Onnx.Catalogue;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Models;

namespace Terroir.Server.Tests.Models;

/// <summary>A site that imported a model, over real HTTP.</summary>
public sealed class LocalModelTests : IAsyncLifetime
{
    private TestServer _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await TestServer.StartAsync(isDemo: true);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_page_lets_choose_among_imported_models()
    {
        Assert.DoesNotContain("id=\"engine\"", await ReadPageAsync(""), StringComparison.Ordinal);
        var card = Import();
        var page = await ReadPageAsync($"&engine={card.Id}");
        Assert.Contains("id=\"engine\"", page, StringComparison.Ordinal);
        Assert.Contains($"<option value=\"{card.Id}\" selected", page, StringComparison.Ordinal);
        Assert.Contains("selon les r", page, StringComparison.Ordinal);
        Assert.DoesNotContain("gone", await ReadPageAsync("&engine=gone"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_names_who_writes_and_what_a_model_cannot_do_extracts_do()
    {
        // The context of the model is shorter than any prompt with a passage.
        var card = Import();
        var plain = await AskAsync(engine: null);
        var extracts = await AskAsync("extractive");
        Assert.Equal(plain.GetProperty("answer").GetString(), extracts.GetProperty("answer").GetString());
        Assert.Empty(plain.GetProperty("notices").EnumerateArray());
        foreach (var engine in new[] { card.Id, "no-such-model" })
        {
            var answer = await AskAsync(engine);
            Assert.Equal(plain.GetProperty("answer").GetString(), answer.GetProperty("answer").GetString());
            Assert.Equal("extractive", answer.GetProperty("provider").GetString());
            Assert.Contains(
                "Le modèle n'a pas pu répondre",
                Assert.Single(answer.GetProperty("notices").EnumerateArray()).GetString(),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_name_that_is_too_long_is_refused()
    {
        using var response = await _site.PostAsync("/api/ask", new { question = "?", engine = new string('x', 201) });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public void A_card_is_signed_by_the_site()
    {
        var card = Import();
        var catalogue = Catalogue;
        catalogue.Verify(card, progress: null, Stop);
        var envelope = Path.Combine(catalogue.FolderOf(card), ModelCatalogue.SignedCardName);
        using var json = JsonDocument.Parse(File.ReadAllText(envelope));
        Assert.Equal(
            "application/vnd.terroir.model-card.v1+json",
            json.RootElement.GetProperty("payloadType").GetString());
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(catalogue.FolderOf(card), ModelCatalogue.CardName)),
            json.RootElement.GetProperty("payload").GetBytesFromBase64());
        File.WriteAllText(envelope, "{}");
        Assert.Throws<ModelUnusableException>(() => catalogue.VerifyCard(card));
        Assert.Throws<ModelUnusableException>(() => _site.Services.GetRequiredService<ILocalModels>().Open(card.Id));
    }

    private ModelCatalogue Catalogue => _site.Services.GetRequiredService<ModelCatalogue>();

    private static string Story()
    {
        var relative = Path.Combine("shared", "data", "models", "stories260K", "stories260K.gguf");
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var path = Path.Combine(folder, relative);
            if (File.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip("the shared test data is absent");
        return string.Empty;
    }

    private ModelCard Import() => new ModelImporter(Catalogue).Import(
        Story(),
        vocabulary: null,
        WeightPrecision.Full,
        new Progress<ModelProgress>(),
        Stop);

    private async Task<string> ReadPageAsync(string query)
    {
        using var response = await _site.GetAsync($"/?as=anna&lang=fr{query}", key: null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await TestServer.ReadTextAsync(response);
    }

    private async Task<JsonElement> AskAsync(string? engine)
    {
        using var response = await _site.PostAsync(
            "/api/ask",
            new { question = "Où se retire le badge provisoire ?", engine });
        return await TestServer.ReadJsonAsync(response);
    }
}
