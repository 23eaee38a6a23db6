namespace Terroir.Storage.Conformance;

/// <summary>What every <see cref="IIdentityStore"/> promises of what models cost people.</summary>
public abstract class ModelUseConformance
{
    private static readonly DateOnly Day = new(2026, 11, 27);

    private static readonly ModelCost Limit = new(1_000, 60_000, 9_000);

    /// <summary>The store under test, empty at first.</summary>
    protected abstract IIdentityStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the same store once more.</summary>
    /// <returns>The store; the suite disposes it.</returns>
    protected abstract IIdentityStore OpenAgain();

    [Fact]
    public async Task What_is_reserved_is_used_until_it_is_settled_also_after_opening_again()
    {
        Assert.Null(await ReserveAsync("anna", new ModelCost(900, 30_000, 700)));
        using (var again = OpenAgain())
        {
            Assert.Equal(new ModelCost(900, 30_000, 700), again.ReadModelUse("anna", Day));
        }

        await Store.SettleModelUseAsync(
            "anna", Day, new ModelCost(900, 30_000, 700), new ModelCost(400, 2_000, 50), Token);
        Assert.Equal(new ModelCost(400, 2_000, 50), Store.ReadModelUse("anna", Day));
    }

    [Fact]
    public async Task A_limit_is_reached_and_not_passed_in_tokens_in_time_or_in_energy()
    {
        Assert.Null(await ReserveAsync("anna", new ModelCost(1_000, 1)));
        Assert.Equal(new ModelCost(1_000, 1), await ReserveAsync("anna", new ModelCost(1, 0)));
        Assert.Null(await ReserveAsync("ines", new ModelCost(1, 60_000)));
        Assert.Equal(new ModelCost(1, 60_000), await ReserveAsync("ines", new ModelCost(0, 1)));
        Assert.Null(await ReserveAsync("nadia", new ModelCost(1, 1, 9_000)));
        Assert.Equal(new ModelCost(1, 1, 9_000), await ReserveAsync("nadia", new ModelCost(0, 0, 1)));
    }

    [Fact]
    public async Task Another_day_begins_anew_and_the_day_before_can_still_be_settled()
    {
        await ReserveAsync("anna", Limit);
        Assert.Null(await Store.ReserveModelUseAsync("anna", Day.AddDays(1), Limit, Limit, Token));
        await Store.SettleModelUseAsync("anna", Day, Limit, new ModelCost(7, 8), Token);

        Assert.Equal(new ModelCost(7, 8), Store.ReadModelUse("anna", Day));
        Assert.Equal(Limit, Store.ReadModelUse("anna", Day.AddDays(1)));
        await Store.ReserveModelUseAsync("anna", Day.AddDays(2), Limit, Limit, Token);
        Assert.Equal(default, Store.ReadModelUse("anna", Day));
    }

    [Fact]
    public async Task Who_is_removed_leaves_nothing()
    {
        await ReserveAsync("anna", Limit);
        Assert.True(await Store.RemoveAccountAsync("anna", Token));
        await Store.SettleModelUseAsync("anna", Day, Limit, new ModelCost(7, 8), Token);
        Assert.Equal(default, Store.ReadModelUse("anna", Day));
    }

    private Task<ModelCost?> ReserveAsync(string user, ModelCost most) =>
        Store.ReserveModelUseAsync(user, Day, most, Limit, Token);
}
