using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Terroir.Models;

namespace Terroir.Tests.Models;

public sealed class GuardedChatClientTests
{
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.Zero };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ModelFailure.Unreachable)]
    [InlineData(ModelFailure.Busy)]
    public async Task A_server_that_is_not_there_is_asked_again(ModelFailure failure)
    {
        using var server = new FailingModel(failure, failures: 2);
        var answer = AskAsync(server);
        Assert.Equal(1, server.Calls);
        _time.Advance(RetryingChatClient.Delays[0]);
        Assert.Equal(2, server.Calls);
        _time.Advance(RetryingChatClient.Delays[1]);
        Assert.Equal("yes", await answer);
        Assert.Equal(3, server.Calls);
    }

    [Theory]
    [InlineData(ModelFailure.KeyRefused)]
    [InlineData(ModelFailure.Rejected)]
    [InlineData(ModelFailure.Failed)]
    [InlineData(ModelFailure.Malformed)]
    public async Task A_server_that_answers_with_an_error_is_asked_once(ModelFailure failure)
    {
        using var server = new FailingModel(failure, failures: 1);
        Assert.Equal(failure, (await Assert.ThrowsAsync<ModelFailedException>(() => AskAsync(server))).Failure);
        Assert.Equal(1, server.Calls);
    }

    [Fact]
    public async Task A_server_that_breaks_after_its_first_word_is_asked_once()
    {
        using var server = new ScriptedModel("half")
        {
            Failure = new ModelFailedException(ModelFailure.Unreachable, status: 0),
        };
        await Assert.ThrowsAsync<ModelFailedException>(() => AskAsync(server));
        Assert.Single(server.Prompts);
    }

    [Fact]
    public async Task A_server_that_fails_again_and_again_is_left_alone_and_then_tried_by_one()
    {
        using var server = new FailingModel(ModelFailure.Failed, failures: BreakingChatClient.FailureCountMax + 1);
        using var client = ModelsServiceCollectionExtensions.Guard(server, Options, _time);
        for (var call = 0; call < BreakingChatClient.FailureCountMax + 3; call++)
        {
            var error = await Assert.ThrowsAsync<ModelFailedException>(() => AskAsync(client));
            Assert.Equal(ModelFailure.Failed, error.Failure);
        }

        Assert.Equal(BreakingChatClient.FailureCountMax, server.Calls);

        // It still fails, so that it is left alone once more.
        _time.Advance(BreakingChatClient.Rest);
        await Assert.ThrowsAsync<ModelFailedException>(() => AskAsync(client));
        await Assert.ThrowsAsync<ModelFailedException>(() => AskAsync(client));
        Assert.Equal(BreakingChatClient.FailureCountMax + 1, server.Calls);

        _time.Advance(BreakingChatClient.Rest);
        Assert.Equal("yes", await AskAsync(client));
        Assert.Equal("yes", await AskAsync(client));
    }

    [Fact]
    public async Task A_wrong_setting_does_not_break_the_circuit()
    {
        using var server = new FailingModel(ModelFailure.KeyRefused, failures: 20);
        using var client = ModelsServiceCollectionExtensions.Guard(server, Options, _time);
        for (var call = 0; call < 20; call++)
        {
            await Assert.ThrowsAsync<ModelFailedException>(() => AskAsync(client));
        }

        Assert.Equal(20, server.Calls);
    }

    private static ModelsOptions Options { get; } = new() { Model = "m" };

    private static async Task<string> AskAsync(IChatClient client) =>
        (await client.GetResponseAsync([new ChatMessage(ChatRole.User, "?")], options: null, Stop)).Text;

    private Task<string> AskAsync(FailingModel server) =>
        AskAsync(ModelsServiceCollectionExtensions.Guard(server, Options, _time));

    private Task<string> AskAsync(ScriptedModel server) =>
        AskAsync(ModelsServiceCollectionExtensions.Guard(server, Options, _time));

    /// <summary>Fails so often, and then answers.</summary>
    private sealed class FailingModel(ModelFailure failure, int failures) : IChatClient
    {
        public int Calls { get; private set; }

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default) =>
            GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            if (++Calls <= failures)
            {
                throw new ModelFailedException(failure, status: 0);
            }

            yield return new ChatResponseUpdate(ChatRole.Assistant, "yes") { FinishReason = ChatFinishReason.Stop };
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
