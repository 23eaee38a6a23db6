using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Answers.Approvals;
using Terroir.Provenance.Events;
using Terroir.Server.Tests.Models;
using Terroir.Storage;

namespace Terroir.Server.Tests.Policies;

/// <summary>Policies that let a person decide, over HTTP and a model server.</summary>
public sealed class ApprovalTests : IAsyncLifetime
{
    private const string Question = "Où se retire le badge provisoire ?";
    private const string Written = "Le badge provisoire se retire au poste de sécurité";

    private FakeModelServer _model = null!;
    private TestServer _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _model = await FakeModelServer.StartAsync();
        _model.Chat = (context, body) => FakeModelServer.SayAsync(
            context,
            $"{Written} [{FakeModelServer.NumberOf(body, "badge provisoire")}].");
        _site = await TestServer.StartAsync(
            settings: new Dictionary<string, string?>(_model.Settings, StringComparer.Ordinal)
            {
                ["Terroir:Server:StewardGroup"] = "operators",
            },
            prepare: folder =>
            {
                Directory.CreateDirectory(folder.PoliciesFolder);
                File.WriteAllText(
                    Path.Combine(folder.PoliciesFolder, "test.cedar"),
                    "@id(\"a-person\") permit (principal, action == Action::\"processApproved\", resource);\n");
            });
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_sent_until_a_steward_approves_and_then_it_is()
    {
        var first = await AskAsync(Question);
        var again = await AskAsync(Question);

        Assert.Empty(_model.Bodies);
        var request = Assert.Single(await ListAsync(TestServer.OperatorKey));
        var id = request.GetProperty("id").GetString()!;
        Assert.Equal("pending", request.GetProperty("state").GetString());
        Assert.Equal("anna", request.GetProperty("user").GetString());
        Assert.Equal("a-person", Assert.Single(request.GetProperty("policies").EnumerateArray()).GetString());
        Assert.All([first, again], answer => Assert.Contains(id, NoticesOf(answer), StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(id, approve: true));
        var answer = await AskAsync(Question);

        Assert.Single(_model.Bodies);
        Assert.Contains(Written, answer.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Contains(id, NoticesOf(answer), StringComparison.Ordinal);
        Assert.Equal("olga", Assert.Single(await ListAsync(TestServer.AnnaKey)).GetProperty("decidedBy").GetString());
        Assert.Equal(
            [(EventKinds.ApprovalAsked, "user:anna"), (EventKinds.ApprovalGiven, "user:olga")],
            await EventsAsync(id));
    }

    [Fact]
    public async Task An_approval_is_for_one_question_of_one_person_and_nothing_else()
    {
        await AskAsync(Question);
        var id = Assert.Single(await ListAsync(TestServer.OperatorKey)).GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(id, approve: true));

        await AskAsync("Où est le badge provisoire ?");
        await AskAsync(Question, TestServer.OperatorKey);

        Assert.Empty(_model.Bodies);
        Assert.Equal(3, (await ListAsync(TestServer.OperatorKey)).Count);
        Assert.Equal(2, (await ListAsync(TestServer.AnnaKey)).Count);
    }

    [Fact]
    public async Task What_is_refused_is_not_sent_and_the_first_decision_holds()
    {
        await AskAsync(Question);
        var id = Assert.Single(await ListAsync(TestServer.OperatorKey)).GetProperty("id").GetString()!;

        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(id, approve: false));
        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(id, approve: true));
        var answer = await AskAsync(Question);

        Assert.Empty(_model.Bodies);
        Assert.Contains($"La demande {id} a été refusée", NoticesOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_steward_decides_and_never_on_their_own_request()
    {
        await AskAsync(Question);
        await AskAsync(Question, TestServer.OperatorKey);
        var requests = await ListAsync(TestServer.OperatorKey);
        var (others, own) = (IdOf(requests, "anna"), IdOf(requests, "olga"));

        Assert.Equal(HttpStatusCode.Forbidden, await DecideAsync(others, approve: true, TestServer.AnnaKey));
        Assert.Equal(HttpStatusCode.Forbidden, await DecideAsync(own, approve: true));
        Assert.Equal(HttpStatusCode.NotFound, await DecideAsync("0123456789abcdef0123", approve: true));
        Assert.All(
            await ListAsync(TestServer.OperatorKey),
            request => Assert.Equal("pending", request.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Only_so_many_requests_of_one_person_wait()
    {
        for (var number = 0; number <= IApprovals.PendingMax; number++)
        {
            await AskAsync($"{Question[..^2]} de la porte {number} ?");
        }

        Assert.Equal(IApprovals.PendingMax, (await ListAsync(TestServer.AnnaKey)).Count);
        Assert.Empty(_model.Bodies);
    }

    [Fact]
    public async Task What_is_kept_says_neither_what_was_asked_nor_who_asked_to_whoever_reads_the_disk()
    {
        await AskAsync(Question);

        var objects = _site.Folder.ObjectsFolder;
        var folder = Directory.EnumerateDirectories(objects, "approvals", SearchOption.AllDirectories).Single();
        var file = Assert.Single(Directory.EnumerateFiles(folder));
        var text = await File.ReadAllTextAsync(file, Stop);
        Assert.DoesNotContain("anna", text, StringComparison.Ordinal);
        Assert.DoesNotContain("badge", text, StringComparison.Ordinal);
    }

    private static string IdOf(IReadOnlyList<JsonElement> requests, string user) => requests
        .Single(request => request.GetProperty("user").ValueEquals(user)).GetProperty("id").GetString()!;

    private static string NoticesOf(JsonElement answer) => string.Join('\n', answer.GetProperty("notices")
        .EnumerateArray().Select(notice => notice.GetString()));

    private async Task<JsonElement> AskAsync(string question, string key = TestServer.AnnaKey)
    {
        using var response = await _site.PostAsync("/api/ask", new { question }, key);
        return await TestServer.ReadJsonAsync(response);
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string key)
    {
        using var response = await _site.GetAsync("/api/approvals", key);
        return [.. (await TestServer.ReadJsonAsync(response)).GetProperty("approvals").EnumerateArray()];
    }

    private async Task<HttpStatusCode> DecideAsync(string id, bool approve, string key = TestServer.OperatorKey)
    {
        using var response = await _site.PostAsync(
            $"/api/approvals/{id}/decision",
            new { approve, reason = "urgence" },
            key);
        return response.StatusCode;
    }

    private async Task<IReadOnlyList<(string Kind, string? Actor)>> EventsAsync(string id)
    {
        var ledger = _site.Services.GetRequiredService<IMetastore>().Ledger;
        var rows = await ledger.FindAsync(new LedgerQuery { Subject = id }, Stop);
        return [.. rows.Select(placed => (placed.Row.Kind, placed.Row.Actor))];
    }
}
