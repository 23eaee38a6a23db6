using System.Text;
using Npgsql;
using Terroir.Sources;

namespace Terroir.Connectors.Sql;

/// <summary>PostgreSQL itself.</summary>
public sealed class PostgreSqlRealServerTests
{
    private readonly PostgreSqlConnector _connector = new();
    private readonly TestHost _host = new() { Secrets = { ["env:PG"] = "s3cret" } };

    [Fact]
    public async Task Rows_come_through_TLS_and_the_relay_with_their_readers()
    {
        await RunAsync(
            "DROP TABLE IF EXISTS p",
            "CREATE TABLE p (id int PRIMARY KEY, title text, body text, cost numeric, ok bool, tags text[], "
            + "readers text[], changed timestamptz)",
            "INSERT INTO p VALUES (7, 'Hygiène', 'Se laver les mains', 1.50, true, '{a,b}', "
            + "'{group:soins,\"group:Direction générale\"}', '2026-11-26 09:00+01'), "
            + "(12, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-26 09:00:00.5+01')");
        await using var source = await OpenAsync(
            ("query", "SELECT * FROM p -- all\n;"),
            ("template", "# {title}\n{body} {cost} {ok} {tags} {changed}"),
            ("title-column", "title"),
            ("changed-column", "changed"),
            ("allow-column", "readers"));

        var listing = await source.ListNowAsync();
        var fetched = await source.FetchNowAsync(listing.Items[1]);

        Assert.Equal(["12", "7"], listing.Items.Select(item => item.Path), StringComparer.Ordinal);
        Assert.Equal(["group:Direction générale", "group:soins"], listing.Items[1].Readers.Access.Allow);
        Assert.Equal(ItemReaders.Closed, listing.Items[0].Readers);
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero), listing.Items[1].ModifiedAt);
        Assert.Equal(listing.Items[1], fetched.Item);
        Assert.Equal(
            "# Hygiène\nSe laver les mains 1.50 true {a,b} 2026-11-26 08:00:00+00",
            Encoding.UTF8.GetString(fetched.Content.Span));
        Assert.Equal(1, _host.ConnectCount);
    }

    [Fact]
    public async Task A_column_of_bytes_is_a_file_and_rows_are_fetched_from_several_threads()
    {
        await RunAsync(
            "DROP TABLE IF EXISTS f",
            "CREATE TABLE f (id uuid, file bytea, name text, changed int)",
            "INSERT INTO f SELECT ('00000000-0000-0000-0000-0000000000' || lpad(n::text, 2, '0'))::uuid, "
            + "decode(repeat('00ff', n * 1000), 'hex'), 'plan.pdf', n FROM generate_series(1, 20) AS n");
        await using var source = await OpenAsync(
            ("query", "SELECT * FROM f"),
            ("content-column", "file"),
            ("name-column", "name"),
            ("changed-column", "changed"));
        var items = (await source.ListNowAsync()).Items;

        var files = await Task.WhenAll(items.Select(item => source.FetchNowAsync(item, sizeMaxBytes: 38_000).AsTask()));

        Assert.Equal(
            Enumerable.Range(1, 19).Select(n => n * 2000),
            files.SkipLast(1).Select(file => file.Content.Length));
        Assert.Equal(FetchVerdict.TooLarge, files[^1].Verdict);
        Assert.Equal("plan.pdf", files[0].Item.FileName);
    }

    [Fact]
    public async Task Changes_alone_are_asked_for_in_the_order_of_their_type()
    {
        await RunAsync(
            "DROP TABLE IF EXISTS c",
            "CREATE TABLE c (id int, body text, changed bigint, gone bool)",
            "INSERT INTO c VALUES (1, 'x', 9, false), (2, 'x', 10, false), (3, 'x', 8, true)");
        await using var source = await OpenAsync(
            ("query", "SELECT * FROM c WHERE cast(@since as bigint) IS NULL OR changed >= cast(@since as bigint)"),
            ("template", "{body}"),
            ("changed-column", "changed"),
            ("deleted-column", "gone"));

        var all = await source.ListNowAsync();
        await RunAsync("UPDATE c SET gone = true, changed = 11 WHERE id = 1");
        var changes = await source.ListNowAsync(all.Cursor);

        Assert.Equal((true, "10"), (all.IsComplete, all.Cursor!.Split(' ')[^1]));
        Assert.Equal((false, "11"), (changes.IsComplete, changes.Cursor!.Split(' ')[^1]));
        Assert.Equal(["1"], changes.Gone);
        Assert.Equal(["2"], changes.Items.Select(item => item.Path), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("DELETE FROM keep RETURNING id, body")]
    [InlineData("WITH gone AS (DELETE FROM keep RETURNING id, body) SELECT * FROM gone")]
    [InlineData("SELECT id, nextval('keep_id_seq')::text AS body FROM keep")]
    [InlineData("SELECT id, set_config('transaction_read_only', 'off', false) AS body FROM keep")]
    public async Task A_query_that_would_change_something_is_refused(string query)
    {
        await RunAsync(
            "CREATE TABLE IF NOT EXISTS keep (id serial, body text)",
            "INSERT INTO keep (body) VALUES ('x')");
        await using var source = await OpenAsync(("query", query), ("template", "{body}"));
        var before = await CountAsync();

        await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ListNowAsync());

        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task What_a_server_writes_in_a_transaction_that_only_reads_is_taken_back()
    {
        await RunAsync(
            "CREATE TABLE IF NOT EXISTS keep (id serial, body text)",
            "INSERT INTO keep (body) VALUES ('x')");
        await using var source = await OpenAsync(
            ("query", "SELECT id, lo_create(0)::text AS body FROM keep"), ("template", "{body}"));
        var before = await CountAsync();

        // Before version 16, PostgreSQL lets large objects be made here.
        await Record.ExceptionAsync(() => source.ListNowAsync());

        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task A_query_without_end_is_ended_by_the_server()
    {
        await using var source = await OpenAsync(
            ("query", "SELECT 1 AS id, pg_sleep(60)::text AS body"), ("template", "{body}"), ("timeout", "1"));

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ListNowAsync());

        Assert.Contains("'timeout'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_says_what_is_wrong_without_data()
    {
        await RunAsync(
            "DROP TABLE IF EXISTS t",
            "CREATE TABLE t (id text, body text)",
            "INSERT INTO t VALUES ('secret', 'x')");

        Assert.All(await TryAsync("SELECT * FROM t"), step => Assert.True(step.IsPassed, step.Message));
        await FailAsync("relation \"x\"", "SELECT * FROM x");
        await FailAsync("q.body", "SELECT id FROM t");
        await FailAsync("error 22P02", "SELECT id, (id::int)::text AS body FROM t");
        await FailAsync("no database 'other'", "SELECT 1", ("database", "other"));
        await FailAsync("refuses the role", "SELECT 1", ("user", "nobody"));
        await FailAsync("not for '127.0.0.1'", "SELECT 1", ("host", "127.0.0.1"));
        await FailAsync("nothing listens", "SELECT 1", ("port", "1"));
    }

    private static async Task RunAsync(params string[] statements)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<long> CountAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(
            "SELECT (SELECT count(*) FROM keep) * 1000 + count(*) FROM pg_largeobject_metadata",
            connection);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static string ConnectionString =>
        $"Host=localhost;Port={RealServers.Find("TERROIR_POSTGRESQL_PORT")};Database=postgres;Username=terroir;"
        + "Password=s3cret";

    private async Task FailAsync(string words, string query, params (string Name, string Value)[] values)
    {
        var steps = await TryAsync(query, values);
        Assert.False(steps[^1].IsPassed);
        Assert.Contains(words, steps[^1].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", steps[^1].Message, StringComparison.Ordinal);
    }

    private Task<List<ConnectionStep>> TryAsync(string query, params (string Name, string Value)[] values) =>
        _connector.TryAsync(Settings([("query", query), ("template", "{body}"), .. values]), _host);

    private Task<ISourceConnection> OpenAsync(params (string Name, string Value)[] values) =>
        _connector.OpenNowAsync(Settings(values), _host);

    private static SourceSettings Settings((string Name, string Value)[] values) => TestSettings.Of(
    [
        .. new (string Name, string Value)[]
        {
            ("host", "localhost"),
            ("port", RealServers.Find("TERROIR_POSTGRESQL_PORT")),
            ("database", "postgres"),
            ("user", "terroir"),
            ("password", "env:PG"),
            ("ca-file", RealServers.Find("TERROIR_SOURCES_CA")),
        }.ExceptBy(values.Select(value => value.Name), pair => pair.Name, StringComparer.Ordinal),
        .. values,
    ]);
}
