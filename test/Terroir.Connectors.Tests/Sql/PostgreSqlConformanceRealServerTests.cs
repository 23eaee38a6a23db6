using System.Globalization;
using Npgsql;
using Terroir.Connectors.Conformance;
using Terroir.Sources;

namespace Terroir.Connectors.Sql;

/// <summary>Rows of a real PostgreSQL keep what every kind of source promises; the table marks what was deleted.
/// </summary>
public sealed class PostgreSqlConformanceRealServerTests : ConnectorConformance
{
    private static int _tableCount;

    protected override async Task<ConnectorRig> CreateAsync()
    {
        var port = int.Parse(RealServers.Find("TERROIR_POSTGRESQL_PORT"), CultureInfo.InvariantCulture);
        var number = Interlocked.Increment(ref _tableCount).ToString(CultureInfo.InvariantCulture);
        var rig = new PostgreSqlRig(port, $"conformance_{Environment.ProcessId}_{number}");
        await rig.RunAsync(
            "CREATE TABLE {0} (path text COLLATE \"C\" PRIMARY KEY, content bytea, changed bigint, gone bool, "
            + "readers text)");
        return rig;
    }

    private sealed class PostgreSqlRig(int port, string table) : ConnectorRig
    {
        private readonly TestHost _host = new() { Secrets = { ["env:PG"] = "s3cret" } };
        private readonly TcpDoor _door = new(port);
        private long _change;

        public override IConnector Connector { get; } = new PostgreSqlConnector();

        public override SourceSettings Settings => TestSettings.Of(
            ("host", "localhost"),
            ("port", _door.Port.ToString(CultureInfo.InvariantCulture)),
            ("database", "postgres"),
            ("user", "terroir"),
            ("password", "env:PG"),
            ("ca-file", RealServers.Find("TERROIR_SOURCES_CA")),
            ("query", $"SELECT * FROM {table} WHERE cast(@since as bigint) IS NULL OR changed >= @since::bigint"),
            ("id-column", "path"),
            ("content-column", "content"),
            ("changed-column", "changed"),
            ("deleted-column", "gone"),
            ("allow-column", "readers"));

        public override IConnectorHost Host => _host;

        public override IReadOnlyList<string> Secrets => ["s3cret", "un autre secret"];

        public override Task PutAsync(string path, byte[] content) => RunAsync(
            "INSERT INTO {0} VALUES (@path, @content, @change, false, 'everyone') ON CONFLICT (path) DO UPDATE SET "
            + "content = excluded.content, changed = excluded.changed, gone = false, readers = excluded.readers",
            ("path", path),
            ("content", content),
            ("change", ++_change));

        public override Task DeleteAsync(string path) => RunAsync(
            "UPDATE {0} SET gone = true, changed = @change WHERE path = @path",
            ("path", path),
            ("change", ++_change));

        public override async Task<bool> ShareAsync(string path)
        {
            await RunAsync("UPDATE {0} SET readers = 'group:rh' WHERE path = @path", ("path", path));
            return true;
        }

        public override async Task DisconnectAsync() => await _door.DisposeAsync();

        public override Task<bool> SpoilSecretsAsync()
        {
            _host.Secrets["env:PG"] = "un autre secret";
            return Task.FromResult(true);
        }

        public override async ValueTask DisposeAsync()
        {
            await _door.DisposeAsync();
            await RunAsync("DROP TABLE IF EXISTS {0}");
            await base.DisposeAsync();
        }

        public async Task RunAsync(string statement, params (string Name, object Value)[] values)
        {
            await using var connection = new NpgsqlConnection(
                $"Host=localhost;Port={port};Database=postgres;Username=terroir;Password=s3cret");
            await connection.OpenAsync(Token);
            await using var command = connection.CreateCommand();
            command.CommandText = string.Format(CultureInfo.InvariantCulture, statement, table);
            foreach (var (name, value) in values)
            {
                command.Parameters.AddWithValue(name, value);
            }

            await command.ExecuteNonQueryAsync(Token);
        }
    }
}
