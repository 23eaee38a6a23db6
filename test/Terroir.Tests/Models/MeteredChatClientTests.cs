using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Terroir.Energy;
using Terroir.Models;

namespace Terroir.Tests.Models;

public sealed class MeteredChatClientTests
{
    private static readonly DeclaredPower Power = new() { MinWatts = 20, MaxWatts = 50 };

    private readonly EnergyCount _count = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_takes_time_before_its_first_word_and_writes_after_it()
    {
        using var model = new ScriptedModel(_ => Say(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)));
        using var client = new MeteredChatClient(model, Power, _count, _time);

        await client.GetResponseAsync("Alors ?", cancellationToken: Stop);
        await client.GetResponseAsync("Alors ?", cancellationToken: Stop);

        Assert.Equal(new ModelledEnergy(2 * 3 * 20_000, 2 * 5 * 50_000), _count.Total);
    }

    [Fact]
    public async Task A_call_that_fails_or_is_left_counts_until_then()
    {
        using var model = new ScriptedModel(_ => Say(TimeSpan.FromSeconds(1), TimeSpan.Zero)) { Hangs = true };
        using var client = new MeteredChatClient(model, Power, _count, _time);
        using var leave = new CancellationTokenSource();

        var outcome = Record.ExceptionAsync(() => client.GetResponseAsync("Alors ?", cancellationToken: leave.Token));
        await model.Hung.WaitAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(4));
        await leave.CancelAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(await outcome);
        Assert.Equal(new ModelledEnergy(4 * 20_000, 5 * 50_000), _count.Total);
    }

    [Fact]
    public async Task Of_a_power_that_nobody_declared_nothing_is_claimed()
    {
        using var model = new ScriptedModel("Oui.");
        using var client = new MeteredChatClient(model, new DeclaredPower(), _count, _time);

        await client.GetResponseAsync("Alors ?", cancellationToken: Stop);

        Assert.Null(_count.Total);
    }

    private IEnumerable<string> Say(TimeSpan before, TimeSpan writing)
    {
        _time.Advance(before);
        yield return "Je";
        _time.Advance(writing);
        yield return " sais.";
    }
}
