using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Terroir.Server.Models;

namespace Terroir.Server.Tests.Models;

/// <summary>The embeddings of a model server, over real HTTP.</summary>
public sealed class OpenAiEmbeddingTests : IAsyncLifetime
{
    private FakeModelServer _server = null!;
    private OpenAiEmbeddingGenerator _generator = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeModelServer.StartAsync();
        _generator = Open(TimeSpan.FromMinutes(2));
    }

    public ValueTask DisposeAsync()
    {
        _generator.Dispose();
        return _server.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Numbers_and_base64_are_read_alike_in_the_order_of_the_texts(bool isBase64)
    {
        _server.Embed = (context, body) => SendAsync(context, Lengths(body)
            .Select((length, index) => Item(index, [length, 0.5f], isBase64)).Reverse());

        var embeddings = await _generator.GenerateAsync(["a", "bbb", "cc"], null, Stop);

        Assert.Equal([1f, 3f, 2f], embeddings.Select(embedding => embedding.Vector.Span[0]));
        Assert.All(embeddings, embedding => Assert.Equal(0.5f, embedding.Vector.Span[1]));
        Assert.Equal(7, embeddings.Usage!.InputTokenCount);
        Assert.Equal("", Assert.Single(_server.Keys));
        using var asked = JsonDocument.Parse(Assert.Single(_server.Bodies));
        Assert.Equal("bge-petit", asked.RootElement.GetProperty("model").GetString());
        Assert.Equal("base64", asked.RootElement.GetProperty("encoding_format").GetString());
    }

    [Fact]
    public async Task Many_texts_go_in_batches()
    {
        _server.Embed = (context, body) => SendAsync(
            context,
            Lengths(body).Select((length, index) => Item(index, [length], isBase64: true)));

        var embeddings = await _generator.GenerateAsync(
            Enumerable.Range(1, 70).Select(length => new string('x', length)), null, Stop);

        Assert.Equal(Enumerable.Range(1, 70), embeddings.Select(embedding => (int)embedding.Vector.Span[0]));
        Assert.Equal(3, _server.Bodies.Count);
    }

    [Fact]
    public async Task A_server_that_does_not_take_base64_is_asked_without_it_from_then_on()
    {
        _server.Embed = (context, body) =>
        {
            if (body.Contains("encoding_format", StringComparison.Ordinal))
            {
                context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return Task.CompletedTask;
            }

            return SendAsync(context, [Item(0, [1, 2], isBase64: false)]);
        };

        await _generator.GenerateAsync(["a"], null, Stop);
        await _generator.GenerateAsync(["a"], null, Stop);

        Assert.Equal(3, _server.Bodies.Count);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":[null]}""")]
    [InlineData("""{"data":[{"embedding":null}]}""")]
    [InlineData("""{"data":[{"embedding":[]}]}""")]
    [InlineData("""{"data":[{"embedding":["1"]}]}""")]
    [InlineData("""{"data":[{"embedding":[1e999]}]}""")]
    [InlineData("""{"data":[{"embedding":"AAA="}]}""")]
    [InlineData("""{"data":[{"embedding":"not base64"}]}""")]
    [InlineData("""{"data":[{"embedding":"AADAfw=="}]}""")]
    [InlineData("""{"data":[{"index":1,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"embedding":[1]},{"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"embedding":[1""")]
    public async Task What_are_no_embeddings_is_malformed(string reply)
    {
        _server.Embed = (context, _) => FakeModelServer.WriteAsync(context, reply);

        Assert.Equal(ModelFailure.Malformed, (await FailAsync()).Failure);
    }

    [Theory]
    [InlineData(StatusCodes.Status401Unauthorized, ModelFailure.KeyRefused)]
    [InlineData(StatusCodes.Status404NotFound, ModelFailure.Rejected)]
    [InlineData(StatusCodes.Status429TooManyRequests, ModelFailure.Busy)]
    [InlineData(StatusCodes.Status500InternalServerError, ModelFailure.Failed)]
    public async Task A_server_that_refuses_is_named_without_its_words(int status, ModelFailure failure)
    {
        _server.Embed = (context, _) =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("the text was: secret", context.RequestAborted);
        };

        var failed = await FailAsync();

        Assert.Equal((failure, status), (failed.Failure, failed.Status));
        Assert.DoesNotContain("secret", failed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_up_is_unreachable()
    {
        _server.Embed = async (context, _) =>
        {
            await FakeModelServer.WriteAsync(context, """{"data":[""");
            context.Abort();
        };

        Assert.Equal(ModelFailure.Unreachable, (await FailAsync()).Failure);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        _server.Embed = (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted);
        using var impatient = Open(TimeSpan.FromMilliseconds(100));

        var failed = await Assert.ThrowsAsync<ModelFailedException>(() =>
            impatient.GenerateAsync(["a"], null, Stop));

        Assert.Equal(ModelFailure.TimedOut, failed.Failure);
    }

    private static IEnumerable<int> Lengths(string body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.GetProperty("input").EnumerateArray().Select(text => text.GetString()!.Length)];
    }

    private static object Item(int index, float[] components, bool isBase64) => new
    {
        index,
        embedding = isBase64
            ? (object)Convert.ToBase64String(System.Runtime.InteropServices.MemoryMarshal.AsBytes(components.AsSpan()))
            : components,
    };

    private static Task SendAsync(HttpContext context, IEnumerable<object> data) =>
        context.Response.WriteAsJsonAsync(
            new { @object = "list", data, usage = new { prompt_tokens = 7 } },
            context.RequestAborted);

    private OpenAiEmbeddingGenerator Open(TimeSpan timeout) => OpenAiEmbeddingGenerator.Open(
        _server.Endpoint,
        "bge-petit",
        timeout,
        log: null,
        TimeProvider.System);

    private async Task<ModelFailedException> FailAsync() =>
        await Assert.ThrowsAsync<ModelFailedException>(() => _generator.GenerateAsync(["a"], null, Stop));
}
