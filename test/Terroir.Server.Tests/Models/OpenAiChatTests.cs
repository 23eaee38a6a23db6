using System.Text.Json;
using Microsoft.Extensions.AI;
using Terroir.Models;
using Terroir.Server.Models;

namespace Terroir.Server.Tests.Models;

/// <summary>What the client of a model server sends and reads beside plain text, over real HTTP.</summary>
public sealed class OpenAiChatTests : IAsyncLifetime
{
    private FakeModelServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await FakeModelServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("max_tokens", "max_completion_tokens")]
    [InlineData("max_completion_tokens", "max_tokens")]
    public async Task The_limit_of_an_answer_has_the_name_that_the_server_knows(string sent, string absent)
    {
        await AskAsync(new ChatOptions { MaxOutputTokens = 77 }, sent);

        using var body = JsonDocument.Parse(Assert.Single(_server.Bodies));
        Assert.Equal(77, body.RootElement.GetProperty(sent).GetInt32());
        Assert.False(body.RootElement.TryGetProperty(absent, out _));
    }

    [Fact]
    public async Task A_schema_is_passed_on()
    {
        using var schema = JsonDocument.Parse("""{"type":"object","properties":{"ville":{"type":"string"}}}""");
        await AskAsync(new ChatOptions
        {
            MaxOutputTokens = 10,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement, "adresse"),
        });

        using var body = JsonDocument.Parse(Assert.Single(_server.Bodies));
        var format = body.RootElement.GetProperty("response_format");
        Assert.Equal("json_schema", format.GetProperty("type").GetString());
        Assert.Equal(
            "string",
            format.GetProperty("json_schema").GetProperty("schema").GetProperty("properties").GetProperty("ville")
                .GetProperty("type").GetString());
    }

    [Fact]
    public async Task Tools_are_passed_on_and_their_calls_come_back()
    {
        _server.Chat = async (context, _) =>
        {
            context.Response.ContentType = "text/event-stream";
            await FakeModelServer.SendAsync(context, new
            {
                index = 0,
                delta = new
                {
                    role = "assistant",
                    tool_calls = new[]
                    {
                        new
                        {
                            index = 0,
                            id = "call-1",
                            type = "function",
                            function = new { name = "meteo", arguments = """{"ville":"Lille"}""" },
                        },
                    },
                },
            });
            await FakeModelServer.SendAsync(context, new { index = 0, delta = new { }, finish_reason = "tool_calls" });
            await FakeModelServer.WriteAsync(context, "data: [DONE]\n\n");
        };

        var response = await AskAsync(new ChatOptions
        {
            MaxOutputTokens = 10,
            Tools = [AIFunctionFactory.Create((string ville) => ville, "meteo", "Le temps qu'il fait.")],
        });

        using var body = JsonDocument.Parse(Assert.Single(_server.Bodies));
        Assert.Equal(
            "meteo",
            body.RootElement.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());
        var call = Assert.Single(response.Messages.SelectMany(message => message.Contents)
            .OfType<FunctionCallContent>());
        Assert.Equal(("meteo", "Lille"), (call.Name, $"{call.Arguments!["ville"]}"));
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
    }

    private async Task<ChatResponse> AskAsync(ChatOptions options, string limitField = "max_tokens")
    {
        using var client = OpenAiChatClient.Open(
            new ModelsOptions
            {
                Endpoint = _server.Endpoint,
                Model = FakeModelServer.Model,
                OutputLimitField = limitField,
            },
            new ModelGate([]),
            key: null);
        return await client.GetResponseAsync("Bonjour", options, Stop);
    }
}
