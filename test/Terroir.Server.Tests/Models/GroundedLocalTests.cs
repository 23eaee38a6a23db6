using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Inference.Onnx.Catalogue;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Provenance.Receipts;

namespace Terroir.Server.Tests.Models;

/// <summary>Answers of a model that runs in the site's process and copies from its prompt, over real HTTP.</summary>
public sealed class GroundedLocalTests : IAsyncLifetime
{
    private const string Question = "Où se retire le badge provisoire ?";
    private const string Said = "Le badge provisoire se retire au poste de sécurité du rez-de-chaussée";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-copying-");
    private TestServer _site = null!;
    private string _model = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await TestServer.StartAsync(isDemo: true);
        _model = Import(CopyingModel.Write(Path.Combine(_folder.FullName, "copying")));
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_model_of_this_machine_answers_with_a_passage_that_it_was_shown_and_no_other_number()
    {
        // The model would rather cite [9]; of the passages that it was shown there is one.
        var answer = await AskAsync(_model);

        Assert.Equal($"{Said}. [1]", answer.GetProperty("answer").GetString());
        Assert.Equal(_model, answer.GetProperty("provider").GetString());
        Assert.Empty(answer.GetProperty("notices").EnumerateArray());
        Assert.Equal($"{Said}.", answer.GetProperty("citations")[0].GetProperty("quote").GetString());
        Assert.Equal("badges.md", answer.GetProperty("citations")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task The_receipt_states_the_passages_that_the_model_was_shown()
    {
        var answer = await AskAsync(_model);
        using var response = await _site.GetAsync($"{answer.GetProperty("receipt").GetString()}/openings");
        var openings = ReceiptOpenings.Parse(await response.Content.ReadAsByteArrayAsync(Stop));

        Assert.Contains(_model, await ReadStatementAsync(answer), StringComparison.Ordinal);
        var shown = Assert.Single(openings.Shown!).Opening!.Content;
        Assert.Contains($"{Said}.", Encoding.UTF8.GetString(shown), StringComparison.Ordinal);
        Assert.Contains(
            Encoding.UTF8.GetString(shown),
            Encoding.UTF8.GetString(openings.Prompt!.Content),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_of_the_model_come_as_they_are_written_and_the_checked_answer_replaces_them()
    {
        var events = await StreamAsync();

        Assert.True(events.Count(item => item.Name is "text") > 3);
        Assert.Equal("answer", events[^1].Name);
        Assert.All(events.SkipLast(1), item => Assert.False(item.Data.GetProperty("checked").GetBoolean()));
        Assert.Equal(
            $"{Said} [1].",
            string.Concat(events.SkipLast(1).Select(item => item.Data.GetProperty("text").GetString())));
        Assert.Equal($"{Said}. [1]", events[^1].Data.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Those_who_ask_at_once_get_the_same_answer_and_who_hangs_up_stops_no_other()
    {
        var alone = await AskAsync(_model);
        using var hangUp = new CancellationTokenSource();
        using var left = WriteQuestion(_model);
        var leaving = Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _site.Client.SendAsync(left, hangUp.Token));
        var asking = Enumerable.Range(0, 8).Select(_ => AskAsync(_model)).ToArray();
        await hangUp.CancelAsync();

        await leaving;
        Assert.All(await Task.WhenAll(asking), answer =>
        {
            Assert.Equal(_model, answer.GetProperty("provider").GetString());
            Assert.Equal(alone.GetProperty("answer").GetString(), answer.GetProperty("answer").GetString());
            Assert.Empty(answer.GetProperty("notices").EnumerateArray());
        });
    }

    [Theory]
    [InlineData(256)]
    [InlineData(1_024)]
    public async Task A_context_that_the_rules_alone_fill_gives_extracts_with_a_notice(int context)
    {
        var model = Import(CopyingModel.Write(Path.Combine(_folder.FullName, "small"), context));

        ModelAnswers.AssertExtracts(await AskAsync(model));
    }

    [Fact]
    public async Task Weights_that_are_cut_give_extracts_with_a_notice_and_the_site_goes_on()
    {
        var catalogue = _site.Services.GetRequiredService<ModelCatalogue>();
        var weights = Path.Combine(catalogue.FolderOf(catalogue.Find(_model)), "model.onnx.data");
        var bytes = await File.ReadAllBytesAsync(weights, Stop);
        await File.WriteAllBytesAsync(weights, bytes[..^100], Stop);
        ModelAnswers.AssertExtracts(await AskAsync(_model));
        await File.WriteAllBytesAsync(weights, bytes, Stop);

        Assert.Equal(_model, (await AskAsync(_model)).GetProperty("provider").GetString());
    }

    private async Task<string> ReadStatementAsync(JsonElement answer)
    {
        using var response = await _site.GetAsync(answer.GetProperty("receipt").GetString()!);
        var bundle = await TestServer.ReadJsonAsync(response);
        return Encoding.UTF8.GetString(
            bundle.GetProperty("dsseEnvelope").GetProperty("payload").GetBytesFromBase64());
    }

    private async Task<List<(string Name, JsonElement Data)>> StreamAsync()
    {
        using var request = WriteQuestion(_model);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await _site.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        var events = new List<(string, JsonElement)>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(Stop))
            .EnumerateAsync(Stop))
        {
            events.Add((item.EventType, JsonSerializer.Deserialize<JsonElement>(item.Data)));
        }

        return events;
    }

    private static HttpRequestMessage WriteQuestion(string engine)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/ask", UriKind.Relative))
        {
            Content = JsonContent.Create(new { question = Question, engine }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestServer.AnnaKey);
        return request;
    }

    private string Import(string folder) => new ModelImporter(_site.Services.GetRequiredService<ModelCatalogue>())
        .Import(folder, vocabulary: null, WeightPrecision.Full, new Progress<ModelProgress>(), Stop).Id;

    private async Task<JsonElement> AskAsync(string engine)
    {
        using var request = WriteQuestion(engine);
        using var response = await _site.Client.SendAsync(request, Stop);
        return await TestServer.ReadJsonAsync(response);
    }
}
