using Microsoft.Data.Sqlite;

namespace Terroir.Tests.Catalog;

/// <summary>Rows of the metastore that are other than what the signed manifests published.</summary>
public sealed class PublishedRecordsCheckTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("update document set record = cast(replace(cast(record as text), 'user:anne', 'user:paul') as blob)")]
    [InlineData("update document set record = cast(replace(cast(record as text), 'Archives', 'Archivez') as blob)")]
    [InlineData("delete from document where id = $id")]
    [InlineData("update segment set passages = passages + 1 where $id = $id")]
    public async Task A_changed_row_is_found(string change)
    {
        await using var site = new TestSite();
        await FillAsync(site);
        var id = (await site.DocumentsAsync())[0].Id;
        await using (var connection = new SqliteConnection($"Data Source={site.Data.Path}/metastore.db;Pooling=False"))
        {
            await connection.OpenAsync(Stop);
            await using var command = connection.CreateCommand();
            command.CommandText = change;
            command.Parameters.AddWithValue("$id", id.Value);
            Assert.NotEqual(0, await command.ExecuteNonQueryAsync(Stop));
        }

        Assert.NotEmpty((await site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_site_that_nobody_changed_is_sound_after_changes_and_a_rebuild(bool isSealed)
    {
        await using var site = new TestSite(isSealed: isSealed);
        await FillAsync(site);
        site.Source.Write("note.md", "# Note\n\nUne autre note, plus longue.");
        File.Delete(Path.Combine(site.Source.Path, "dossier.md"));
        await site.SyncAsync();
        Assert.Empty((await site.Maintenance.VerifyAsync(Stop)).Problems);

        await site.RebuildAsync();

        Assert.Empty((await site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    private static async Task FillAsync(TestSite site)
    {
        await site.AddSourceAsync();
        site.Source.Write("permissions.yaml", "allow: ['user:anne']");
        site.Source.Write("dossier.md", "# Archives\n\nLe dossier est conservé pendant vingt ans.");
        site.Source.Write("note.md", "# Note\n\nUne note.");
        await site.SyncAsync();
    }
}
