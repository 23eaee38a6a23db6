using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Terroir.Tests.Models;

/// <summary>A model that says what a test tells it, and keeps what it was asked.</summary>
/// <param name="answer">What it says to a prompt, in pieces.</param>
internal sealed class ScriptedModel(Func<string, IEnumerable<string>> answer) : IChatClient
{
    public ScriptedModel(string answer)
        : this(_ => [answer])
    {
    }

    /// <summary>The prompts, each as one text.</summary>
    public List<string> Prompts { get; } = [];

    public List<ChatOptions?> Options { get; } = [];

    public ChatFinishReason Finish { get; init; } = ChatFinishReason.Stop;

    /// <summary>What fails after the pieces.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Never says more after the pieces.</summary>
    public bool Hangs { get; init; }

    /// <summary>Is released once the model hangs.</summary>
    public SemaphoreSlim Hung { get; } = new(0);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prompt = string.Join("\n\n", messages.Select(message => $"{message.Role}:\n{message.Text}"));
        Prompts.Add(prompt);
        Options.Add(options);
        foreach (var piece in answer(prompt))
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, piece);
        }

        if (Failure is not null)
        {
            throw Failure;
        }

        if (Hangs)
        {
            Hung.Release();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        yield return new ChatResponseUpdate { FinishReason = Finish };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() => Hung.Dispose();
}
