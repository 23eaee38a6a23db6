using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Terroir.Access;
using Terroir.Server.Budgets;
using Terroir.Server.Tests.Models;
using Terroir.Storage;

namespace Terroir.Server.Tests.Budgets;

/// <summary>What a site with budgets lets people spend on its model.</summary>
public sealed class BudgetTests : IAsyncLifetime
{
    // Room for one call at a time: a prompt of the site and its answer can cost between half of it and all.
    private const int TokensPerDay = 3_000;

    private readonly MovedClock _time = new(new DateTimeOffset(2026, 11, 27, 22, 0, 0, TimeSpan.Zero));
    private FakeModelServer _model = null!;
    private TestServer _site = null!;

    public async ValueTask InitializeAsync()
    {
        _model = await FakeModelServer.StartAsync((context, body) => SayAsync(context, body, usage: 2_900));
        var settings = new Dictionary<string, string?>(_model.Settings, StringComparer.Ordinal)
        {
            ["Terroir:Budgets:0:Group"] = "soins",
            ["Terroir:Budgets:0:TokensPerDay"] = $"{TokensPerDay}",
        };
        _site = await TestServer.StartAsync(settings: settings, time: _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task Beyond_it_no_model_is_called_and_extracts_answer_until_it_renews()
    {
        _model.Chat = (context, body) => SayAsync(context, body, usage: 300);
        var first = await AskAsync("fr");
        Assert.Equal(300, await UsedAsync());
        _model.Chat = (context, body) => SayAsync(context, body, usage: 1_000_000);
        _ = await AskAsync("fr");
        var calls = _model.Bodies.Count;
        var used = await UsedAsync();
        var refused = await AskAsync("fr");
        var english = await AskAsync("en");
        await _site.RestartAsync();
        var restarted = await AskAsync("fr");
        var after = await UsedAsync();
        using var chat = await _site.PostAsync(
            "/v1/chat/completions",
            new { model = "terroir", messages = new[] { new { role = "user", content = Question } } });

        Assert.Equal(FakeModelServer.Model, first.GetProperty("provider").GetString());
        Assert.InRange(used, TokensPerDay / 2, TokensPerDay);
        Assert.Equal(calls, _model.Bodies.Count);
        Assert.Equal(used, after);
        Assert.Equal(HttpStatusCode.OK, chat.StatusCode);
        Assert.All(
            [refused, english, restarted, await TestServer.ReadJsonAsync(chat)],
            answer => Assert.Equal("extractive", answer.GetProperty("provider").GetString()));
        Assert.Contains(
            "« soins: tokensPerDay » ne suffit pas pour un modèle ; il se renouvelle le 28/11/2026 à 00:00 UTC",
            NoticeOf(refused),
            StringComparison.Ordinal);
        Assert.Contains("renews on 2026-11-28 at 00:00 UTC", NoticeOf(english), StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromHours(2));
        var renewed = await AskAsync("fr");
        Assert.Equal(FakeModelServer.Model, renewed.GetProperty("provider").GetString());
    }

    [Fact]
    public async Task Joules_run_out_and_receipts_state_them()
    {
        _model.Chat = async (context, body) =>
        {
            _time.Advance(TimeSpan.FromSeconds(100));
            await SayAsync(context, body, usage: 300);
        };
        await using var site = await TestServer.StartAsync(
            settings: new Dictionary<string, string?>(_model.Settings, StringComparer.Ordinal)
            {
                ["Terroir:Budgets:0:Group"] = "*",
                ["Terroir:Budgets:0:JoulesPerDay"] = "9000",
                ["Terroir:Models:Power:MinWatts"] = "20",
                ["Terroir:Models:Power:MaxWatts"] = "50",
                ["Terroir:Models:LocalPower:MaxWatts"] = "30",
            },
            time: _time);

        using var paid = await site.PostAsync("/api/ask", new { question = Question });
        using var refused = await site.PostAsync("/api/ask", new { question = Question });
        using var budget = await site.GetAsync("/api/v1/budget");
        var answer = await TestServer.ReadJsonAsync(paid);
        using var receipt = await site.GetAsync(answer.GetProperty("receipt").GetString()!);

        Assert.Equal(FakeModelServer.Model, answer.GetProperty("provider").GetString());
        Assert.Contains(
            "*: joulesPerDay", NoticeOf(await TestServer.ReadJsonAsync(refused)), StringComparison.Ordinal);
        var own = await TestServer.ReadJsonAsync(budget);
        Assert.Equal(5_000, own.GetProperty("joules").GetProperty("used").GetDouble());
        Assert.Equal("modelled", own.GetProperty("energy").GetString());
        var bundle = (await TestServer.ReadJsonAsync(receipt)).GetProperty("dsseEnvelope").GetProperty("payload");
        var statement = JsonSerializer.Deserialize<JsonElement>(bundle.GetBytesFromBase64());
        Assert.Equal(
            5_000,
            statement.GetProperty("predicate").GetProperty("energy").GetProperty("joulesMax").GetDouble());
    }

    [Fact]
    public async Task Who_has_no_budget_is_not_counted_and_nobody_sees_anothers()
    {
        _ = await AskAsync("fr");
        using var answer = await _site.PostAsync(
            "/api/ask", new { question = Question }, TestServer.OperatorKey);
        using var own = await _site.GetAsync("/api/v1/budget", TestServer.OperatorKey);

        Assert.Equal(
            FakeModelServer.Model,
            (await TestServer.ReadJsonAsync(answer)).GetProperty("provider").GetString());
        Assert.Equal(
            """{"energy":"not metered","renewsAt":"2026-11-28T00:00:00+00:00"}""",
            await TestServer.ReadTextAsync(own));
        Assert.Equal(
            default,
            _site.Services.GetRequiredService<IIdentityStore>().ReadModelUse("olga", new DateOnly(2026, 11, 27)));
    }

    [Fact]
    public async Task Questions_at_once_are_paid_one_by_one()
    {
        var answers = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
            answers.Add((await AskAsync("fr")).GetProperty("provider").GetString()!)));

        Assert.Single(answers, provider => provider is FakeModelServer.Model);
        Assert.Single(_model.Bodies);
        Assert.InRange(await UsedAsync(), 1, TokensPerDay);
    }

    [Fact]
    public async Task A_server_that_fails_at_once_costs_no_tokens_and_one_that_counts_none_costs_the_most()
    {
        _model.Chat = (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        };
        _ = await AskAsync("fr");
        var failed = await UsedAsync();
        _model.Chat = (context, body) => SayAsync(context, body, usage: null);
        _ = await AskAsync("fr");

        Assert.Equal(0, failed);
        Assert.InRange(await UsedAsync(), TokensPerDay / 2, TokensPerDay);
    }

    [Fact]
    public void Of_several_budgets_the_most_generous_counts_for_each_bound()
    {
        var budgets = new ModelBudgets(
            _site.Services.GetRequiredService<IIdentityStore>(),
            Options.Create(new BudgetOptions
            {
                Budgets =
                [
                    new BudgetRule { Group = "*", TokensPerDay = 1_000, SecondsPerDay = 600 },
                    new BudgetRule { Group = "soins", TokensPerDay = 9_000, SecondsPerDay = 200 },
                    new BudgetRule { Group = "direction", TokensPerDay = 5_000 },
                ],
            }),
            _time);

        Assert.Equal(
            new BudgetLimits(new BudgetLimit("soins", 9_000), new BudgetLimit("*", 600), null),
            budgets.LimitsOf(new Asker("anna", ["soins"]).Principals));
        Assert.Equal(
            new BudgetLimits(new BudgetLimit("soins", 9_000), null, null),
            budgets.LimitsOf(new Asker("anna", ["soins", "direction"]).Principals));
        Assert.Equal(
            new BudgetLimits(new BudgetLimit("*", 1_000), new BudgetLimit("*", 600), null),
            budgets.LimitsOf(new Asker("olga", []).Principals));
    }

    private const string Question = "Où se retire le badge provisoire ?";

    private static string NoticeOf(JsonElement answer) => answer.GetProperty("notices")[0].GetString()!;

    private static async Task SayAsync(HttpContext context, string body, int? usage)
    {
        Assert.Contains("stream_options", body, StringComparison.Ordinal);
        var number = FakeModelServer.NumberOf(body, "poste de sécurité");
        context.Response.ContentType = "text/event-stream";
        var text = $"Le badge provisoire se retire au poste de sécurité du rez-de-chaussée [{number}].";
        await FakeModelServer.SendAsync(context, new { delta = new { role = "assistant", content = text }, index = 0 });
        await FakeModelServer.SendAsync(context, new { delta = new { }, index = 0, finish_reason = "stop" });
        if (usage is not null)
        {
            await FakeModelServer.WriteAsync(context, $"data: {JsonSerializer.Serialize(new
            {
                id = "chat-1",
                @object = "chat.completion.chunk",
                created = 1,
                model = FakeModelServer.Model,
                choices = Array.Empty<object>(),
                usage = new { prompt_tokens = usage - 20, completion_tokens = 20, total_tokens = usage },
            })}\n\n");
        }

        await FakeModelServer.WriteAsync(context, "data: [DONE]\n\n");
    }

    private async Task<JsonElement> AskAsync(string language)
    {
        using var response = await _site.PostAsync("/api/ask", new { question = Question, language });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await TestServer.ReadJsonAsync(response);
    }

    private async Task<double> UsedAsync()
    {
        using var response = await _site.GetAsync("/api/v1/budget");
        return (await TestServer.ReadJsonAsync(response)).GetProperty("tokens").GetProperty("used").GetDouble();
    }
}
