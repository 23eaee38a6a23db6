using Terroir.Storage.Conformance;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Embedded;

public sealed class SqliteLeaseStoreTests : LeaseStoreConformance
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_lease_of_a_process_that_has_ended_need_not_be_waited_for()
    {
        await using var metastore = await CreateAsync(TimeProvider.System);
        var ended = await metastore.Leases.AcquireAsync("l", await EndedOwnerAsync(), TimeSpan.FromHours(1), Stop);

        var next = await metastore.Leases.AcquireAsync("l", "next", TimeSpan.FromHours(1), Stop);

        Assert.Equal(ended!.Epoch + 1, next!.Epoch);
        Assert.Null(await metastore.Leases.RenewAsync(ended, TimeSpan.FromHours(1), Stop));
    }

    [Theory]
    [InlineData("{machine}/{self}/1")]
    [InlineData("elsewhere/{ended}/1")]
    [InlineData("{machine}/{ended}")]
    [InlineData("{machine}/-1/1")]
    [InlineData("{machine}/0/1")]
    public async Task The_lease_of_any_other_is_waited_for(string pattern)
    {
        await using var metastore = await CreateAsync(TimeProvider.System);
        var owner = pattern
            .Replace("{ended}", (await EndedOwnerAsync()).Split('/')[1], StringComparison.Ordinal)
            .Replace("{machine}", Environment.MachineName, StringComparison.Ordinal)
            .Replace("{self}", $"{Environment.ProcessId}", StringComparison.Ordinal);
        _ = await metastore.Leases.AcquireAsync("l", owner, TimeSpan.FromHours(1), Stop);

        Assert.Null(await metastore.Leases.AcquireAsync("l", "next", TimeSpan.FromHours(1), Stop));
    }

    private static async Task<string> EndedOwnerAsync()
    {
        using var process = System.Diagnostics.Process.Start("dotnet", ["--version"]);
        await process.WaitForExitAsync(Stop);
        return $"{Environment.MachineName}/{process.Id}/1";
    }

    protected override Task<IMetastore> CreateAsync(TimeProvider timeProvider) =>
        Task.FromResult<IMetastore>(SqliteMetastore.Open(_folder["metastore.db"], timeProvider));

    protected override Task RemoveAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
