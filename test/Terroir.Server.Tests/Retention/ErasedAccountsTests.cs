using Terroir.Access;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Retention;
using Terroir.Storage;

namespace Terroir.Server.Tests.Retention;

/// <summary>An erasure that is about a person reaches their account.</summary>
public sealed class ErasedAccountsTests
{
    private const string Id = "zoe.quintefeuille";
    private const string Name = "Zoé Quintefeuille";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Account_password_keys_sessions_and_memberships_go_and_the_certificate_counts_them()
    {
        await using var site = await ErasureSite.CreateAsync("", "sujetun", "tiersun");
        site.Write("sujetun", $"Vu par {Name}.");
        await site.SyncAsync();
        await AddAsync(site);
        await site.Get<EventLog>().RecordAsync(
            EventKinds.EmergencyOpened, "user:anna", "user:anna", $"bris-de-glace\n60 min\npour {Name}", Stop);

        var outcome = await site.RunAsync(await OrderAsync(site, "sujetun"));

        var records = site.Get<IIdentityStore>().Read();
        Assert.NotNull(outcome.Certificate);
        Assert.Equal(1, outcome.Stores.Single(store => store.Store is "accounts").Count);
        Assert.DoesNotContain(records.Accounts, account => account.Id is Id);
        Assert.Empty(records.Keys);
        Assert.DoesNotContain(records.Groups.Single().Members, member => member.Principal is $"user:{Id}");
        Assert.Empty(site.Get<IIdentityStore>().ListSessions());
        Assert.Empty(site.Get<IIdentityStore>().ListEmergencies());
        Assert.Null(site.Get<IIdentityStore>().FindCredential(Id, IIdentityStore.PasswordKind));
        Assert.Null(site.Get<IDirectory>().Find(Id));
        Assert.Empty(site.FilesWith(Id).Concat(site.FilesWith(Name)));
    }

    [Fact]
    public async Task An_account_goes_where_no_document_names_the_person()
    {
        await using var site = await ErasureSite.CreateAsync("", "tiersun");
        await AddAsync(site);

        var outcome = await site.RunAsync(await OrderAsync(site));

        Assert.NotNull(outcome.Certificate);
        Assert.Empty(site.FilesWith(Id));
        Assert.Equal(["tiersun.md"], await site.LivePathsAsync());
    }

    [Fact]
    public async Task An_erasure_that_died_removes_the_account_when_it_goes_on()
    {
        await using var site = await ErasureSite.CreateAsync("", "sujetun");
        await AddAsync(site);
        var order = await OrderAsync(site, "sujetun");
        await Assert.ThrowsAsync<InvalidOperationException>(() => site.RunAsync(order, new Dying()));

        await site.ReopenAsync();
        var outcome = await site.RunAsync(Assert.Single(await site.Eraser.ListPendingAsync(Stop)));

        Assert.NotNull(outcome.Certificate);
        Assert.Null(site.Get<IDirectory>().Find(Id));
    }

    private static async Task AddAsync(ErasureSite site)
    {
        var store = site.Get<IIdentityStore>();
        var accounts = site.Get<Accounts>();
        await store.SaveAccountAsync(new Account(Id) { Name = Name }, Stop);
        await store.SaveGroupAsync(
            new AccountGroup("urgences") { Members = [new GroupMember($"user:{Id}"), new GroupMember("user:nadia")] },
            Stop);
        await accounts.SetPasswordAsync(Id, "quatre chevaux verts", Stop);
        await accounts.AddKeyAsync(new ApiKey("", default, Id) { Scopes = [KeyScopes.Search], Note = Name }, Stop);
        await accounts.StartSessionAsync(new Session(default, Id) { Method = "password" }, Stop);
        await store.OpenEmergencyAsync(
            new EmergencyOpening("1", Id, "urgences") { EndsAt = DateTimeOffset.MaxValue },
            countMax: 1,
            Stop);
    }

    private static async Task<ErasureOrder> OrderAsync(ErasureSite site, params string[] names)
    {
        var plan = await site.Planner.FindAsync([.. names.Select(name => $"dossiers:{name}.md")], null, Stop);
        return await site.Eraser.OrderAsync(
            new ErasureRequest(
                [.. plan.Documents.Select(item => item.Address)],
                Name,
                ErasureBasis.Request,
                PersonMention.TryRead(Name))
            {
                Accounts = [Id],
            },
            Stop);
    }

    // Dies where accounts are about to go.
    private sealed class Dying : IErasable
    {
        public string Store => "dying";

        public ErasureStage Stage => ErasureStage.Delete;

        public Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("died");
    }
}
