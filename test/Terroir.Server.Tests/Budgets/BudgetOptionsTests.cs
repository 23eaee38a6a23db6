using Terroir.Energy;
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

    [Theory]
    [InlineData(0, 50, "LocalPower:MinWatts")]
    [InlineData(50, 0, "Models:Power:MinWatts")]
    public void Joules_are_refused_where_a_power_is_unknown(double local, double server, string what) =>
        Assert.Contains(what, FaultOf(Joules(12_000), local, server), StringComparison.Ordinal);

    [Fact]
    public void Joules_pay_for_the_longest_answer_of_what_draws_most()
    {
        Assert.Null(FaultOf(Joules(12_000), local: 50, server: 100));
        Assert.Contains(
            "are not 12000, what one answer may take",
            FaultOf(Joules(11_999), local: 50, server: 100),
            StringComparison.Ordinal);
    }

    private static BudgetRule Joules(long amount) => new() { Group = "*", JoulesPerDay = amount };

    private static string? FaultOf(BudgetRule rule, double local = 0, double server = 0) =>
        new BudgetOptions { Budgets = [rule] }.FindFault(new ModelsOptions
        {
            Endpoint = "http://127.0.0.1:1/v1",
            Model = "grand",
            Power = new DeclaredPower { MaxWatts = server },
            LocalPower = new DeclaredPower { MaxWatts = local },
        });
}
