using Microsoft.Data.Sqlite;
using Terroir.Documents;
using Terroir.Storage.Conformance;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Embedded;

public sealed class SqliteMigrationsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_the_first_version_keeps_its_references_and_its_quarantine()
    {
        WriteFirstVersion();

        await using var store = Open();

        var item = Assert.Single(await store.Sources.ListQuarantineAsync(Stop));
        Assert.Equal(UnreadableReason.Encrypted, item.Quarantine!.Reason);
        Assert.Equal(2, (await store.Sources.ListItemsAsync("partage", Stop)).Count);
        Assert.Equal(
            [StoreSamples.Pack("p")],
            await store.Catalog.ListObjectsAsync(StoreSamples.Chu, Stop));
    }

    [Fact]
    public async Task Reasons_are_stored_as_names()
    {
        await using (var store = Open())
        {
            var broken = new Unreadable(UnreadableReason.TooSlow, "pdf", Remark.Said("Save the file again."));
            await store.Sources.SaveItemsAsync([StoreSamples.Item("a.pdf") with { Quarantine = broken }], Stop);
        }

        Assert.Equal("TooSlow", Run("select reason from source_item"));
    }

    [Fact]
    public async Task What_an_older_site_stored_in_words_is_read_as_it_stands()
    {
        await using (var store = Open())
        {
            var broken = new Unreadable(UnreadableReason.Encrypted, "pdf", new Remark(RemarkCode.AsksForPassword));
            await store.Sources.SaveItemsAsync([StoreSamples.Item("a.pdf") with { Quarantine = broken }], Stop);
        }

        Run("update source_item set advice = 'The file asks for a password.'");
        await using var opened = Open();

        Assert.Equal(
            [Remark.Said("The file asks for a password.")],
            Assert.Single(await opened.Sources.ListQuarantineAsync(Stop)).Quarantine!.Advice);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_and_left_alone()
    {
        await Open().DisposeAsync();
        Run("insert into migration values ('9999-future', 'x')");

        var exception = Assert.Throws<StorageFailedException>(Open);

        Assert.Contains("Upgrade terroir.", exception.Message, StringComparison.Ordinal);
        Assert.False(exception.IsTransient);
    }

    [Fact]
    public async Task A_migration_that_was_applied_with_another_text_is_refused()
    {
        await Open().DisposeAsync();
        Run("update migration set checksum = 'x' where name = '0001-initial'");

        Assert.Contains(
            "0001-initial",
            Assert.Throws<StorageFailedException>(Open).Message,
            StringComparison.Ordinal);
    }

    // A text that was released never changes: sites have its checksum.
    [Fact]
    public void Released_migrations_have_the_text_that_sites_applied()
    {
        Assert.Equal("ef070e89", SumOf("0001-initial"));
        Assert.Equal("36781c17", SumOf("0002-object-roles"));
        Assert.Equal("009955a0", SumOf("0003-job-turns"));
        Assert.Equal("9df3b160", SumOf("0004-quarantine-names"));
        Assert.Equal("8c56ed47", SumOf("0005-source-kinds"));
        Assert.Equal("8883bc2c", SumOf("0006-quality"));
        Assert.Equal("88c95968", SumOf("0007-source-account"));
    }

    private static string SumOf(string name) => ContentHash.Of(StoreSamples.Bytes(Text(name))).Hex[..8];

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(SqliteMetastore).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private void WriteFirstVersion()
    {
        var initial = Text("0001-initial");
        Run("create table migration (name text primary key, checksum text not null) without rowid");
        Run(initial);
        Run($"insert into migration values ('0001-initial', '{ContentHash.Of(StoreSamples.Bytes(initial)).Hex}')");
        var hash = StoreSamples.Hash("p").Hex;
        Run($"insert into collection values ('chu', 1, '{hash}', 0, 1)");
        Run($"insert into object values ('{hash}', 1, 1000, 0, 0)");
        Run($"insert into object_ref values ('{hash}', 'chu', 1, null, null)");
        Run("insert into source_item values ('partage', 'a.pdf', 'f', null, '', 2, 'pdf', 'Remove it.', 1, 0)");
        Run("insert into source_item values ('partage', 'b.pdf', 'f', null, '', null, null, null, 1, 0)");
    }

    private SqliteMetastore Open() => SqliteMetastore.Open(_folder["metastore.db"], TimeProvider.System);

    private string? Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["metastore.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string;
    }
}
