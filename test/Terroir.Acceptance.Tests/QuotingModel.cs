using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Terroir.Acceptance.Tests;

/// <summary>A model server on a real port of this machine. It speaks as OpenAI's do, and answers with the line of its
/// prompt that holds a word.</summary>
internal sealed class QuotingModel : IAsyncDisposable
{
    /// <summary>The model that it has.</summary>
    public const string Name = "petit";

    /// <summary>How many tokens it says that each answer took.</summary>
    public const int Tokens = 1_501;

    private const string Passage = "n=\"";

    private readonly WebApplication _app;
    private readonly string _word;

    private QuotingModel(WebApplication app, string word) => (_app, _word) = (app, word);

    /// <summary>The prompts that it was sent, as they came.</summary>
    public ConcurrentQueue<string> Prompts { get; } = [];

    /// <summary>Settings of a site that lead to it.</summary>
    public string Settings => $"models:\n  endpoint: {_app.Urls.Single()}/v1\n  model: {Name}\n";

    /// <summary>Starts one.</summary>
    /// <param name="word">The word whose line it quotes.</param>
    public static async Task<QuotingModel> StartAsync(string word)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var model = new QuotingModel(app, word);
        app.MapPost("/v1/chat/completions", model.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return model;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        using var body = JsonDocument.Parse(await reader.ReadToEndAsync(context.RequestAborted));
        var content = body.RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("content");
        var prompt = content.ValueKind == JsonValueKind.String
            ? content.GetString()!
            : content[0].GetProperty("text").GetString()!;
        Prompts.Enqueue(prompt);
        context.Response.ContentType = "text/event-stream";
        await SendAsync(context, new { choices = new[] { Choice(new { content = Quote(prompt) }, finish: null) } });
        await SendAsync(context, new { choices = new[] { Choice(new { }, finish: "stop") } });
        await SendAsync(context, new
        {
            choices = Array.Empty<object>(),
            usage = new { prompt_tokens = Tokens - 20, completion_tokens = 20, total_tokens = Tokens },
        });
        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }

    private string Quote(string prompt)
    {
        var place = prompt.IndexOf(_word, StringComparison.Ordinal);
        var line = prompt[..place].LastIndexOf('\n') + 1;
        var number = prompt[..place].LastIndexOf(Passage, StringComparison.Ordinal) + Passage.Length;
        return $"{prompt[line..prompt.IndexOf('\n', place)].TrimEnd('.')} "
            + $"[{prompt[number..prompt.IndexOf('"', number)]}].";
    }

    private static object Choice(object delta, string? finish) => new { index = 0, delta, finish_reason = finish };

    private static Task SendAsync(HttpContext context, object chunk)
    {
        var json = JsonSerializer.SerializeToNode(chunk)!.AsObject();
        json["id"] = "chat-1";
        json["object"] = "chat.completion.chunk";
        json["created"] = 1;
        json["model"] = Name;
        return context.Response.WriteAsync($"data: {json.ToJsonString()}\n\n", context.RequestAborted);
    }
}
