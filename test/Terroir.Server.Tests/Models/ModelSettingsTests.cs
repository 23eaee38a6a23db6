using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Terroir.Server.Configuration;
using Terroir.Server.Models;

namespace Terroir.Server.Tests.Models;

/// <summary>What the settings of a model server refuse, and what happens to its key.</summary>
public sealed class ModelSettingsTests
{
    private const string Key = "sk-of-the-model-server";
    private const string Question = "Où se retire le badge provisoire ?";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Endpoint", "http://192.0.2.7:8080/v1", "Terroir:Models:AllowedHosts")]
    [InlineData("Endpoint", "nowhere", "no address")]
    [InlineData("Model", "", "Terroir:Models:Model is missing")]
    [InlineData("ApiKey", Key, "file:PATH")]
    [InlineData("ApiKey", "file:keys/absent.key", "mode 600")]
    [InlineData("ApiKey", "env:TERROIR_TEST_NO_SUCH_VARIABLE", "holds no key")]
    [InlineData("Timeout", "00:00:00", "Timeout")]
    public async Task A_site_with_wrong_settings_refuses_to_start(string name, string value, string expected)
    {
        await using var model = await FakeModelServer.StartAsync();
        var settings = model.Settings;
        settings[$"Terroir:Models:{name}"] = value;

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => TestServer.StartAsync(settings: settings));

        Assert.Contains(refusal.Failures, failure => failure.Contains(expected, StringComparison.Ordinal));
        Assert.DoesNotContain(Key, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(model.Bodies);
    }

    [Fact]
    public async Task A_key_is_read_from_its_file_and_shown_to_the_model_server_alone()
    {
        await using var model = await FakeModelServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return context.Response.WriteAsync($"wrong key {Key} for {Question}", context.RequestAborted);
        });
        var settings = model.Settings;
        settings["Terroir:Models:ApiKey"] = "file:keys/model.key";
        await using var site = await TestServer.StartAsync(settings: settings, prepare: WriteKey);
        using var log = new LogLines();
        site.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);

        using var response = await site.PostAsync("/api/ask", new { question = Question });
        var answer = await TestServer.ReadTextAsync(response);

        Assert.Equal($"Bearer {Key}", Assert.Single(model.Keys));
        Assert.Contains(log.Lines, line => line.Contains("KeyRefused", StringComparison.Ordinal));
        Assert.All(log.Lines.Append(answer), line => Assert.DoesNotContain(Key, line, StringComparison.Ordinal));
        Assert.All(log.Lines, line => Assert.DoesNotContain("badge", line, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_list_of_settings_shows_where_a_key_is_and_never_a_key()
    {
        await using var model = await FakeModelServer.StartAsync();
        await using var site = await TestServer.StartAsync();

        Assert.Equal("file:keys/model.key", Show(site.Folder, "file:keys/model.key"));
        Assert.DoesNotContain(Key, Show(site.Folder, Key), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_probe_lists_the_models_and_sends_nothing_else()
    {
        await using var model = await FakeModelServer.StartAsync();
        var settings = model.Settings;
        settings["Terroir:Models:ApiKey"] = "file:keys/model.key";
        await using var site = await TestServer.StartAsync(settings: settings, prepare: WriteKey);

        var models = await site.Services.GetRequiredService<ModelProbe>().ListModelsAsync(Stop);

        Assert.Equal(FakeModelServer.Model, Assert.Single(models));
        Assert.Equal($"Bearer {Key}", Assert.Single(model.Keys));
        Assert.Empty(model.Bodies);
    }

    [Fact]
    public async Task The_probe_says_when_nobody_answers()
    {
        var model = await FakeModelServer.StartAsync();
        var settings = model.Settings;
        await model.DisposeAsync();
        await using var site = await TestServer.StartAsync(settings: settings);

        var failure = await Assert.ThrowsAsync<ModelFailedException>(
            () => site.Services.GetRequiredService<ModelProbe>().ListModelsAsync(Stop));

        Assert.Equal(ModelFailure.Unreachable, failure.Failure);
    }

    private static string Show(SiteFolder site, string key) =>
        SiteConfiguration.List(SiteConfiguration.Load(site, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Terroir:Models:ApiKey"] = key,
        })).Single(setting => setting.Key is "Terroir:Models:ApiKey").Value!;

    private static void WriteKey(SiteFolder site) =>
        File.WriteAllText(Path.Combine(site.Root, "keys", "model.key"), Key + "\n");

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = [];

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
