using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Terroir.Models;

namespace Terroir.Tests.Models;

public sealed class BoundedChatClientTests
{
    private static readonly ModelsOptions Limits = new()
    {
        Model = "petit",
        OutputTokensMax = 16,
        Timeout = TimeSpan.FromSeconds(30),
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_settings_decide_on_the_model_and_its_limits()
    {
        using var model = new ScriptedModel("Oui.");
        using var client = new BoundedChatClient(model, Limits, TimeProvider.System);

        var response = await client.GetResponseAsync("Non ?", cancellationToken: Stop);

        Assert.Equal("Oui.", response.Text);
        var options = Assert.Single(model.Options)!;
        Assert.Equal("petit", options.ModelId);
        Assert.Equal(16, options.MaxOutputTokens);
        Assert.Equal(0f, options.Temperature);
    }

    [Fact]
    public async Task A_model_that_never_ends_is_stopped_when_its_time_is_over()
    {
        var time = new FakeTimeProvider();
        using var model = new ScriptedModel("Je réfléchis…") { Hangs = true };
        using var client = new BoundedChatClient(model, Limits, time);

        var outcome = Record.ExceptionAsync(() => client.GetResponseAsync("Alors ?", cancellationToken: Stop));
        await model.Hung.WaitAsync(Stop);
        time.Advance(Limits.Timeout);

        Assert.Equal(ModelFailure.TimedOut, Assert.IsType<ModelFailedException>(await outcome).Failure);
    }

    [Fact]
    public async Task A_caller_who_goes_away_is_no_failure_of_the_model()
    {
        using var leave = new CancellationTokenSource();
        using var model = new ScriptedModel("Je réfléchis…") { Hangs = true };
        using var client = new BoundedChatClient(model, Limits, new FakeTimeProvider());

        var outcome = Record.ExceptionAsync(() => client.GetResponseAsync("Alors ?", cancellationToken: leave.Token));
        await model.Hung.WaitAsync(Stop);
        await leave.CancelAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(await outcome);
    }

    [Fact]
    public async Task A_server_that_ignores_the_limit_is_cut_off()
    {
        var said = 0;
        using var model = new ScriptedModel(_ => Enumerable.Repeat("encore ", 1_000).Select(word =>
        {
            said++;
            return word;
        }));
        using var client = new BoundedChatClient(model, Limits, TimeProvider.System);

        var response = await client.GetResponseAsync("Encore ?", cancellationToken: Stop);

        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
        Assert.InRange(response.Text.Length, 1, Limits.OutputTokensMax * BoundedChatClient.TokenLengthMax);
        Assert.InRange(said, 1, 100);
    }
}
