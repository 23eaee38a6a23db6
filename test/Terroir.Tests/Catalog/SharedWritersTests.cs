using System.Text;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Storage;

namespace Terroir.Tests.Catalog;

public sealed class SharedWritersTests : IAsyncLifetime
{
    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _site.AddSourceAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Who_joins_commits_between_the_commits_of_the_owner()
    {
        await using var owner = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        var first = await CommitAsync(owner, "a");
        await using (var guest = await _site.Catalog.JoinWriterAsync(TestSite.Collection, Stop))
        {
            Assert.Equal(first + 1, await CommitAsync(guest, "b"));
        }

        Assert.Equal(first + 2, await CommitAsync(owner, "c"));
    }

    [Fact]
    public async Task An_owner_may_come_while_others_have_joined_and_there_is_one_owner()
    {
        await using var guest = await _site.Catalog.JoinWriterAsync(TestSite.Collection, Stop);
        await using var owner = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);

        await Assert.ThrowsAsync<LeaseHeldException>(() => _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop));
    }

    [Fact]
    public async Task The_last_of_those_who_share_gives_the_lease_back()
    {
        var guest = await _site.Catalog.JoinWriterAsync(TestSite.Collection, Stop);
        var owner = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        await owner.DisposeAsync();
        await owner.DisposeAsync();

        Assert.Null(await AcquireElsewhereAsync());
        await guest.DisposeAsync();
        Assert.NotNull(await AcquireElsewhereAsync());
    }

    [Fact]
    public async Task A_collection_that_another_process_writes_to_cannot_be_joined()
    {
        _ = await AcquireElsewhereAsync();

        await Assert.ThrowsAsync<LeaseHeldException>(() => _site.Catalog.JoinWriterAsync(TestSite.Collection, Stop));
    }

    [Fact]
    public async Task Commits_of_many_make_one_chain_of_generations()
    {
        var generations = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(
            async () =>
            {
                await using var writer = await _site.Catalog.JoinWriterAsync(TestSite.Collection, Stop);
                return await CommitAsync(writer, $"{n}");
            },
            Stop)));

        Assert.Equal(Enumerable.Range(1, 12).Select(n => (long)n), generations.Order());
        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    private Task<Lease?> AcquireElsewhereAsync() => _site.Metastore.Leases.AcquireAsync(
        $"collection/{TestSite.Collection.Value}",
        "elsewhere",
        TimeSpan.FromMinutes(1),
        Stop);

    private static async Task<long> CommitAsync(ICollectionWriter writer, string name)
    {
        var document = new PreparedDocument
        {
            Id = DocumentId.For(TestSite.Collection, name),
            Source = "files",
            Path = name,
            Title = name,
            MediaType = "text/plain",
            Access = new AccessList([AccessList.Everyone], []),
            Original = Encoding.UTF8.GetBytes(name),
            Text = Encoding.UTF8.GetBytes(name),
            Passages =
            [
                new Passage
                {
                    Ordinal = 0,
                    Start = 0,
                    End = name.Length,
                    Places = [new PlacedSpan(0, name.Length, SourcePlace.Whole)],
                },
            ],
        };
        return (await writer.CommitAsync(new CatalogChange { Added = [document] }, Stop)).Generation;
    }
}
