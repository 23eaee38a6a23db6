namespace Terroir.Storage.Conformance;

/// <summary>What every <see cref="ILedgerStore"/> promises.</summary>
public abstract class LedgerStoreConformance : MetastoreConformance
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private ILedgerStore Ledger => Store.Ledger;

    [Fact]
    public async Task Events_are_read_back_in_order_and_without_a_gap()
    {
        Assert.Equal(0, await Ledger.AppendAsync([Row("a"), Row("b")], Token));
        Assert.Equal(2, await Ledger.AppendAsync([Row("c")], Token));

        var rows = await Ledger.ReadAsync(1, 10, Token);

        Assert.Equal([(1, "b"), (2, "c")], rows.Select(placed => (placed.Index, placed.Row.Subject)));
        Assert.Equal(Row("b").Entry.ToArray(), rows[0].Row.Entry.ToArray());
        Assert.Equal(("user:anne", "{}", Noon, "test"), Of(rows[0].Row));
        Assert.Equal("b", Assert.Single(await Ledger.ReadAsync(1, 1, Token)).Row.Subject);

        static (string?, string?, DateTimeOffset, string) Of(LedgerRow row) =>
            (row.Actor, row.Detail, row.Time, row.Kind);
    }

    [Fact]
    public async Task What_opens_an_event_is_erased_and_the_event_stays()
    {
        await Ledger.AppendAsync([Row("a"), Row("b")], Token);

        Assert.Equal(1, await Ledger.EraseDetailsAsync([1, 9], Token));
        Assert.Equal(0, await Ledger.EraseDetailsAsync([1], Token));

        var rows = await Ledger.ReadAsync(0, 10, Token);
        Assert.Equal(["{}", null], rows.Select(placed => placed.Row.Detail));
        Assert.Equal(Row("b").Entry.ToArray(), rows[1].Row.Entry.ToArray());
    }

    [Fact]
    public async Task The_tiles_are_ahead_only_for_whom_is_first()
    {
        await Ledger.AppendAsync([Row("a"), Row("b")], Token);

        Assert.True(await Ledger.AdvanceAsync(0, 2, new byte[] { 1 }, Token));
        Assert.False(await Ledger.AdvanceAsync(0, 1, new byte[] { 2 }, Token));

        var state = await Ledger.ReadStateAsync(Token);
        Assert.Equal((2, 2), (state.RowCount, state.Size));
        Assert.Equal(new byte[] { 1 }, state.Checkpoint.ToArray());
    }

    [Fact]
    public async Task An_empty_ledger_has_no_checkpoint()
    {
        var state = await Ledger.ReadStateAsync(Token);

        Assert.Equal((0, 0, 0), (state.RowCount, state.Size, state.Checkpoint.Length));
    }

    [Fact]
    public async Task Events_that_come_back_stand_before_those_that_no_tile_has()
    {
        await Ledger.AppendAsync([Row("new")], Token);

        Assert.True(await Ledger.RestoreAsync(0, [Row("a"), Row("b")], null, Token));
        Assert.False(await Ledger.RestoreAsync(0, [Row("x")], null, Token));
        Assert.True(await Ledger.RestoreAsync(2, [Row("c")], new byte[] { 3 }, Token));

        var rows = await Ledger.ReadAsync(0, 10, Token);
        var state = await Ledger.ReadStateAsync(Token);
        Assert.Equal(["a", "b", "c", "new"], rows.Select(placed => placed.Row.Subject));
        Assert.Equal([0, 1, 2, 3], rows.Select(placed => placed.Index));
        Assert.Equal((4, 3, 1), (state.RowCount, state.Size, state.Checkpoint.Length));
    }

    [Fact]
    public async Task Events_are_found_by_what_is_known_of_them()
    {
        await Ledger.AppendAsync(
            [
                Row("a"),
                Row("b") with { Actor = "user:paul" },
                Row("a") with { Kind = "other", Time = Noon.AddHours(1) },
            ],
            Token);

        Assert.Equal([0, 2], await FindAsync(new LedgerQuery { Subject = "a" }));
        Assert.Equal([1], await FindAsync(new LedgerQuery { Actor = "user:paul" }));
        Assert.Equal([2], await FindAsync(new LedgerQuery { Kind = "other" }));
        Assert.Equal([2], await FindAsync(new LedgerQuery { From = Noon.AddHours(1) }));
        Assert.Equal([0, 1], await FindAsync(new LedgerQuery { To = Noon.AddHours(1) }));
        Assert.Equal([1, 2], await FindAsync(new LedgerQuery { FromIndex = 1 }));
    }

    private async Task<IEnumerable<long>> FindAsync(LedgerQuery query) =>
        (await Ledger.FindAsync(query, Token)).Select(placed => placed.Index);

    private static LedgerRow Row(string subject) => new("test", Noon, System.Text.Encoding.UTF8.GetBytes(subject))
    {
        Actor = "user:anne",
        Subject = subject,
        Detail = "{}",
    };
}
