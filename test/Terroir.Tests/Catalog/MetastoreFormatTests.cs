using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Terroir.Documents;
using Terroir.Storage;
using Terroir.Storage.Conformance;
using Terroir.Storage.Embedded;

namespace Terroir.Tests.Catalog;

/// <summary>SQLite files of the fourth and fifth migration are read as they were, also after further ones.</summary>
public sealed class MetastoreFormatTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder.FullName, "metastore.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("4")]
    [InlineData("5")]
    public async Task The_golden_file_is_read_as_it_was(string version)
    {
        await LoadAsync(version);
        await using var store = SqliteMetastore.Open(Database, _time);

        var state = await store.Catalog.ReadStateAsync(StoreSamples.Chu, 1, Stop);
        Assert.Equal(2, state!.Head.Generation);
        Assert.Equal(1, state.Since);
        Assert.Equal(["b.md"], state.Documents.Select(row => row.Document.Path), StringComparer.Ordinal);
        Assert.Equal([DocumentId.For(StoreSamples.Chu, "folder:a.md")], state.Removed);
        Assert.Equal(
            StoreSamples.Document("b.md", StoreSamples.Pack("pack 2"), StoreSamples.Segment("segment 2"), "2"),
            (await store.Catalog.FindDocumentAsync(
                StoreSamples.Chu,
                DocumentId.For(StoreSamples.Chu, "folder:b.md"),
                Stop))!,
            (left, right) => left.Document.ToJson().AsSpan().SequenceEqual(right.Document.ToJson()));
        Assert.Equal(
            ["Pack 1000", "Segment 500"],
            (await store.Catalog.ListObjectsAsync(StoreSamples.Chu, Stop))
                .Select(item => $"{item.Kind} {item.SizeBytes}").Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal(2, (await store.Catalog.ListPendingManifestsAsync(Stop)).Single().Generation);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("5")]
    public async Task What_the_golden_file_remembers_besides_is_there(string version)
    {
        await LoadAsync(version);
        await using var store = SqliteMetastore.Open(Database, _time);

        var item = Assert.Single(await store.Sources.ListQuarantineAsync(Stop));
        Assert.Equal(UnreadableReason.Encrypted, item.Quarantine!.Reason);
        Assert.Equal("partage", (await store.Sources.ListSourcesAsync(Stop))[0].Id);
        var queue = Assert.Single(await store.Jobs.ReadStatusAsync(Stop));
        Assert.Equal(("merge", 0, 1, 1), (queue.Queue, queue.WaitingCount, queue.RunningCount, queue.DeadCount));
        Assert.Equal("TER5001 the disk is full", Assert.Single(await store.Jobs.ListDeadAsync(Stop)).Error);

        // The lease has ended; its epoch never comes again.
        var lease = await store.Leases.AcquireAsync("collection/chu", "next", TimeSpan.FromMinutes(1), Stop);
        Assert.Equal(2, lease!.Epoch);
        Assert.Empty(await store.CheckAsync(Stop));
    }

    [Fact]
    public async Task A_source_of_another_kind_is_read_with_all_that_was_kept_of_it()
    {
        await LoadAsync("5");
        await using var store = SqliteMetastore.Open(Database, _time);

        var source = (await store.Sources.ListSourcesAsync(Stop)).Single(item => item.Id is "seau");

        Assert.Equal(
            new SourceRecord
            {
                Id = "seau",
                Collection = StoreSamples.Chu,
                Kind = "s3",
                Location = "s3://soins/rh/",
                Permissions = "fixed",
                SyncedAt = At(1_795_680_000),
                Settings = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["bucket"] = "soins",
                    ["endpoint"] = "https://s3.chu.example",
                    ["readers"] = "group:soins",
                },
                BandwidthBytesPerSecond = 2 << 20,
                Cursor = "jeton 7",
                ListedAt = At(1_795_670_000),
                PausedAt = At(1_795_681_000),
                Failure = new SourceFailure(2, At(1_795_682_000), "The server does not answer."),
            },
            source);
        Assert.Equal("etag-20", Assert.Single(await store.Sources.ListItemsAsync("seau", Stop)).Identity);
    }

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    private async Task LoadAsync(string version)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = await File.ReadAllTextAsync(GoldenFile.PathOf("metastore", version, "site.sql"), Stop);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
