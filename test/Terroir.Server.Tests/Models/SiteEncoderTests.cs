using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Terroir.Inference.Onnx.Catalogue;
using Terroir.Models;
using Terroir.Retrieval.Encoders;

namespace Terroir.Server.Tests.Models;

/// <summary>A site whose settings name an encoder that was imported, over real HTTP.</summary>
public sealed class SiteEncoderTests
{
    private const string Setting = "Terroir:Models:Encoder";

    private static readonly object Question = new { query = "zzz badgeur", count = 5, explain = true };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_that_shares_no_word_with_the_query_is_found()
    {
        await using var site = await StartAsync();
        using var before = await site.PostAsync("/api/search", Question);
        Assert.Equal(0, (await TestServer.ReadJsonAsync(before)).GetProperty("hits").GetArrayLength());

        var state = await EmbedAsync(site);

        Assert.Equal(state.PassageCount, state.EmbeddedCount);
        using var after = await site.PostAsync("/api/search", Question);
        var hit = (await TestServer.ReadJsonAsync(after)).GetProperty("hits")[0];
        Assert.Equal(0, hit.GetProperty("highlights").GetArrayLength());
        Assert.Contains(
            hit.GetProperty("explanation").GetProperty("parts").EnumerateArray(),
            part => part.GetProperty("name").GetString() is "meaning");
    }

    [Fact]
    public async Task The_status_tells_which_encoder_is_in_force()
    {
        await using var site = await StartAsync();
        var card = site.Services.GetRequiredService<ModelCatalogue>().Find("tiny");
        await EmbedAsync(site);

        using var response = await site.GetAsync("/api/status", TestServer.OperatorKey);
        var vectors = (await TestServer.ReadJsonAsync(response))
            .GetProperty("collections")[0].GetProperty("vectors");

        Assert.Equal(card.Id, vectors.GetProperty("inForce").GetString());
        Assert.Equal(vectors.GetProperty("passageCount").GetInt32(), vectors.GetProperty("embeddedCount").GetInt32());
    }

    [Fact]
    public async Task What_anna_may_not_read_changes_no_byte_of_what_she_finds()
    {
        await using var whole = await StartAsync();
        await using var alone = await StartAsync(hasSecret: false);
        await EmbedAsync(whole);
        await EmbedAsync(alone);
        foreach (var query in (string[])["zzz badgeur", "projet aurore", "poste", "millions d'euros", "piège tendu"])
        {
            Assert.Equal(await ReadHitsAsync(alone, query), await ReadHitsAsync(whole, query));
        }
    }

    [Fact]
    public async Task An_encoder_of_the_site_embeds_queries_and_passages_after_their_own_words()
    {
        await using var site = await StartAsync();
        var card = site.Services.GetRequiredService<ModelCatalogue>().Find("tiny", ModelKind.Encoder);
        var encoder = site.Services.GetRequiredService<IPassageEncoders>().Current!;
        var query = (await encoder.Queries.GenerateAsync(["badge"], cancellationToken: Stop))[0].Vector.ToArray();
        var passage = (await encoder.Passages.GenerateAsync(["badge"], cancellationToken: Stop))[0].Vector.ToArray();

        Assert.Equal(("query: ", "passage: "), (card.QueryPrefix, card.PassagePrefix));
        Assert.Equal((card.Id, 32), (encoder.Name.Id, encoder.Dimensions));
        Assert.NotEqual(query, passage);
        Assert.Same(encoder, site.Services.GetRequiredService<IPassageEncoders>().Find(encoder.Name));
    }

    [Theory]
    [InlineData("gone", "There is no model")]
    [InlineData("tiny", "is no encoder")]
    public async Task A_setting_that_names_no_encoder_stops_the_start(string id, string message)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => TestServer.StartAsync(
            settings: new Dictionary<string, string?>(StringComparer.Ordinal) { [Setting] = id },
            prepare: folder => EncoderFolder.Import(folder, isReranker: true)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task An_empty_setting_is_no_encoder(string? id)
    {
        await using var site = await TestServer.StartAsync(
            settings: new Dictionary<string, string?>(StringComparer.Ordinal) { [Setting] = id });

        Assert.Null(site.Services.GetRequiredService<IPassageEncoders>().Current);
    }

    [Fact]
    public async Task An_encoder_writes_no_answers_and_is_not_offered_for_it()
    {
        await using var site = await StartAsync();
        var models = site.Services.GetRequiredService<ILocalModels>();

        Assert.Empty(models.List());
        Assert.Equal(
            ModelProblem.NotLanguage,
            Assert.Throws<ModelUnusableException>(() => models.Open("tiny")).Problem);
    }

    [Fact]
    public async Task A_reranker_of_the_site_orders_what_was_found()
    {
        await using var site = await TestServer.StartAsync(
            settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Terroir:Models:Reranker"] = "tiny" },
            prepare: folder => EncoderFolder.Import(folder, isReranker: true));
        var reranker = site.Services.GetRequiredService<IPassageEncoders>().Reranker!;

        using var response = await site.PostAsync("/api/search", new { query = "badge piège", explain = true });
        var hits = (await TestServer.ReadJsonAsync(response)).GetProperty("hits").EnumerateArray().ToArray();

        Assert.Equal(2, hits.Length);
        Assert.True(hits[0].GetProperty("score").GetDouble() >= hits[1].GetProperty("score").GetDouble());
        Assert.True(float.IsFinite(reranker.Score("badge", "un badge")));
        Assert.NotEqual(reranker.Score("badge", "un badge"), reranker.Score("badge", "piège"));
    }

    private static Task<TestServer> StartAsync(bool hasSecret = true) => TestServer.StartAsync(
        settings: new Dictionary<string, string?>(StringComparer.Ordinal) { [Setting] = "tiny" },
        prepare: folder => EncoderFolder.Import(folder),
        hasSecret: hasSecret);

    private static async Task<EmbeddingState> EmbedAsync(TestServer site) =>
        (await site.Services.GetRequiredService<IPassageEmbedding>().RunAsync(
            new CollectionId(Site.DefaultCollection),
            progress: null,
            Stop))!;

    private static async Task<string> ReadHitsAsync(TestServer site, string query)
    {
        using var response = await site.PostAsync("/api/search", new { query, explain = true });
        var hits = (await TestServer.ReadJsonAsync(response)).GetProperty("hits").EnumerateArray().ToArray();
        Assert.NotEmpty(hits);

        // The files of two sites were written at two times; everything else must be the same.
        return string.Join('\n', hits.SelectMany(hit => hit.EnumerateObject()
            .Where(member => !member.NameEquals("modifiedAt"))
            .Select(member => $"{member.Name} {member.Value.GetRawText()}")));
    }
}
