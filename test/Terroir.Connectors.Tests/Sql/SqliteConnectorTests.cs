using System.Text;
using Microsoft.Data.Sqlite;
using Terroir.Sources;

namespace Terroir.Connectors.Sql;

public sealed class SqliteConnectorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-sqlite-");
    private readonly SqliteConnector _connector = new();
    private readonly TestHost _host = new();

    private string File => Path.Combine(_folder.FullName, "q.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_row_becomes_a_document_by_the_template()
    {
        Run(
            "CREATE TABLE p (id INTEGER PRIMARY KEY, title TEXT, body TEXT, cost REAL, changed TEXT)",
            "INSERT INTO p VALUES (7, 'Hygiène', 'Se laver {les} mains', 1.5, '2026-11-26T08:00:00Z')",
            "INSERT INTO p VALUES (12, NULL, NULL, NULL, NULL)");
        await using var source = await OpenAsync(
            ("query", "SELECT * FROM p ORDER BY id;"),
            ("template", "# {title}\n\n{body} {{{cost}}}"),
            ("title-column", "title"));

        var listing = await source.ListNowAsync();
        var first = await source.FetchNowAsync(listing.Items[1]);
        var empty = await source.FetchNowAsync(listing.Items[0]);

        Assert.Equal(["12", "7"], listing.Items.Select(item => item.Path), StringComparer.Ordinal);
        Assert.Equal((true, null), (listing.IsComplete, listing.Cursor));
        Assert.Equal(("7.md", "Hygiène"), (first.Item.FileName, first.Item.Title));
        Assert.Equal("# Hygiène\n\nSe laver {les} mains {1.5}", Encoding.UTF8.GetString(first.Content.Span));
        Assert.Equal(listing.Items[1], first.Item);
        Assert.Equal("# \n\n {}", Encoding.UTF8.GetString(empty.Content.Span));
    }

    [Fact]
    public async Task A_row_that_changed_has_another_fingerprint_and_the_others_do_not()
    {
        Run("CREATE TABLE p (id, body)", "INSERT INTO p VALUES ('a', ''), ('b', 'x'), ('c', NULL)");
        await using var source = await OpenAsync(("query", "SELECT * FROM p"), ("template", "{body}"));
        var before = (await source.ListNowAsync()).Items;
        Run("UPDATE p SET body = NULL WHERE id = 'a'", "UPDATE p SET body = 'x' WHERE id = 'b'");

        var after = (await source.ListNowAsync()).Items;

        Assert.Equal([true, false, false], before.Zip(after, (one, other) =>
            !string.Equals(one.Fingerprint, other.Fingerprint, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_column_that_tells_changes_is_believed()
    {
        Run("CREATE TABLE p (id, body, changed)", "INSERT INTO p VALUES ('a', 'x', '2026-11-26 08:00:00')");
        await using var source = await OpenAsync(
            ("query", "SELECT * FROM p"), ("template", "{body}"), ("changed-column", "changed"));

        var item = Assert.Single((await source.ListNowAsync()).Items);

        Assert.Equal("changed 2026-11-26 08:00:00", item.Fingerprint);
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero), item.ModifiedAt);
    }

    [Fact]
    public async Task A_column_may_hold_a_file()
    {
        Run("CREATE TABLE f (id, file BLOB, name, changed)");
        Run("INSERT INTO f VALUES ('rh/1', x'000102FF', 'C:\\scans\\plan.pdf', 1), ('rh/2', NULL, NULL, 1)");
        await using var source = await OpenAsync(
            ("query", "SELECT * FROM f"),
            ("content-column", "file"),
            ("name-column", "name"),
            ("changed-column", "changed"));
        var items = (await source.ListNowAsync()).Items;

        var file = await source.FetchNowAsync(items[0]);

        Assert.Equal(["rh/1", "rh/2"], items.Select(item => item.Path), StringComparer.Ordinal);
        Assert.Equal("plan.pdf", file.Item.FileName);
        Assert.Equal([0, 1, 2, 255], file.Content.ToArray());
        Assert.Equal(FetchVerdict.TooLarge, (await source.FetchNowAsync(items[0], sizeMaxBytes: 3)).Verdict);
        Assert.Equal(FetchVerdict.Fetched, (await source.FetchNowAsync(items[1])).Verdict);
    }

    [Fact]
    public async Task Who_may_read_comes_from_columns_and_what_is_no_principal_lets_nobody_in()
    {
        Run(
            "CREATE TABLE p (id, body, allow, deny, label)",
            "INSERT INTO p VALUES ('a', 'x', 'group:soins, user:ana', 'user:max', 'interne')",
            "INSERT INTO p VALUES ('b', 'x', '{group:rh,\"group:Direction générale\"}', NULL, NULL)",
            "INSERT INTO p VALUES ('c', 'x', 'everyone', 'soins', NULL)",
            "INSERT INTO p VALUES ('d', 'x', NULL, NULL, NULL)");
        await using var source = await OpenAsync(
            ("query", "SELECT * FROM p"),
            ("template", "{body}"),
            ("allow-column", "allow"),
            ("deny-column", "deny"),
            ("label-column", "label"));

        var listing = await source.ListNowAsync();

        Assert.Equal(
            new ItemReaders(new AccessList(["group:soins", "user:ana"], ["user:max"]), "interne"),
            listing.Items[0].Readers);
        Assert.Equal(["group:Direction générale", "group:rh"], listing.Items[1].Readers.Access.Allow);
        Assert.Equal(ItemReaders.Closed, listing.Items[2].Readers);
        Assert.Equal(ItemReaders.Closed, listing.Items[3].Readers);
        Assert.Equal("c", Assert.Single(listing.Problems).Path);
        Assert.DoesNotContain("soins", listing.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_takes_the_last_change_and_marks_the_deleted_is_asked_for_changes_alone()
    {
        Run(
            "CREATE TABLE p (id, body, changed INTEGER, gone)",
            "INSERT INTO p VALUES (1, 'x', 9, 0), (2, 'x', 10, 0), (3, 'x', 8, 1)");
        await using var source = await OpenAsync(
            ("query", "SELECT * FROM p WHERE @since IS NULL OR changed >= CAST(@since AS INTEGER)"),
            ("template", "{body}"),
            ("changed-column", "changed"),
            ("deleted-column", "gone"));

        var all = await source.ListNowAsync();
        Run("UPDATE p SET changed = 11, gone = 1 WHERE id = 1", "INSERT INTO p VALUES (4, 'new', 12, 0)");
        var changes = await source.ListNowAsync(all.Cursor);

        Assert.Equal((true, "10"), (all.IsComplete, all.Cursor!.Split(' ')[^1]));
        Assert.Equal(["1", "2"], all.Items.Select(item => item.Path), StringComparer.Ordinal);
        Assert.Equal((false, "12"), (changes.IsComplete, changes.Cursor!.Split(' ')[^1]));
        Assert.Equal(["2", "4"], changes.Items.Select(item => item.Path), StringComparer.Ordinal);
        Assert.Equal(["1"], changes.Gone);
        Assert.Equal(FetchVerdict.Fetched, (await source.FetchNowAsync(changes.Items[1])).Verdict);
        Assert.Equal(FetchVerdict.Gone, (await source.FetchNowAsync(all.Items[0])).Verdict);
    }

    [Theory]
    [InlineData("'042'")]
    [InlineData("42")]
    [InlineData("4.5")]
    [InlineData("'x' || 7")]
    [InlineData("'a%AAb'")]
    [InlineData("'é/!''\"'")]
    public async Task A_row_is_found_again_whatever_its_id_is(string id)
    {
        Run("CREATE TABLE p (body)", "INSERT INTO p VALUES ('found')");
        await using var source = await OpenAsync(
            ("query", $"SELECT {id} AS id, body FROM p"), ("template", "{body}"));

        var fetched = await source.FetchNowAsync(Assert.Single((await source.ListNowAsync()).Items));

        Assert.Equal("found", Encoding.UTF8.GetString(fetched.Content.Span));
    }

    [Fact]
    public async Task Rows_without_an_id_are_reported_and_two_of_one_id_stop()
    {
        Run("CREATE TABLE p (id, body)", "INSERT INTO p VALUES (NULL, 'x'), ('', 'x'), ('a//b', 'x'), ('ok', 'x')");
        await using var source = await OpenAsync(("query", "SELECT * FROM p"), ("template", "{body}"));

        var listing = await source.ListNowAsync();
        Run("INSERT INTO p VALUES ('ok', 'y')");
        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ListNowAsync());

        Assert.Equal(["ok"], listing.Items.Select(item => item.Path), StringComparer.Ordinal);
        Assert.StartsWith("3 rows", Assert.Single(listing.Problems).Message, StringComparison.Ordinal);
        Assert.Contains("'id-column'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE FROM p RETURNING id, body")]
    [InlineData("INSERT INTO p VALUES ('b', 'y') RETURNING id, body")]
    [InlineData("SELECT * FROM p) AS q, (DELETE FROM p")]
    [InlineData("PRAGMA user_version = 7")]
    [InlineData("ATTACH 'other.db' AS o")]
    public async Task A_query_that_would_change_something_is_refused(string query)
    {
        Run("CREATE TABLE p (id, body)", "INSERT INTO p VALUES ('a', 'x')");
        await using var source = await OpenAsync(("query", query), ("template", "{body}"));

        await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ListNowAsync());

        await using var other = await OpenAsync(("query", "SELECT * FROM p"), ("template", "{body}"));
        Assert.Equal("a", Assert.Single((await other.ListNowAsync()).Items).Path);
    }

    [Fact]
    public async Task A_query_without_end_is_ended()
    {
        Run("CREATE TABLE p (id, body)");
        var host = new EndingHost();
        var settings = Settings(
            ("query", "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) "
                + "SELECT max(id) AS id, 'x' AS body FROM n"),
            ("template", "{body}"),
            ("timeout", "1"));
        await using var source = await _connector.OpenNowAsync(settings, host);

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ListNowAsync());

        Assert.Contains("'timeout'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_says_what_is_wrong_without_data()
    {
        Run("CREATE TABLE p (id, body)", "INSERT INTO p VALUES ('a', 'secret')");
        await System.IO.File.WriteAllTextAsync(
            File + ".txt",
            "no database, whatever its name",
            TestContext.Current.CancellationToken);

        var steps = await TryAsync(File, "SELECT * FROM p");
        Assert.All(steps, step => Assert.True(step.IsPassed, step.Message));
        Assert.EndsWith("'readers' says who may read.", steps[^1].Message, StringComparison.Ordinal);
        Assert.Contains(
            "no such file",
            (await TryAsync(File + ".none", "SELECT 1"))[^1].Message,
            StringComparison.Ordinal);
        Assert.Contains("no SQLite", (await TryAsync(File + ".txt", "SELECT 1"))[^1].Message, StringComparison.Ordinal);
        Assert.Contains(
            "no such table: x",
            (await TryAsync(File, "SELECT * FROM x"))[^1].Message,
            StringComparison.Ordinal);
        Assert.Contains("q.body", (await TryAsync(File, "SELECT id FROM p"))[^1].Message, StringComparison.Ordinal);
        Assert.Contains(
            "no id",
            (await TryAsync(File, "SELECT NULL AS id, body FROM p"))[^1].Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("query", "SELECT 1; DROP TABLE p", "one query")]
    [InlineData("template", "{a", "names no column")]
    [InlineData("template", "text", "names no column")]
    [InlineData("timeout", "0", "from 1")]
    [InlineData("format", "html", "markdown, text")]
    [InlineData("content-column", "c", "not both")]
    [InlineData("querry", "x", "no such setting")]
    [InlineData("file", "relative.db", "absolute")]
    public void A_setting_that_cannot_be_used_is_a_fault(string name, string value, string words)
    {
        var settings = Settings(("query", "SELECT 1"), ("template", "{a}"), (name, value));

        Assert.Contains(_connector.Check(settings), fault => fault.Problem.Contains(words, StringComparison.Ordinal));
    }

    private Task<List<ConnectionStep>> TryAsync(string file, string query) => _connector.TryAsync(
        Settings(("file", file), ("query", query), ("template", "{body}")),
        _host);

    private Task<ISourceConnection> OpenAsync(params (string Name, string Value)[] values) =>
        _connector.OpenNowAsync(Settings(values), _host);

    private SourceSettings Settings(params (string Name, string Value)[] values) => TestSettings.Of(
    [
        .. values.Prepend(("file", File)).Reverse().DistinctBy(value => value.Item1, StringComparer.Ordinal),
    ]);

    private void Run(params string[] statements)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        foreach (var statement in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Its clock is real, so that a limit is reached.</summary>
    private sealed class EndingHost : IConnectorHost
    {
        public TimeProvider Clock => TimeProvider.System;

        public string ReadSecret(string reference) => throw new NotSupportedException();

        public ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
