using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Answers.Conversations;
using Terroir.Ingestion;
using Terroir.Provenance.Receipts;

namespace Terroir.Server.Tests;

/// <summary>Conversations, over real HTTP.</summary>
public sealed class ConversationTests : IAsyncLifetime
{
    private const string First = "Où se retire le badge provisoire ?";
    private const string Second = "Et le badge, il se retire où ?";

    private TestServer _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_question_goes_on_with_the_one_before_and_the_receipt_states_what_was_answered()
    {
        var id = await BeginAsync();
        var answer = await AskAsync(Second, id);

        Assert.Equal(id, answer.GetProperty("conversation").GetString());
        Assert.Equal($"{Second} (provisoire)", answer.GetProperty("question").GetString());
        Assert.Contains("poste de sécurité", answer.GetProperty("answer").GetString(), StringComparison.Ordinal);
        using var response = await _site.GetAsync($"{answer.GetProperty("receipt").GetString()}/openings");
        var openings = ReceiptOpenings.Parse(await response.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal($"{Second} (provisoire)", Encoding.UTF8.GetString(openings.Question!.Content));

        var turns = (await ReadAsync($"/api/conversations/{id}")).GetProperty("turns");
        Assert.Equal(
            [First, Second],
            turns.EnumerateArray().Select(turn => turn.GetProperty("asked").GetString()),
            StringComparer.Ordinal);
        Assert.Equal(answer.GetProperty("receipt").GetString(), turns[1].GetProperty("receipt").GetString());
        var listed = Assert.Single(
            (await ReadAsync("/api/conversations")).GetProperty("conversations").EnumerateArray());
        Assert.Equal((id, First, 2), (
            listed.GetProperty("id").GetString(),
            listed.GetProperty("title").GetString(),
            listed.GetProperty("turns").GetInt32()));
    }

    [Fact]
    public async Task What_answers_the_earlier_question_only_is_no_answer_to_the_next_one()
    {
        var id = await BeginAsync();
        var answer = await AskAsync("Et quand est-il repeint ?", id);

        Assert.Equal("Et quand est-il repeint ? (badge provisoire)", answer.GetProperty("question").GetString());
        Assert.True(answer.GetProperty("refused").GetBoolean());
    }

    [Fact]
    public async Task Of_somebody_else_it_looks_absent()
    {
        var id = await BeginAsync();
        var absent = new string('0', 32);
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete])
        {
            using var other = await SendAsync(method, id, TestServer.OperatorKey);
            using var none = await SendAsync(method, absent, TestServer.OperatorKey);
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
            Assert.Equal(await DetailAsync(none), await DetailAsync(other));
        }

        using var asked = await _site.PostAsync(
            "/api/ask",
            new { question = Second, conversation = id },
            TestServer.OperatorKey);
        Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
        using var list = await _site.GetAsync("/api/conversations", TestServer.OperatorKey);
        Assert.Empty((await TestServer.ReadJsonAsync(list)).GetProperty("conversations").EnumerateArray());
        Assert.Single((await ReadAsync($"/api/conversations/{id}")).GetProperty("turns").EnumerateArray());
    }

    [Fact]
    public async Task What_is_deleted_is_gone_also_from_the_disk()
    {
        var id = await BeginAsync();
        Assert.NotEmpty(Files());
        using var deleted = await SendAsync(HttpMethod.Delete, id, TestServer.AnnaKey);
        using var again = await SendAsync(HttpMethod.Delete, id, TestServer.AnnaKey);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, again.StatusCode));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task The_files_hold_no_word_in_clear_and_no_name()
    {
        await BeginAsync();
        var file = Assert.Single(Files());

        Assert.DoesNotContain("anna", file, StringComparison.Ordinal);
        var text = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, Stop));
        Assert.DoesNotContain("badge", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_whose_document_is_gone_is_kept_back()
    {
        var id = await BeginAsync();
        await RemoveAsync("badges.md");
        var turn = Assert.Single((await ReadAsync($"/api/conversations/{id}")).GetProperty("turns").EnumerateArray());

        Assert.True(turn.GetProperty("keptBack").GetBoolean());
        Assert.DoesNotContain("poste de s", turn.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(First, turn.GetProperty("asked").GetString());
    }

    [Fact]
    public async Task Turns_that_cite_a_document_and_conversations_of_a_person_can_be_erased()
    {
        var conversations = _site.Services.GetRequiredService<IConversations>();
        var id = await BeginAsync();
        await AskAsync("Qui dirige la cantine Mercure ?", id);
        var answer = await AskAsync(First, conversation: null);
        var cited = DocumentId.Parse(answer.GetProperty("citations")[0].GetProperty("document").GetString()!);
        var count = conversations.DeleteTurns(turn => turn.Documents.Any(item => item.Document == cited), Stop);

        Assert.Equal(1, count);
        Assert.Equal(1, Assert.Single(conversations.List(new Asker("anna", []))).TurnCount);
        Assert.Equal(0, conversations.DeletePerson("olga"));
        Assert.Equal(1, conversations.DeletePerson("anna"));
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("NEW")]
    [InlineData("../../keys")]
    [InlineData("0123")]
    public async Task What_is_no_id_is_refused(string id)
    {
        using var response = await _site.PostAsync("/api/ask", new { question = First, conversation = id });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_question_outside_of_conversations_keeps_nothing()
    {
        var answer = await AskAsync(First, conversation: null);
        Assert.Empty(Files());
        Assert.False(answer.TryGetProperty("conversation", out var id) && id.ValueKind == JsonValueKind.String);
    }

    private string[] Files() => Directory.Exists(_site.Folder.ConversationsFolder)
        ? Directory.GetFiles(_site.Folder.ConversationsFolder, "*", SearchOption.AllDirectories)
        : [];

    private async Task RemoveAsync(string name)
    {
        var source = (await _site.Services.GetRequiredService<Storage.IMetastore>().Sources
            .ListSourcesAsync(Stop))[0];
        File.Delete(Path.Combine(source.Location, name));
        _ = await _site.Services.GetRequiredService<ISynchronizer>()
            .SyncAsync(source.Id, new SyncOptions(), progress: null, Stop);
    }

    private async Task<string> BeginAsync() =>
        (await AskAsync(First, "new")).GetProperty("conversation").GetString()!;

    private async Task<JsonElement> AskAsync(string question, string? conversation)
    {
        using var response = await _site.PostAsync("/api/ask", new { question, conversation });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await TestServer.ReadJsonAsync(response);
    }

    private async Task<JsonElement> ReadAsync(string path)
    {
        using var response = await _site.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await TestServer.ReadJsonAsync(response);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string id, string key) =>
        _site.SendAsync(method, $"/api/conversations/{id}", body: null, key);

    private static async Task<string?> DetailAsync(HttpResponseMessage response) =>
        (await TestServer.ReadJsonAsync(response)).GetProperty("detail").GetString();
}
