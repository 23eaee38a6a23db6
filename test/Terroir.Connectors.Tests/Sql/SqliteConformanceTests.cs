using Microsoft.Data.Sqlite;
using Terroir.Connectors.Conformance;
using Terroir.Sources;

namespace Terroir.Connectors.Sql;

/// <summary>Rows keep what every kind of source promises; the table marks what was deleted.</summary>
public sealed class SqliteConformanceTests : ConnectorConformance
{
    protected override async Task<ConnectorRig> CreateAsync()
    {
        var rig = new SqliteRig();
        await rig.RunAsync(
            "CREATE TABLE item (path TEXT PRIMARY KEY, content BLOB, changed INTEGER, gone INTEGER, readers TEXT)");
        return rig;
    }

    private sealed class SqliteRig : ConnectorRig
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-sqlite-");
        private int _change;

        public override IConnector Connector { get; } = new SqliteConnector();

        public override SourceSettings Settings => TestSettings.Of(
            ("file", DataFile),
            ("query", "SELECT * FROM item WHERE @since IS NULL OR changed >= CAST(@since AS INTEGER)"),
            ("id-column", "path"),
            ("content-column", "content"),
            ("changed-column", "changed"),
            ("deleted-column", "gone"),
            ("allow-column", "readers"));

        public override IConnectorHost Host { get; } = new TestHost();

        private string DataFile => Path.Combine(_folder.FullName, "items.db");

        public override Task PutAsync(string path, byte[] content) => RunAsync(
            "INSERT OR REPLACE INTO item VALUES (@path, @content, @change, 0, 'everyone')",
            ("@path", path),
            ("@content", content),
            ("@change", ++_change));

        public override Task DeleteAsync(string path) => RunAsync(
            "UPDATE item SET gone = 1, changed = @change WHERE path = @path",
            ("@path", path),
            ("@change", ++_change));

        public override async Task<bool> ShareAsync(string path)
        {
            await RunAsync("UPDATE item SET readers = 'group:rh' WHERE path = @path", ("@path", path));
            return true;
        }

        public override Task DisconnectAsync() => File.WriteAllBytesAsync(DataFile, [], Token);

        public override async ValueTask DisposeAsync()
        {
            _folder.Delete(recursive: true);
            await base.DisposeAsync();
        }

        public async Task RunAsync(string statement, params (string Name, object Value)[] values)
        {
            await using var connection = new SqliteConnection($"Data Source={DataFile};Pooling=False");
            await connection.OpenAsync(Token);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous = OFF";
            await command.ExecuteNonQueryAsync(Token);
            command.CommandText = statement;
            foreach (var (name, value) in values)
            {
                command.Parameters.AddWithValue(name, value);
            }

            await command.ExecuteNonQueryAsync(Token);
        }
    }
}
