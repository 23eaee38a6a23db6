using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Answers.Conversations;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Server.Tests;

/// <summary>Sweeping and copying the conversations of a real site.</summary>
public sealed class ConversationMaintenanceTests : IAsyncLifetime
{
    private static readonly Asker Anna = new("anna", ["user:anna", "group:everyone"]);

    private TestServer _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IConversationStore Store => _site.Services.GetRequiredService<IConversationStore>();

    private IConversations Conversations => _site.Services.GetRequiredService<IConversations>();

    private IConversationMaintenance Maintenance => _site.Services.GetRequiredService<IConversationMaintenance>();

    private FolderConversationStore Copy => new(Path.Combine(_site.Folder.Root, "copy"));

    public async ValueTask InitializeAsync() => _site = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_worker_deletes_old_conversations_of_people_who_come_no_more_and_leaves_the_others()
    {
        await AskAsync();
        var gone = new string('a', 64);
        var old = TimeProvider.System.GetUtcNow() - IConversations.AgeMax - TimeSpan.FromMinutes(1);
        var young = old + TimeSpan.FromHours(1);
        Store.Put(gone, TurnAt('0', old), [1]);
        Store.Put(gone, TurnAt('1', old), [1]);
        Store.Put(gone, TurnAt('1', young), [1]);

        _site.Services.GetServices<IHostedService>().OfType<ConversationWorker>().Single().Sweep(Stop);

        Assert.Equal([TurnAt('1', old), TurnAt('1', young)], Store.List(gone));
        Assert.Single(Conversations.List(Anna));
        Assert.Equal(0, Maintenance.Sweep(Stop));
    }

    [Fact]
    public async Task A_copy_becomes_like_the_site_also_where_the_site_has_less()
    {
        var first = await AskAsync();
        var second = await AskAsync();

        Assert.Equal(2, Maintenance.BackUp(Copy, Stop));
        Assert.Equal(0, Maintenance.BackUp(Copy, Stop));
        Conversations.Delete(Anna, first);
        Assert.Equal(0, Maintenance.BackUp(Copy, Stop));

        Assert.Equal(second, Assert.Single(NamesIn(Copy)));
    }

    [Fact]
    public async Task What_was_deleted_comes_back_from_a_copy_that_was_not_renewed_and_what_was_erased_does_not()
    {
        var id = await AskAsync();
        Maintenance.BackUp(Copy, Stop);
        Conversations.Delete(Anna, id);

        Assert.Equal(0, Maintenance.Restore(Copy, _ => true, Stop));
        Assert.Empty(Conversations.List(Anna));
        Assert.Equal(1, Maintenance.Restore(Copy, _ => false, Stop));
        Assert.Equal(id, Assert.Single(Conversations.List(Anna)).Id);
    }

    [Fact]
    public async Task Older_copies_open_no_more_once_they_are_closed_and_the_site_goes_on()
    {
        var id = await AskAsync();
        var deleted = await AskAsync();
        Maintenance.BackUp(Copy, Stop);
        Conversations.Delete(Anna, deleted);

        Assert.Equal(1, Maintenance.CloseOlderCopies(Stop));
        Assert.Equal(0, Maintenance.Restore(Copy, _ => false, Stop));
        Assert.Equal(id, Assert.Single(Conversations.List(Anna)).Id);
        Assert.Contains(
            "poste de sécurité",
            (await Conversations.FindAsync(Anna, id, Stop))!.Turns[0].Answer,
            StringComparison.Ordinal);

        Maintenance.BackUp(Copy, Stop);
        Conversations.DeletePerson(Anna.User);
        Assert.Equal(1, Maintenance.Restore(Copy, _ => false, Stop));
    }

    private static ConversationTurnName TurnAt(char conversation, DateTimeOffset time) => new(
        new string(conversation, 32),
        time.ToUnixTimeMilliseconds().ToString("x16", CultureInfo.InvariantCulture) + new string('0', 16));

    private static IEnumerable<string> NamesIn(FolderConversationStore store) =>
        store.ListOwners().SelectMany(store.List).Select(turn => turn.Conversation);

    private async Task<string> AskAsync() =>
        (await _site.Services.GetRequiredService<IAnswerer>().AskAsync(
            new AskRequest
            {
                Question = "Où se retire le badge provisoire ?",
                Asker = _site.Services.GetRequiredService<IDirectory>().Find("anna")!,
                Conversation = AskRequest.NewConversation,
            },
            Stop)).Conversation;
}
