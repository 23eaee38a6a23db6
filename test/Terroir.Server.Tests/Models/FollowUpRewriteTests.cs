using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Server.Tests.Models;

/// <summary>Questions of conversations that a model server makes stand alone.</summary>
public sealed class FollowUpRewriteTests : IAsyncLifetime
{
    private const string First = "Où se retire le badge provisoire ?";
    private const string Second = "Et le badge, il se retire où ?";
    private const string Whole = "Où se retire le badge provisoire, et où est le badge ?";
    private const string ByRules = $"{Second} (provisoire)";

    private FakeModelServer _model = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _model = await FakeModelServer.StartAsync();

    public ValueTask DisposeAsync() => _model.DisposeAsync();

    [Fact]
    public async Task What_the_model_writes_is_asked_and_it_sees_the_questions_only()
    {
        await using var site = await TestServer.StartAsync(settings: _model.Settings);
        var answer = await ConverseAsync(site, (context, _) => FakeModelServer.SayAsync(context, Whole));

        Assert.Equal(Whole, answer.GetProperty("question").GetString());
        var asked = Assert.Single(_model.Bodies, IsRewriting);
        Assert.Contains("badge provisoire", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("poste de s", asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Où se retire le badge de Mercure ?")]
    [InlineData("Le badge provisoire coûte 12 euros.")]
    [InlineData("")]
    public async Task What_does_not_hold_is_left_for_the_rules(string written)
    {
        await using var site = await TestServer.StartAsync(settings: _model.Settings);
        var answer = await ConverseAsync(site, (context, _) => FakeModelServer.SayAsync(context, written));

        Assert.Equal(ByRules, answer.GetProperty("question").GetString());
        Assert.Single(_model.Bodies, IsRewriting);
    }

    [Fact]
    public async Task A_model_that_fails_or_writes_on_is_left_for_the_rules()
    {
        await using var site = await TestServer.StartAsync(settings: _model.Settings);
        var failed = await ConverseAsync(site, (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        });
        var endless = await ConverseAsync(
            site,
            (context, _) => FakeModelServer.SayAsync(context, [.. Enumerable.Repeat("badge provisoire ", 100)]));

        Assert.Equal(ByRules, failed.GetProperty("question").GetString());
        Assert.Equal(ByRules, endless.GetProperty("question").GetString());
    }

    [Fact]
    public async Task What_policies_decide_of_it_is_in_the_ledger_beside_what_they_decide_of_the_answer()
    {
        await using var site = await TestServer.StartAsync(
            settings: _model.Settings,
            prepare: folder => WritePolicies(
                folder,
                "@id(\"all\") permit (principal, action == Action::\"process\", resource);\n"));
        var answer = await ConverseAsync(site, (context, _) => FakeModelServer.SayAsync(context, Whole));

        Assert.Equal(Whole, answer.GetProperty("question").GetString());
        var decided = Assert.Single(await DecidedAsync(site), IsOfFollowUp);
        Assert.Equal($"follow-up\n{FakeModelServer.Model}\n{new Uri(_model.Endpoint).Authority}\nallow\nall", decided);
    }

    [Fact]
    public async Task Policies_that_keep_a_model_from_answers_keep_it_from_questions()
    {
        await using var site = await TestServer.StartAsync(
            settings: _model.Settings,
            prepare: folder => WritePolicies(folder, "@id(\"none\") forbid (principal, action, resource);\n"));
        var answer = await ConverseAsync(site, (context, _) => FakeModelServer.SayAsync(context, Whole));

        Assert.Equal(ByRules, answer.GetProperty("question").GetString());
        Assert.Empty(_model.Bodies);
        var decided = Assert.Single(await DecidedAsync(site), IsOfFollowUp);
        Assert.EndsWith("\ndeny\nnone", decided, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_for_extracts_asks_no_model()
    {
        await using var site = await TestServer.StartAsync(settings: _model.Settings);
        var answer = await ConverseAsync(
            site,
            (context, _) => FakeModelServer.SayAsync(context, Whole),
            engine: "extractive");

        Assert.Equal(ByRules, answer.GetProperty("question").GetString());
        Assert.Empty(_model.Bodies);
    }

    private static void WritePolicies(SiteFolder folder, string text)
    {
        Directory.CreateDirectory(folder.PoliciesFolder);
        File.WriteAllText(Path.Combine(folder.PoliciesFolder, "test.cedar"), text);
    }

    // What the first and the last part of each decision say.
    private static async Task<IReadOnlyList<string>> DecidedAsync(TestServer site)
    {
        var ledger = site.Services.GetRequiredService<IMetastore>().Ledger;
        var rows = await ledger.FindAsync(new LedgerQuery { Kind = EventKinds.Decided }, Stop);
        return
        [
            .. rows.Select(placed => LedgerEvent.Parse(placed.Row.Kind, placed.Row.Time, placed.Row.Detail!).Subjects)
                .Select(subjects => $"{Open(subjects[0])}\n{Open(subjects[^1])}"),
        ];
    }

    private static string Open(EventSubject subject) => Encoding.UTF8.GetString(subject.Opening!.Content);

    private static bool IsOfFollowUp(string decided) => decided.StartsWith("follow-up\n", StringComparison.Ordinal);

    private static bool IsRewriting(string body) => body.Contains("Nouvelle question", StringComparison.Ordinal);

    private async Task<JsonElement> ConverseAsync(
        TestServer site,
        Func<HttpContext, string, Task> rewrite,
        string? engine = null)
    {
        _model.Chat = (context, body) => IsRewriting(body)
            ? rewrite(context, body)
            : FakeModelServer.SayAsync(context, "Pas de réponse.");
        var first = await AskAsync(site, First, "new", engine);
        return await AskAsync(site, Second, first.GetProperty("conversation").GetString()!, engine);
    }

    private static async Task<JsonElement> AskAsync(
        TestServer site,
        string question,
        string conversation,
        string? engine)
    {
        using var response = await site.PostAsync("/api/ask", new { question, conversation, engine, language = "fr" });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await TestServer.ReadJsonAsync(response);
    }
}
