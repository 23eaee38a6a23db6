using CsCheck;
using Terroir.Storage.Conformance;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Embedded;

public sealed class SqliteModelUseTests : ModelUseConformance, IDisposable
{
    private static readonly DateOnly Day = new(2026, 11, 27);

    private static readonly ModelCost Limit = new(1_000, 60_000);

    private readonly TemporaryFolder _folder = new();

    public SqliteModelUseTests() => Store = OpenAgain();

    protected override IIdentityStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }

    // The law: whatever calls come at once, at no moment more is used than the limit, and what is used in the end is
    // what the calls that were let through have cost.
    [Fact]
    public async Task Calls_at_once_never_use_more_than_the_limit()
    {
        var run = 0;
        var cost = Gen.Select(Gen.Long[0, 500], Gen.Long[0, 30_000], (tokens, time) => new ModelCost(tokens, time));
        await Gen.Select(cost, Gen.Int[0, 100]).Array[2, 12].SampleAsync(
            async calls =>
            {
                var user = $"user-{Interlocked.Increment(ref run)}";
                var used = await Task.WhenAll(calls.Select(call => CallAsync(user, call.Item1, call.Item2)));
                var sum = used.Aggregate(default(ModelCost), (one, other) => one + other);

                Assert.Equal(sum, Store.ReadModelUse(user, Day));
            },
            iter: 12,
            threads: 1);
    }

    protected override IIdentityStore OpenAgain() =>
        SqliteIdentityStore.Open(_folder["identity.db"], TimeProvider.System);

    private async Task<ModelCost> CallAsync(string user, ModelCost most, int percent)
    {
        // Not one after the other: each goes on where it likes.
        await Task.Yield();
        if (await Store.ReserveModelUseAsync(user, Day, most, Limit, Token) is not null)
        {
            return default;
        }

        Assert.True(Store.ReadModelUse(user, Day).IsWithin(Limit));
        var used = new ModelCost(most.Tokens * percent / 100, most.Milliseconds * percent / 100);
        await Store.SettleModelUseAsync(user, Day, most, used, Token);
        return used;
    }
}
