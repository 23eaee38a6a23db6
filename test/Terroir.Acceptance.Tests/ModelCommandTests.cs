using System.Security.Cryptography;
using System.Text.Json;
using Terroir.Crash;

namespace Terroir.Acceptance.Tests;

/// <summary>Models as an operator imports, tries, checks and removes them.</summary>
public sealed class ModelCommandTests : IDisposable
{
    private const string Story = ", there was a little girl named Lily. She loved to play outside in the park.";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("stories260K.gguf")]
    [InlineData("stories260K.bin")]
    public async Task A_model_is_imported_and_tells_its_story(string name)
    {
        var path = Path.Combine(Repository.Data("models"), "stories260K", name);
        await RunAsync("init");

        var (imported, json, _) = await RunAsync("model", "import", path, "--precision", "f32", "--json");
        var card = JsonSerializer.Deserialize<JsonElement>(json);
        var id = card.GetProperty("id").GetString()!;
        var (ran, text, _) = await RunAsync(
            "model", "run", id, "--prompt", "Once upon a time", "--max-tokens", "60", "--temperature", "0");
        var (verified, _, _) = await RunAsync("model", "verify", id);
        var (timed, figures, _) = await RunAsync("model", "bench", id, "--json");
        var (removed, _, _) = await RunAsync("model", "remove", id);
        var (_, rest, _) = await RunAsync("model", "list", "--json");

        Assert.Equal((0, 0, 0, 0, 0), (imported, ran, verified, timed, removed));
        Assert.Equal("Llama", card.GetProperty("architecture").GetString());
        Assert.Equal(260_032, card.GetProperty("parameters").GetInt64());
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(
            path,
            TestContext.Current.CancellationToken)));
        Assert.Contains(
            card.GetProperty("files").EnumerateArray(),
            file => file.GetProperty("name").ValueEquals(name) && file.GetProperty("sha256").ValueEquals(hash));
        Assert.StartsWith(Story, text, StringComparison.Ordinal);
        var bench = JsonSerializer.Deserialize<JsonElement>(figures);
        Assert.True(bench.GetProperty("decodeTokensPerCpuSecond").GetDouble() > 0);
        Assert.True(bench.GetProperty("streamBytesPerCpuSecond").GetDouble() > 0);
        Assert.Equal("{\"models\":[]}", rest.Trim());
    }

    [Fact]
    public async Task Encoders_and_rerankers_are_timed_on_questions_and_passages()
    {
        await RunAsync("init");
        var encoder = await ImportAsync(new MadeEncoder());
        var reranker = await ImportAsync(new MadeEncoder { IsReranker = true });

        var (timed, figures, _) = await RunAsync("model", "bench", encoder, "--json");
        var (told, text, _) = await RunAsync("model", "bench", reranker);

        Assert.Equal((0, 0), (timed, told));
        var bench = JsonSerializer.Deserialize<JsonElement>(figures);
        Assert.Equal(encoder, bench.GetProperty("id").GetString());
        Assert.Equal(16, bench.GetProperty("queryTokens").GetInt32());
        Assert.Equal(128, bench.GetProperty("passageTokens").GetInt32());
        Assert.All(
            (string[])["queriesPerCpuSecond", "passagesPerCpuSecond", "weightBytes", "peakResidentBytes"],
            name => Assert.True(bench.GetProperty(name).GetDouble() > 0, name));
        Assert.Contains(" per CPU-second (16 tokens)", text, StringComparison.Ordinal);
        Assert.Contains(" per CPU-second (128 tokens)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_imported_is_named_and_leaves_nothing()
    {
        await RunAsync("init");
        var path = Path.Combine(_folder.FullName, "pytorch_model.bin");
        await File.WriteAllBytesAsync(path, [.. "PK\u0003\u0004"u8], TestContext.Current.CancellationToken);

        var (exit, _, error) = await RunAsync("model", "import", path);
        var (unknown, _, missing) = await RunAsync("model", "show", "none");

        Assert.Equal((1, 1), (exit, unknown));
        Assert.StartsWith("TER3101: ", error, StringComparison.Ordinal);
        Assert.StartsWith("TER3104: There is no model 'none'.", missing, StringComparison.Ordinal);
    }

    private async Task<string> ImportAsync(MadeEncoder made)
    {
        var folder = Path.Combine(_folder.FullName, made.IsReranker ? "reranker" : "encoder");
        made.Write(folder);
        var (_, json, _) = await RunAsync("model", "import", folder, "--precision", "f32", "--json");
        return JsonSerializer.Deserialize<JsonElement>(json).GetProperty("id").GetString()!;
    }

    private Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments) =>
        TerroirCommand.RunAsync([.. arguments, "--data", Path.Combine(_folder.FullName, "site")]);
}
