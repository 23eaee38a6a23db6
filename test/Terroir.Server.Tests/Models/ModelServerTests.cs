using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Terroir.Web;

namespace Terroir.Server.Tests.Models;

/// <summary>A site with a model server, over real HTTP on both sides.</summary>
public sealed class ModelServerTests : IClassFixture<ModelSite>, IAsyncLifetime
{
    private const string Question = "Où se retire le badge provisoire ?";
    private const string Passage = "Le badge provisoire se retire au poste de sécurité du rez-de-chaussée.";
    private const string Said = "Le badge provisoire se retire au poste de sécurité";

    private readonly FakeModelServer _model;
    private readonly TestServer _site;

    public ModelServerTests(ModelSite fixture)
    {
        (_model, _site) = (fixture.Model, fixture.Site);
        _model.Chat = SpeakAsync;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // An answer before each test: the site leaves a server alone that failed in several tests in a row.
    public async ValueTask InitializeAsync()
    {
        await AskAsync();
        _model.Bodies.Clear();
        _model.Keys.Clear();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_model_writes_and_the_site_proves()
    {
        var answer = await AskAsync();

        Assert.Equal($"{Said}. [1]", answer.GetProperty("answer").GetString());
        Assert.Equal(FakeModelServer.Model, answer.GetProperty("provider").GetString());
        Assert.Empty(answer.GetProperty("notices").EnumerateArray());
        Assert.Equal(Passage, answer.GetProperty("citations")[0].GetProperty("quote").GetString());
    }

    [Fact]
    public async Task The_request_is_one_that_every_compatible_server_takes()
    {
        await AskAsync();

        using var body = JsonDocument.Parse(Assert.Single(_model.Bodies));
        Assert.Equal(FakeModelServer.Model, body.RootElement.GetProperty("model").GetString());
        Assert.True(body.RootElement.GetProperty("stream").GetBoolean());
        Assert.Equal(0, body.RootElement.GetProperty("temperature").GetDouble());
        Assert.Equal(512, body.RootElement.GetProperty("max_tokens").GetInt32());
        Assert.Equal(
            "max_tokens messages model stream temperature",
            string.Join(' ', body.RootElement.EnumerateObject().Select(field => field.Name)
                .Order(StringComparer.Ordinal)));
        Assert.Equal("", Assert.Single(_model.Keys));
    }

    [Fact]
    public async Task Pieces_are_streamed_unchecked_and_the_whole_replaces_them()
    {
        var events = await StreamAsync(() => 0);

        Assert.Equal("text text answer", string.Join(' ', events.Select(item => item.Name)));
        Assert.Equal(Said, events[0].Data.GetProperty("text").GetString());
        Assert.False(events[0].Data.GetProperty("checked").GetBoolean());
        Assert.Equal($"{Said}. [1]", events[2].Data.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Clients_of_the_openai_api_get_checked_text_only()
    {
        _model.Chat = (context, body) => FakeModelServer.SayAsync(
            context,
            "Il coûte 99 euros [1]. ",
            $"{Said} [{FakeModelServer.NumberOf(body, Passage)}].");

        using var response = await _site.PostAsync(
            "/v1/chat/completions",
            new { stream = true, messages = new[] { new { role = "user", content = Question } } });
        var text = await TestServer.ReadTextAsync(response);

        Assert.DoesNotContain("99 euros", text, StringComparison.Ordinal);
        Assert.Contains(Said, text, StringComparison.Ordinal);
        Assert.Contains("Une partie de la réponse du modèle a été retirée", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_models_says_who_writes()
    {
        await using var plain = await TestServer.StartAsync();

        Assert.Equal(FakeModelServer.Model, await ReadProviderAsync(_site));
        Assert.Equal("extractive", await ReadProviderAsync(plain));
    }

    [Theory]
    [InlineData(StatusCodes.Status302Found, 1)]
    [InlineData(StatusCodes.Status400BadRequest, 1)]
    [InlineData(StatusCodes.Status401Unauthorized, 1)]
    [InlineData(StatusCodes.Status404NotFound, 1)]
    [InlineData(StatusCodes.Status429TooManyRequests, 3)]
    [InlineData(StatusCodes.Status500InternalServerError, 1)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, 3)]
    public async Task A_server_that_refuses_is_asked_again_only_if_it_is_busy_and_extracts_answer(int status, int times)
    {
        _model.Chat = (context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/v1/models";
            return context.Response.WriteAsJsonAsync(
                new { error = new { message = "the prompt was: " + Question, code = "context_length_exceeded" } },
                context.RequestAborted);
        };

        ModelAnswers.AssertExtracts(await AskAsync());
        Assert.Equal(times, _model.Bodies.Count);
        Assert.Equal(times, _model.Keys.Count);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("data: not json\n\n")]
    [InlineData("data: {\"choices\":42}\n\n")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":7}}]}\n\n")]
    [InlineData("data: [DONE]\n\n")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"Oui.\"},\"finish_reason\":\"stop\"}]}")]
    [InlineData("")]
    public async Task What_is_no_streamed_completion_gives_extracts(string reply)
    {
        _model.Chat = (context, _) =>
        {
            context.Response.ContentType = "text/event-stream";
            return FakeModelServer.WriteAsync(context, reply);
        };

        ModelAnswers.AssertExtracts(await AskAsync());
    }

    [Fact]
    public async Task A_server_that_hangs_up_in_the_middle_gives_extracts_after_the_pieces()
    {
        using var shown = new SemaphoreSlim(0);
        _model.Chat = async (context, _) =>
        {
            await FakeModelServer.SendAsync(context, new { delta = new { content = "Le badge" }, index = 0 });
            await shown.WaitAsync(context.RequestAborted);
            context.Abort();
        };

        var events = await StreamAsync(shown.Release);

        Assert.Equal("Le badge", events[0].Data.GetProperty("text").GetString());
        Assert.Equal("answer", events[1].Name);
        ModelAnswers.AssertExtracts(events[1].Data);
    }

    [Fact]
    public async Task A_server_that_never_ends_a_line_is_cut_off()
    {
        _model.Chat = async (context, _) =>
        {
            context.Response.ContentType = "text/event-stream";
            var noise = new string('x', 1 << 20);
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await FakeModelServer.WriteAsync(context, noise);
            }
        };

        ModelAnswers.AssertExtracts(await AskAsync());
    }

    [Fact]
    public async Task Nobody_at_the_endpoint_gives_extracts()
    {
        var model = await FakeModelServer.StartAsync();
        var settings = model.Settings;
        await model.DisposeAsync();
        await using var site = await TestServer.StartAsync(settings: settings);

        ModelAnswers.AssertExtracts(await AskAsync(site));
    }

    [Fact]
    public async Task When_the_asker_leaves_the_model_server_is_left_too()
    {
        using var asked = new SemaphoreSlim(0);
        using var left = new SemaphoreSlim(0);
        _model.Chat = async (context, _) =>
        {
            context.RequestAborted.Register(() => left.Release());
            asked.Release();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/ask", UriKind.Relative))
        {
            Content = JsonContent.Create(new { question = Question }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestServer.AnnaKey);

        var outcome = Record.ExceptionAsync(() => _site.Client.SendAsync(request, leave.Token));
        await asked.WaitAsync(Stop);
        await leave.CancelAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(await outcome);
        await left.WaitAsync(Stop);
    }

    [Fact]
    public async Task What_the_asker_may_not_read_changes_no_byte_that_the_model_server_gets()
    {
        const string Mission = "Combien coûte la mission Aurore et le badge provisoire ?";
        await using var bare = await TestServer.StartAsync(settings: _model.Settings, hasSecret: false);
        _model.Chat = (context, _) => FakeModelServer.SayAsync(context);

        using var first = await _site.PostAsync("/api/ask", new { question = Mission });
        using var second = await bare.PostAsync("/api/ask", new { question = Mission });
        using var third = await _site.PostAsync("/api/ask", new { question = Mission }, TestServer.OperatorKey);

        var bodies = _model.Bodies.ToArray();
        Assert.Equal(bodies[0], bodies[1]);
        Assert.Contains("12 millions", bodies[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_the_words_before_the_model_has_ended_and_then_the_checked_answer()
    {
        using var shown = new SemaphoreSlim(0);
        _model.Chat = async (context, body) =>
        {
            await FakeModelServer.SendAsync(context, new { delta = new { content = "<b>Il paraît que" }, index = 0 });
            await shown.WaitAsync(context.RequestAborted);
            await SpeakAsync(context, body);
        };

        using var response = await _site.Client.GetAsync(
            new Uri("/?as=anna&lang=fr&question=badge+provisoire", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead,
            Stop);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Stop));
        var buffer = new char[4_096];
        var page = "";
        while (!page.Contains("&lt;b&gt;Il para", StringComparison.Ordinal))
        {
            page += new string(buffer, 0, await reader.ReadAsync(buffer, Stop));
        }

        Assert.DoesNotContain("id=\"answer\"", page, StringComparison.Ordinal);
        shown.Release();
        page += await reader.ReadToEndAsync(Stop);
        Assert.Contains("id=\"answer\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"source-1\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>", page.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains(":has(~ .answer)", Encoding.UTF8.GetString(ConsoleAssets.Stylesheet), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_console_shows_the_notice()
    {
        _model.Chat = (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };

        using var french = await _site.GetAsync("/?as=anna&lang=fr&question=badge+provisoire", key: null);
        using var english = await _site.GetAsync("/?as=anna&lang=en&question=badge+provisoire", key: null);

        Assert.Contains("n&#x27;a pas pu r", await TestServer.ReadTextAsync(french), StringComparison.Ordinal);
        Assert.Contains("model could not answer", await TestServer.ReadTextAsync(english), StringComparison.Ordinal);
    }

    private static Task SpeakAsync(HttpContext context, string body) =>
        FakeModelServer.SayAsync(context, Said, $" [{FakeModelServer.NumberOf(body, Passage)}].");

    private async Task<JsonElement> AskAsync(TestServer? site = null)
    {
        using var response = await (site ?? _site).PostAsync("/api/ask", new { question = Question });
        return await TestServer.ReadJsonAsync(response);
    }

    private async Task<List<(string Name, JsonElement Data)>> StreamAsync(Func<int> atFirst)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/ask", UriKind.Relative))
        {
            Content = JsonContent.Create(new { question = Question }),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestServer.AnnaKey);
        using var response = await _site.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        var events = new List<(string, JsonElement)>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(Stop))
            .EnumerateAsync(Stop))
        {
            events.Add((item.EventType, JsonSerializer.Deserialize<JsonElement>(item.Data)));
            if (events.Count == 1)
            {
                atFirst();
            }
        }

        return events;
    }

    private static async Task<string?> ReadProviderAsync(TestServer site)
    {
        using var response = await site.GetAsync("/v1/models");
        var models = await TestServer.ReadJsonAsync(response);
        return models.GetProperty("data")[0].GetProperty("provider").GetString();
    }
}
