using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;

namespace Terroir.Server.Tests;

public sealed class AskEndpointsTests
{
    private const string Question = "Où se retire le badge provisoire ?";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_quotes_the_bytes_that_it_cites()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.PostAsync("/api/ask", new { question = Question });
        var answer = await TestServer.ReadJsonAsync(response);
        var citation = answer.GetProperty("citations").EnumerateArray().First();
        using var document = await server.GetAsync($"/api/documents/{citation.GetProperty("document").GetString()}");
        var text = (await TestServer.ReadJsonAsync(document)).GetProperty("text").GetString()!;
        var start = citation.GetProperty("start").GetInt32();
        var bytes = Encoding.UTF8.GetBytes(text).AsSpan(start, citation.GetProperty("end").GetInt32() - start);

        Assert.False(answer.GetProperty("refused").GetBoolean());
        Assert.Contains("poste de sécurité", answer.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Equal(citation.GetProperty("quote").GetString(), Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public async Task What_someone_may_not_read_is_refused_as_what_is_not_there()
    {
        await using var server = await TestServer.StartAsync();

        using var forbidden = await server.PostAsync("/api/ask", new { question = "Combien coûte le projet Aurore ?" });
        using var absent = await server.PostAsync("/api/ask", new { question = "Combien coûte le projet Boréal ?" });
        using var allowed = await server.PostAsync(
            "/api/ask",
            new { question = "Combien coûte le projet Aurore ?" },
            TestServer.OperatorKey);

        // The id of a receipt is random by design, whatever was asked.
        var told = WithoutReceipt(await TestServer.ReadTextAsync(absent));
        Assert.Equal(
            told.Replace("Boréal", "Aurore", StringComparison.Ordinal),
            WithoutReceipt(await TestServer.ReadTextAsync(forbidden)));
        Assert.False((await TestServer.ReadJsonAsync(allowed)).GetProperty("refused").GetBoolean());
    }

    private static string WithoutReceipt(string json)
    {
        var without = Regex.Replace(json, "/api/receipts/[0-9a-f]{64}", "", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.NotEqual(json, without, StringComparer.Ordinal);
        return without;
    }

    [Fact]
    public async Task A_streamed_answer_comes_in_events_and_ends_with_the_whole()
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/ask", UriKind.Relative))
        {
            Content = JsonContent.Create(new { question = Question }),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestServer.AnnaKey);

        using var response = await server.Client.SendAsync(request, Stop);
        var events = await TestServer.ReadTextAsync(response);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("event: text\n", events, StringComparison.Ordinal);
        Assert.Contains("event: answer\n", events, StringComparison.Ordinal);
        Assert.True(
            events.LastIndexOf("event: text", StringComparison.Ordinal)
            < events.IndexOf("event: answer", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"question":""}""")]
    [InlineData("""{"question":"Où ?","language":"de"}""")]
    [InlineData("""{"question":"Où ?","collections":["Not A Name"]}""")]
    [InlineData("""{"question":""")]
    [InlineData("[]")]
    public async Task A_body_that_is_no_question_is_a_problem_that_names_it(string body)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.SendTextAsync("/api/ask", body, "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_question_that_is_too_long_is_a_problem()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.PostAsync("/api/ask", new { question = new string('a', 4_001) });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_read_is_a_problem_with_its_code()
    {
        await using var server = await TestServer.StartAsync();
        await File.WriteAllTextAsync(server.DirectoryFile, "users: [", Stop);

        using var response = await server.PostAsync("/api/ask", new { question = Question });

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("TER1003", (await TestServer.ReadJsonAsync(response)).GetProperty("code").GetString());
    }
}
