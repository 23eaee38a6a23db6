using System.Net;
using System.Text.Json;

namespace Terroir.Server.Tests;

public sealed class OpenAiEndpointsTests
{
    private const string Path = "/v1/chat/completions";

    [Fact]
    public async Task The_site_is_a_model()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.GetAsync("/v1/models");
        var models = await TestServer.ReadJsonAsync(response);

        Assert.Equal("list", models.GetProperty("object").GetString());
        Assert.Equal("terroir", models.GetProperty("data")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_completion_carries_its_citations_as_markers_and_as_a_field()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.PostAsync(Path, Chat());
        var completion = await TestServer.ReadJsonAsync(response);
        var choice = completion.GetProperty("choices")[0];

        Assert.Equal("chat.completion", completion.GetProperty("object").GetString());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        Assert.Contains(
            "[1]",
            choice.GetProperty("message").GetProperty("content").GetString(),
            StringComparison.Ordinal);
        Assert.Equal("badges.md", completion.GetProperty("citations")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task A_streamed_completion_adds_up_to_the_whole_and_ends_with_done()
    {
        await using var server = await TestServer.StartAsync();

        using var whole = await server.PostAsync(Path, Chat());
        using var streamed = await server.PostAsync(Path, Chat(isStreamed: true));
        var lines = ReadLines(await TestServer.ReadTextAsync(streamed));
        var text = string.Concat(lines[..^1].Select(ReadPiece));

        Assert.Equal("[DONE]", lines[^1]);
        Assert.Equal(
            (await TestServer.ReadJsonAsync(whole)).GetProperty("choices")[0].GetProperty("message")
                .GetProperty("content").GetString(),
            text);
    }

    [Fact]
    public async Task A_program_gets_the_answer_as_an_object_whole_and_streamed()
    {
        await using var server = await TestServer.StartAsync();

        using var whole = await server.PostAsync(Path, Chat(format: "json_object"));
        using var streamed = await server.PostAsync(Path, Chat(isStreamed: true, format: "json_object"));
        var text = (await TestServer.ReadJsonAsync(whole)).GetProperty("choices")[0].GetProperty("message")
            .GetProperty("content").GetString()!;
        var answer = JsonSerializer.Deserialize<JsonElement>(text);

        Assert.EndsWith("[1]", answer.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.False(answer.GetProperty("refused").GetBoolean());
        Assert.Equal("badges.md", answer.GetProperty("citations")[0].GetProperty("path").GetString());
        Assert.Equal(text, string.Concat(ReadLines(await TestServer.ReadTextAsync(streamed))[..^1].Select(ReadPiece)));
    }

    [Theory]
    [InlineData("json_schema")]
    [InlineData("yaml")]
    public async Task A_form_that_could_not_be_held_to_quotes_is_refused(string format)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.PostAsync(Path, Chat(format: format));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("response_format_unsupported", await ReadAsync(response, "code"));
    }

    [Fact]
    public async Task Errors_have_the_shape_that_its_clients_expect()
    {
        await using var server = await TestServer.StartAsync();

        using var unknown = await server.PostAsync(Path, Chat(model: "gpt-0"));
        using var empty = await server.PostAsync(Path, new { model = "terroir", messages = Array.Empty<object>() });
        using var anonymous = await server.PostAsync(Path, Chat(), key: null);

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("model_not_found", await ReadAsync(unknown, "code"));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Equal("invalid_request_error", await ReadAsync(empty, "type"));
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal("authentication_error", await ReadAsync(anonymous, "type"));
    }

    private static object Chat(string model = "terroir", bool isStreamed = false, string format = "text") => new
    {
        model,
        response_format = new { type = format },
        stream = isStreamed,
        messages = new object[]
        {
            new { role = "system", content = "Be brief." },
            new
            {
                role = "user",
                content = new object[] { new { type = "text", text = "Où se retire le badge provisoire ?" } },
            },
        },
    };

    private static string[] ReadLines(string events) =>
    [
        .. events.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.StartsWith("data: ", StringComparison.Ordinal))
            .Select(line => line["data: ".Length..]),
    ];

    private static async Task<string?> ReadAsync(HttpResponseMessage response, string name) =>
        (await TestServer.ReadJsonAsync(response)).GetProperty("error").GetProperty(name).GetString();

    private static string ReadPiece(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("choices")[0].GetProperty("delta").TryGetProperty("content", out var text)
            ? text.GetString() ?? ""
            : "";
    }
}
