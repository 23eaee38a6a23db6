using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Terroir.Energy;
using Terroir.Models;
using Terroir.Storage;

namespace Terroir.Tests.Models;

public sealed class BudgetedChatClientTests
{
    private static readonly ModelsOptions Limits = new()
    {
        Model = "petit",
        OutputTokensMax = 16,
        Timeout = TimeSpan.FromSeconds(30),
    };

    private readonly OneBudget _budget = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_that_counts_nothing_costs_what_was_reserved_a_byte_a_token()
    {
        using var model = new ScriptedModel("Oui.");
        using var client = Around(model);

        await client.GetResponseAsync("Été ?", cancellationToken: Stop);

        var most = new ModelCost(7 + BudgetedChatClient.MessageFrameTokens + 16, 30_000);
        Assert.Equal([most], _budget.Reserved);
        Assert.Equal([most with { Milliseconds = 0 }], _budget.Used);
    }

    [Fact]
    public async Task What_it_takes_is_counted_by_the_highest_power()
    {
        var limits = new ModelsOptions
        {
            OutputTokensMax = 16,
            Timeout = TimeSpan.FromSeconds(30),
            Power = new DeclaredPower { MinWatts = 20, MaxWatts = 50 },
        };
        using var model = new ScriptedModel(_ =>
        {
            _time.Advance(TimeSpan.FromSeconds(4));
            return ["Oui."];
        });
        using var client = new BudgetedChatClient(model, _budget, Holder, limits, null, _time);

        await client.GetResponseAsync("Été ?", cancellationToken: Stop);

        Assert.Equal(30 * 50_000, Assert.Single(_budget.Reserved).Millijoules);
        Assert.Equal(4 * 50_000, Assert.Single(_budget.Used).Millijoules);
    }

    [Fact]
    public async Task The_vocabulary_of_a_model_counts_its_prompt()
    {
        using var model = new ScriptedModel("Oui.");
        using var client = new BudgetedChatClient(model, _budget, Holder, Limits, _ => 3, _time);

        await client.GetResponseAsync("Été ?", cancellationToken: Stop);

        Assert.Equal(3 + 16, Assert.Single(_budget.Reserved).Tokens);
    }

    [Fact]
    public async Task An_answer_that_its_reader_leaves_costs_what_was_reserved_and_the_time_until_then()
    {
        using var leave = new CancellationTokenSource();
        using var model = new ScriptedModel("Je réfléchis…") { Hangs = true };
        using var client = Around(model);

        var outcome = Record.ExceptionAsync(() => client.GetResponseAsync("Alors ?", cancellationToken: leave.Token));
        await model.Hung.WaitAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(4));
        await leave.CancelAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(await outcome);
        Assert.Equal(_budget.Reserved[0] with { Milliseconds = 4_000 }, Assert.Single(_budget.Used));
    }

    [Fact]
    public async Task What_is_not_paid_is_not_called()
    {
        using var model = new ScriptedModel("Oui.");
        using var client = Around(model);
        _budget.IsExhausted = true;

        await Assert.ThrowsAsync<BudgetExhaustedException>(() =>
            client.GetResponseAsync("Alors ?", cancellationToken: Stop));

        Assert.Empty(model.Options);
        Assert.Empty(_budget.Used);
    }

    private static (string User, IReadOnlySet<string> Principals) Holder =>
        ("anna", new HashSet<string>(["user:anna"], StringComparer.Ordinal));

    private BudgetedChatClient Around(IChatClient model) => new(model, _budget, Holder, Limits, null, _time);

    private sealed class OneBudget : IModelBudget
    {
        public bool IsExhausted { get; set; }

        public List<ModelCost> Reserved { get; } = [];

        public List<ModelCost> Used { get; } = [];

        public Task<BudgetReservation?> ReserveAsync(
            string user,
            IReadOnlySet<string> principals,
            ModelCost most,
            CancellationToken cancellationToken)
        {
            if (IsExhausted)
            {
                throw new BudgetExhaustedException("*: tokensPerDay", DateTimeOffset.UnixEpoch);
            }

            Reserved.Add(most);
            return Task.FromResult<BudgetReservation?>(new BudgetReservation(user, new DateOnly(2026, 11, 27), most));
        }

        public Task SettleAsync(BudgetReservation reservation, ModelCost used)
        {
            Used.Add(used);
            return Task.CompletedTask;
        }
    }
}
