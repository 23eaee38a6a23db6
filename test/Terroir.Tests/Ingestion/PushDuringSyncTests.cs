using System.Text;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Ingestion.Push;
using Terroir.Ingestion.Turns;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Tests.Ingestion;

/// <summary>Single documents that are put while others are read.</summary>
public sealed class PushDuringSyncTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        await _site.AddSourceAsync();
        await _site.Metastore.Sources.SaveSourceAsync(
            new SourceRecord
            {
                Id = "pushed",
                Collection = TestSite.Collection,
                Kind = PushConnector.KindName,
                Location = "",
                Permissions = "own",
            },
            Stop);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_document_that_is_put_during_a_synchronisation_is_acknowledged_before_it_ends_and_none_is_lost()
    {
        for (var number = 0; number < 600; number++)
        {
            _site.Source.Write($"{number:0000}.md", $"Le parking {number}.");
        }

        var (isReading, isPushed) = (new TaskCompletionSource(), new TaskCompletionSource());
        _site.Reader = new CountingReader
        {
            BeforeReadAsync = async name =>
            {
                if (name is "0300.md")
                {
                    isReading.SetResult();
                    await isPushed.Task.WaitAsync(Patience, Stop);
                }
            },
        };
        var syncing = _site.SyncAsync();
        await isReading.Task.WaitAsync(Patience, Stop);

        using var pusher = NewPusher(new CountingReader());
        var status = await pusher.PutAsync("pushed", Document("a.md"), Stop);
        Assert.False(syncing.IsCompleted);
        var put = Assert.Single(status.Documents);
        Assert.NotNull(await _site.Catalog.FindDocumentAsync(TestSite.Collection, put, Stop));
        isPushed.SetResult();
        var report = await syncing;

        Assert.Equal(600, report.AddedCount);
        Assert.Equal(601, (await _site.DocumentsAsync()).Count);
        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Fact]
    public async Task A_document_that_takes_long_keeps_no_other_one_of_its_source_waiting()
    {
        var (isReading, isPushed) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var pusher = NewPusher(new CountingReader
        {
            BeforeReadAsync = async name =>
            {
                if (name is "slow.md")
                {
                    isReading.SetResult();
                    await isPushed.Task.WaitAsync(Patience, Stop);
                }
            },
        });
        var slow = pusher.PutAsync("pushed", Document("slow.md"), Stop);
        await isReading.Task.WaitAsync(Patience, Stop);

        // By chance one of them waits for the slow one; all of them do only if there is one turn.
        var others = Enumerable.Range(0, 8)
            .Select(number => pusher.PutAsync("pushed", Document($"{number}.md"), Stop)).ToArray();
        await Task.WhenAny(others).WaitAsync(Patience, Stop);
        Assert.False(slow.IsCompleted);
        isPushed.SetResult();
        await Task.WhenAll([slow, .. others]);

        Assert.Equal(9, (await _site.DocumentsAsync()).Count);
        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Fact]
    public async Task Versions_of_one_document_that_are_put_at_once_leave_one_of_them()
    {
        using var pusher = NewPusher(new CountingReader());

        await Task.WhenAll(Enumerable.Range(0, 12).Select(number =>
            Task.Run(() => pusher.PutAsync("pushed", Document("a.md", $"Version {number}."), Stop), Stop)));

        Assert.Single(await _site.DocumentsAsync());
        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    private static PushedDocument Document(string id, string text = "Le parking.") =>
        new(id, id, Encoding.UTF8.GetBytes(text), new ItemReaders(new AccessList(["everyone"], []), ""))
        {
            ModifiedAt = DateTimeOffset.UnixEpoch,
        };

    private DocumentPusher NewPusher(IDocumentReader reader)
    {
        var limit = new AdaptiveLimit(4, new MemoryLoad("/nowhere"), TimeProvider.System);
        return new DocumentPusher(
            _site.Catalog,
            _site.Metastore,
            new ReadingTurns(reader, limit, recognizer: null, limit),
            TimeProvider.System);
    }
}
