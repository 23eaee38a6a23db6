using Terroir.Models;
using Terroir.Server.Budgets;

namespace Terroir.Server.Tests.Budgets;

public sealed class BudgetOptionsTests
{
    [Fact]
    public void A_budget_bounds_tokens_or_seconds_of_a_group_or_of_everybody()
    {
        Assert.Null(FaultOf(new BudgetRule { Group = "*", TokensPerDay = 513 }));
        Assert.Null(FaultOf(new BudgetRule { Group = "readers", SecondsPerDay = 120 }));
    }

    [Theory]
    [InlineData("", 50_000L, null)]
    [InlineData("readers", null, null)]
    [InlineData("readers", 512L, null)]
    [InlineData("readers", null, 119L)]
    [InlineData("readers", -1L, null)]
    public void A_budget_that_pays_for_no_call_is_named(string group, long? tokens, long? seconds) => Assert.StartsWith(
        "Terroir:Budgets:0 ",
        FaultOf(new BudgetRule { Group = group, TokensPerDay = tokens, SecondsPerDay = seconds }),
        StringComparison.Ordinal);

    [Fact]
    public void Joules_are_refused_where_no_meter_gives_them() => Assert.Contains(
        "no meter",
        FaultOf(new BudgetRule { Group = "*", TokensPerDay = 50_000, JoulesPerDay = 3_600 }),
        StringComparison.Ordinal);

    private static string? FaultOf(BudgetRule rule) =>
        new BudgetOptions { Budgets = [rule] }.FindFault(new ModelsOptions());
}
