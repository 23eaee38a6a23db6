using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Terroir.Server.Tests.Models;

/// <summary>A model server on a real port of this machine that says what a test tells it.</summary>
internal sealed class FakeModelServer : IAsyncDisposable
{
    /// <summary>The model that it has.</summary>
    public const string Model = "petit";

    private readonly WebApplication _app;

    private FakeModelServer(WebApplication app) => _app = app;

    /// <summary>How it answers a chat; by default with an empty text.</summary>
    public Func<HttpContext, string, Task> Chat { get; set; } = (context, _) => SayAsync(context);

    /// <summary>How it embeds texts; by default not at all.</summary>
    public Func<HttpContext, string, Task> Embed { get; set; } = (context, _) =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };

    /// <summary>The base of its API.</summary>
    public string Endpoint => $"{_app.Urls.Single()}/v1";

    /// <summary>The bodies of what it was asked for.</summary>
    public ConcurrentQueue<string> Bodies { get; } = [];

    /// <summary>The header Authorization of each request; empty if there was none.</summary>
    public ConcurrentQueue<string> Keys { get; } = [];

    /// <summary>Settings that lead to it.</summary>
    public Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Terroir:Models:Endpoint"] = Endpoint,
        ["Terroir:Models:Model"] = Model,
    };

    public static async Task<FakeModelServer> StartAsync(Func<HttpContext, string, Task>? chat = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new FakeModelServer(app);
        server.Chat = chat ?? server.Chat;
        app.MapPost("/v1/chat/completions", context => server.HearAsync(context, server.Chat));
        app.MapPost("/v1/embeddings", context => server.HearAsync(context, server.Embed));
        app.MapGet("/v1/models", server.ListAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Answers like an OpenAI server that streams.</summary>
    public static async Task SayAsync(HttpContext context, params string[] pieces)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var piece in pieces)
        {
            await SendAsync(context, new { delta = new { role = "assistant", content = piece }, index = 0 });
        }

        await SendAsync(context, new { delta = new { }, index = 0, finish_reason = "stop" });
        await WriteAsync(context, "data: [DONE]\n\n");
    }

    /// <summary>Sends one choice of a completion.</summary>
    public static Task SendAsync(HttpContext context, object choice) =>
        WriteAsync(context, $"data: {JsonSerializer.Serialize(new
        {
            id = "chat-1",
            @object = "chat.completion.chunk",
            created = 1,
            model = Model,
            choices = new[] { choice },
        })}\n\n");

    /// <summary>Sends a text as it is.</summary>
    public static async Task WriteAsync(HttpContext context, string text)
    {
        await context.Response.WriteAsync(text, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>The number under which a passage was sent.</summary>
    public static string NumberOf(string body, string text)
    {
        using var json = JsonDocument.Parse(body);
        var prompt = json.RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("content");
        var content = prompt.ValueKind == JsonValueKind.String
            ? prompt.GetString()!
            : prompt[0].GetProperty("text").GetString()!;
        var place = content.IndexOf(text, StringComparison.Ordinal);
        var opening = content.LastIndexOf("n=\"", place, StringComparison.Ordinal);
        return content[(opening + 3)..content.IndexOf('"', opening + 3)];
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HearAsync(HttpContext context, Func<HttpContext, string, Task> answer)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        Bodies.Enqueue(body);
        Keys.Enqueue(context.Request.Headers.Authorization.ToString());
        await answer(context, body);
    }

    private Task ListAsync(HttpContext context)
    {
        Keys.Enqueue(context.Request.Headers.Authorization.ToString());
        return context.Response.WriteAsJsonAsync(
            new { @object = "list", data = new[] { new { id = Model, @object = "model" } } },
            context.RequestAborted);
    }
}
