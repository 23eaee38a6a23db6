using System.Data;
using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.Sql;

/// <summary>A PostgreSQL database, in transactions that cannot change anything.</summary>
internal sealed class PostgreSqlDatabase : ISqlDatabase
{
    private readonly PostgreSqlSettings _settings;
    private readonly IConnectorHost _host;
    private readonly TimeSpan _timeout;
    private readonly PostgreSqlRelay _relay;
    private ServerTrust? _trust;
    private NpgsqlDataSource? _source;

    /// <summary>Prepares; nothing is opened yet.</summary>
    public PostgreSqlDatabase(PostgreSqlSettings settings, TimeSpan timeout, IConnectorHost host)
    {
        (_settings, _timeout, _host) = (settings, timeout, host);
        _relay = new PostgreSqlRelay(async token => await Reach.OpenAsync(host, settings.Host, settings.Port, token));
    }

    public string Location => _settings.Location;

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        await CloseAsync();

        // Only texts and bytes are read, so that the types of the database need not be known.
        var builder = new NpgsqlDataSourceBuilder(Describe(_host.ReadSecret(_settings.Password)))
            .ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        if (_settings.IsSecured)
        {
            _trust = ServerTrust.Load(_settings.Host, _settings.AuthorityFile);
            builder.UseSslClientAuthenticationOptionsCallback(_trust.Apply);
        }

        _source = builder.Build();
        return await _source.OpenConnectionAsync(cancellationToken);
    }

    public string SizeOf(string expression) => $"octet_length({expression})::bigint";

    public string IsId(string column) => $"{column} = @id";

    public void AddId(DbCommand command, string id) => AddText(command, "@id", id);

    public void AddText(DbCommand command, string name, string? value) => command.Parameters.Add(
        new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = (object?)value ?? DBNull.Value });

    public async Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SET TRANSACTION READ ONLY";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    // The library itself asks the server to end a statement.
    public IDisposable? EndOn(DbConnection connection, CancellationToken cancellationToken) => null;

    public SourceFaultException Explain(DbException exception, TimeSpan timeout) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => SqlFaults.TooLong(timeout),
        PostgresException refused => new SourceFaultException(Explain(refused), exception)
        {
            IsTransient = refused.IsTransient,
        },
        _ when _relay.Fault is { } fault => fault,
        _ when _trust?.Fault is { } fault => new SourceFaultException(fault, exception),
        _ => new SourceFaultException("The connection to the database broke. Try again; look into its log.", exception)
        {
            IsTransient = true,
        },
    };

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _relay.DisposeAsync();
    }

    private ValueTask CloseAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    // A message may repeat data ("invalid input syntax: ..."). Only those that repeat the query's own words are shown.
    private string Explain(PostgresException refused) => refused.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"The server refuses the role '{_settings.User}' or its password. Check both, and pg_hba.conf.",
        PostgresErrorCodes.InvalidCatalogName => $"The server has no database '{_settings.Database}'.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"The role '{_settings.User}' may not read a table of the query. GRANT it SELECT.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "The query would change something. Write one that only reads.",
        PostgresErrorCodes.TooManyConnections => "The server has too many connections. Try again later.",
        PostgresErrorCodes.SyntaxError or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn
            or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.AmbiguousColumn =>
            $"The server does not understand the query or one of its columns: {refused.MessageText}.",
        PostgresErrorCodes.IndeterminateDatatype or PostgresErrorCodes.DatatypeMismatch =>
            "The server cannot tell the type of @since or of a column. Write cast(@since as timestamptz).",
        _ => $"The server refuses the query with the error {refused.SqlState}. Run it with psql to see why.",
    };

    private string Describe(string password) => new NpgsqlConnectionStringBuilder
    {
        Host = _relay.Folder,
        Port = PostgreSqlRelay.Port,
        Database = _settings.Database,
        Username = _settings.User,
        Password = password,
        SslMode = _settings.IsSecured ? SslMode.Require : SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Pooling = false,
        Enlist = false,
        ApplicationName = "terroir",
        Timeout = (int)Math.Min(_timeout.TotalSeconds, 1_000),
        CommandTimeout = 0,
        Options = "-c default_transaction_read_only=on -c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=iso_8601 "
            + "-c extra_float_digits=1 -c statement_timeout="
            + ((long)_timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
    }.ToString();
}
