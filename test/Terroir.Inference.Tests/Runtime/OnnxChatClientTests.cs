using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Inference.Onnx.Tests.Runtime;

public sealed class OnnxChatClientTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly string _graph;

    public OnnxChatClientTests() => _graph = ModelFolder.Import(_folder);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_conversation_is_continued_as_the_model_itself_continues_it()
    {
        await using var client = Open();
        var response = await client.GetResponseAsync("hello", Options(20), Cancellation);

        Assert.Equal(Greedy("user. hello. ", 20), response.Text);
        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
        Assert.Equal("tiny", response.ModelId);
        Assert.Equal((13, 20, 33), (
            response.Usage!.InputTokenCount,
            response.Usage.OutputTokenCount,
            response.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task A_text_comes_in_pieces()
    {
        await using var client = Open();
        var pieces = await client.CompleteAsync("hello", Options(10), Cancellation).ToListAsync(Cancellation);

        Assert.InRange(pieces.Count(piece => piece.Text.Length > 0), 9, 10);
        Assert.Equal(Greedy("hello", 10), string.Concat(pieces.Select(piece => piece.Text)));
    }

    [Fact]
    public async Task A_seed_gives_one_text_and_another_seed_another()
    {
        await using var client = Open();
        async Task<string> AskAsync(long seed) => (await client.GetResponseAsync(
            "hello",
            new ChatOptions { MaxOutputTokens = 40, Temperature = 1.5f, TopP = 0.9f, Seed = seed },
            Cancellation)).Text;

        var first = await AskAsync(1);
        Assert.Equal(first, await AskAsync(1), StringComparer.Ordinal);
        Assert.NotEqual(first, await AskAsync(2), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_text_ends_before_its_stop_string()
    {
        await using var client = Open();
        var whole = Greedy("hello", 40);
        var options = Options(40);
        options.StopSequences = [whole[17..20], "never"];
        var pieces = await client.CompleteAsync("hello", options, Cancellation).ToListAsync(Cancellation);

        var end = whole.IndexOf(whole[17..20], StringComparison.Ordinal);
        Assert.Equal(whole[..end], string.Concat(pieces.Select(piece => piece.Text)));
        Assert.Equal(ChatFinishReason.Stop, pieces[^1].FinishReason);
    }

    [Fact]
    public async Task A_token_that_ends_answers_ends_the_answer()
    {
        var whole = Greedy("hello", 40);
        var last = whole.Distinct().Last();
        await using var client = Open(codec: new LetterCodec { EndTokens = new LetterCodec().Encode($"{last}") });
        var pieces = await client.CompleteAsync("hello", Options(40), Cancellation).ToListAsync(Cancellation);

        Assert.Equal(
            whole[..whole.IndexOf(last, StringComparison.Ordinal)],
            string.Concat(pieces.Select(piece => piece.Text)));
        Assert.Equal(ChatFinishReason.Stop, pieces[^1].FinishReason);
    }

    [Fact]
    public async Task A_prompt_that_is_too_long_is_refused_with_its_size()
    {
        await using var client = Open();
        var refusal = await Assert.ThrowsAsync<ModelLimitException>(async () =>
            await client.CompleteAsync(new string('a', 128), Options(1), Cancellation).ToListAsync(Cancellation));

        Assert.Equal((ModelLimit.Context, 129, 128), (refusal.Limit, refusal.Needed, refusal.Allowed));
        Assert.Equal("TER3102", refusal.Code);
    }

    [Fact]
    public async Task An_answer_ends_where_the_context_does()
    {
        await using var client = Open();
        var pieces = await client.CompleteAsync(new string('a', 120), Options(100), Cancellation)
            .ToListAsync(Cancellation);

        Assert.Equal(ChatFinishReason.Length, pieces[^1].FinishReason);
        Assert.Equal(8, string.Concat(pieces.Select(piece => piece.Text)).Length);
    }

    [Fact]
    public async Task More_memory_than_allowed_is_refused_and_the_client_goes_on()
    {
        await using var client = Open(new OnnxModelOptions { Threads = 1, MemoryMaxBytes = 1_000 });
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var refusal = await Assert.ThrowsAsync<ModelLimitException>(() =>
                client.GetResponseAsync("hello", Options(1), Cancellation));

            Assert.Equal(ModelLimit.Memory, refusal.Limit);
            Assert.InRange(refusal.Needed, 100_000, 10_000_000);
        }
    }

    [Fact]
    public async Task A_request_that_is_cancelled_ends_and_makes_room()
    {
        await using var client = Open();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var piece in client.CompleteAsync("hello", Options(100), cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });

        var next = await client.CompleteAsync("hello", Options(5), Cancellation).ToListAsync(Cancellation);
        Assert.Equal(Greedy("hello", 5), string.Concat(next.Select(piece => piece.Text)));
    }

    [Fact]
    public async Task Tools_and_json_without_a_schema_are_refused()
    {
        await using var client = Open();
        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync(
            "hello",
            new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one")] },
            Cancellation));
        var refusal = await Assert.ThrowsAsync<SchemaUnsupportedException>(() => client.GetResponseAsync(
            "hello",
            new ChatOptions { ResponseFormat = ChatResponseFormat.Json },
            Cancellation));
        Assert.Equal("TER3106", refusal.Code);
    }

    [Fact]
    public async Task A_model_that_nobody_asks_leaves_the_memory_and_comes_back()
    {
        await using var client = Open();
        Assert.False(client.IsLoaded);
        await client.GetResponseAsync("hello", Options(2), Cancellation);
        Assert.True(client.IsLoaded);
        while (client.IsLoaded)
        {
            // The loop may not have begun to wait yet.
            _clock.Advance(TimeSpan.FromMinutes(10));
            await Task.Yield();
            Cancellation.ThrowIfCancellationRequested();
        }

        var pieces = await client.CompleteAsync("hello", Options(5), Cancellation).ToListAsync(Cancellation);
        Assert.Equal(Greedy("hello", 5), string.Concat(pieces.Select(piece => piece.Text)));
    }

    [Fact]
    public async Task Only_passages_that_exist_are_cited()
    {
        await using var client = Open();
        var texts = new List<string>();
        for (var seed = 0; seed < 30; seed++)
        {
            var options = new ChatOptions { MaxOutputTokens = 60, Temperature = 3, Seed = seed };
            options.AdditionalProperties = new() { [OnnxChatClient.CitationsKey] = 12 };
            var pieces = await client.CompleteAsync("hello", options, Cancellation).ToListAsync(Cancellation);
            texts.Add(string.Concat(pieces.Select(piece => piece.Text)));
        }

        Assert.All(texts, text => Assert.Matches(@"^([^\[]|\[([1-9]|1[0-2])\])*(\[1?[0-9]?)?$", text));
        Assert.Contains(texts, text => text.Contains("[1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_at_the_same_time_get_the_texts_that_they_get_alone()
    {
        string[] prompts = ["hello", "a", "the cat sat on the mat. the cat", "x.y.z", "abcabcabc", "[1] [2]", "no"];
        await using var client = Open(new OnnxModelOptions { Threads = 1, Sequences = 4 });
        var texts = await Task.WhenAll(prompts.Select(async prompt => string.Concat(
            (await client.CompleteAsync(prompt, Options(30), Cancellation).ToListAsync(Cancellation))
                .Select(piece => piece.Text))));

        Assert.Equal(prompts.Select(prompt => Greedy(prompt, 30)), texts, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_shared_begin_changes_no_text()
    {
        await using var client = Open(new OnnxModelOptions { Threads = 1, Sequences = 2 });
        var options = Options(20);
        options.AdditionalProperties = new() { [OnnxChatClient.PrefixKeyKey] = new PrefixKey("1", "doctors") };
        foreach (var prompt in (string[])["the cat sat", "the cat sat on", "the cat", "the dog", "the cat sat"])
        {
            var pieces = await client.CompleteAsync(prompt, options, Cancellation).ToListAsync(Cancellation);

            Assert.Equal(Greedy(prompt, 20), string.Concat(pieces.Select(piece => piece.Text)));
        }
    }

    [Fact]
    public async Task A_tokenizer_that_fails_fails_its_request_and_no_other()
    {
        var codec = new LetterCodec { IsBroken = true };
        await using var client = Open(codec: codec);
        var failure = await Assert.ThrowsAsync<ModelRunFailedException>(async () =>
            await client.CompleteAsync("hello", Options(5), Cancellation).ToListAsync(Cancellation));
        Assert.IsType<FormatException>(failure.InnerException);
        Assert.Equal(("TER3105", "tiny"), (failure.Code, failure.Model));
        codec.IsBroken = false;
        var pieces = await client.CompleteAsync("hello", Options(5), Cancellation).ToListAsync(Cancellation);

        Assert.Equal(Greedy("hello", 5), string.Concat(pieces.Select(piece => piece.Text)));
    }

    [Fact]
    public async Task A_queue_that_is_full_refuses()
    {
        await using var client = Open(queueMax: 1);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            try
            {
                await client.CompleteAsync("hello", Options(50), Cancellation).ToListAsync(Cancellation);
                return null;
            }
            catch (ModelLimitException exception)
            {
                return exception;
            }
        }));

        Assert.Contains(outcomes, outcome => outcome is { Limit: ModelLimit.Queue, IsTransient: true });
        Assert.Contains(outcomes, outcome => outcome is null);
    }

    private static ChatOptions Options(int tokens) => new() { MaxOutputTokens = tokens };

    private OnnxChatClient Open(OnnxModelOptions? model = null, ITextCodec? codec = null, int queueMax = 64) => new(
        _graph,
        codec ?? new LetterCodec(),
        new OnnxChatClientOptions
        {
            ModelId = "tiny",
            Model = model ?? new OnnxModelOptions { Threads = 1 },
            QueueMax = queueMax,
        },
        _clock);

    private string Greedy(string prompt, int count)
    {
        var codec = new LetterCodec();
        using var model = OnnxModel.Load(_graph, new OnnxModelOptions { Threads = 1 });
        var token = Graph.Imported.Greatest(model.Prefill(0, [.. codec.Encode(prompt)], Cancellation));
        var text = $"{LetterCodec.Alphabet[token]}";
        while (text.Length < count)
        {
            token = Graph.Imported.Greatest(model.Step(0, token));
            text += LetterCodec.Alphabet[token];
        }

        return text;
    }
}
