using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Provenance.Events;
using Terroir.Server.Emergency;
using Terroir.Storage;

namespace Terroir.Server.Tests.Emergency;

/// <summary>Access in an emergency over HTTP: who opens it, what it opens, and what ends it.</summary>
public sealed class EmergencyEndpointsTests : IAsyncLifetime
{
    private EmergencySite _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await EmergencySite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task It_opens_what_permissions_allow_to_the_group_until_its_person_ends_it_and_denials_stay()
    {
        var before = await _site.FindAsync();
        using var opened = await _site.OpenAsync();
        var during = await _site.FindAsync();
        using var document = await _site.Server.GetAsync($"/api/documents/{await IdAsync()}");
        var text = (await TestServer.ReadJsonAsync(document)).GetProperty("text").GetString();
        using var ended = await _site.EndAsync();
        using var again = await _site.EndAsync();

        Assert.Empty(before);
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        Assert.Equal(["dossiers/dossier.md"], during);
        Assert.Contains("0,125 mg", text, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.NoContent, HttpStatusCode.NotFound),
            (ended.StatusCode, again.StatusCode));
        Assert.Empty(await _site.FindAsync());
    }

    [Fact]
    public async Task It_ends_by_time_also_after_a_restart()
    {
        using var opened = await _site.OpenAsync();
        await _site.Server.RestartAsync();
        _site.Time.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromMilliseconds(1));
        var during = await _site.FindAsync();
        _site.Time.Advance(TimeSpan.FromMilliseconds(1));
        var after = await _site.FindAsync();
        var early = await _site.RowsAsync(EventKinds.EmergencyEnded);
        _site.Time.Advance(TimeSpan.FromSeconds(10));
        var row = Assert.Single(await _site.RowsAsync(EventKinds.EmergencyEnded));

        Assert.Single(during);
        Assert.Empty(after);
        Assert.Empty(early);
        Assert.Equal((null, "user:anna"), (row.Actor, row.Subject));
        Assert.Equal("bris-de-glace\ntime\n2026-11-27 09:00:00Z", EmergencySite.DetailOf(row));
        Assert.Single(await _site.RowsAsync(EventKinds.EmergencyEnded));
    }

    [Fact]
    public async Task It_ends_with_the_account_and_does_not_come_back_with_it()
    {
        using var opened = await _site.OpenAsync();
        var barred = new Account("anna") { Origin = Account.FromDirectory, IsActive = false };
        await _site.Store.SaveAccountAsync(barred, Stop);
        await _site.Store.SaveAccountAsync(barred with { IsActive = true }, Stop);
        _site.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Empty(await _site.FindAsync());
        Assert.Contains(
            "\naccount\n",
            EmergencySite.DetailOf(Assert.Single(await _site.RowsAsync(EventKinds.EmergencyEnded))),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_sees_anything_of_it()
    {
        using var before = await _site.Server.GetAsync("/api/search?q=digoxine+badge", TestServer.OperatorKey);
        using var opened = await _site.OpenAsync();
        using var during = await _site.Server.GetAsync("/api/search?q=digoxine+badge", TestServer.OperatorKey);
        using var list = await _site.Server.GetAsync(EmergencySite.Path, TestServer.OperatorKey);

        // How long it took is another each time.
        var hits = await HitsAsync(before);
        Assert.StartsWith("[{", hits, StringComparison.Ordinal);
        Assert.Equal(hits, await HitsAsync(during));
        Assert.Equal("""{"mayOpen":[],"openings":[]}""", await TestServer.ReadTextAsync(list));
    }

    [Fact]
    public async Task Who_is_not_of_the_group_or_comes_with_a_key_for_some_collections_opens_nothing()
    {
        var narrow = await _site.AddKeyAsync("anna", Site.DefaultCollection);

        using var other = await _site.OpenAsync(TestServer.OperatorKey);
        using var bound = await _site.OpenAsync(narrow);
        using var unknown = await _site.Server.PostAsync(
            EmergencySite.Path, new { reason = EmergencySite.Reason, group = "autre" });
        using var nobody = await _site.OpenAsync(key: null);

        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, bound.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Empty(_site.Store.ListEmergencies());
        Assert.Empty(await _site.RowsAsync(EventKinds.EmergencyOpened));
    }

    [Fact]
    public async Task Without_a_reason_nothing_opens()
    {
        foreach (var reason in (string[])["", "ab", "  ab  ", new('a', 501)])
        {
            using var refused = await _site.OpenAsync(reason: reason);
            Assert.Equal((reason, HttpStatusCode.BadRequest), (reason, refused.StatusCode));
        }

        using var none = await _site.Server.PostAsync(EmergencySite.Path, new { group = EmergencySite.Group });
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        Assert.Empty(_site.Store.ListEmergencies());
    }

    [Fact]
    public async Task The_ledger_has_the_reason_as_a_detail_and_the_store_and_the_answer_do_not()
    {
        using var opened = await _site.OpenAsync(reason: $"  {EmergencySite.Reason} ");
        using var ended = await _site.EndAsync();
        var row = Assert.Single(await _site.RowsAsync(EventKinds.EmergencyOpened));
        var end = Assert.Single(await _site.RowsAsync(EventKinds.EmergencyEnded));

        Assert.Equal(("user:anna", "user:anna"), (row.Actor, row.Subject));
        Assert.Equal($"bris-de-glace\n60 min\n{EmergencySite.Reason}", EmergencySite.DetailOf(row));
        Assert.DoesNotContain("cardiaque", await TestServer.ReadTextAsync(opened), StringComparison.Ordinal);
        Assert.Equal(-1, row.Entry.Span.IndexOf("cardiaque"u8));
        Assert.Equal(("user:anna", "user:anna"), (end.Actor, end.Subject));
    }

    [Fact]
    public async Task It_is_opened_once_at_a_time_and_so_many_times_a_day()
    {
        for (var count = 0; count < EmergencyAccess.OpeningsPerDayMax; count++)
        {
            using var opened = await _site.OpenAsync();
            Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
            using var twice = await _site.OpenAsync();
            Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
            using var ended = await _site.EndAsync();
            _site.Time.Advance(TimeSpan.FromMinutes(1));
        }

        using var refused = await _site.OpenAsync();
        _site.Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(EmergencyAccess.OpeningsPerDayMax));
        using var later = await _site.OpenAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes((24 * 60) - 10), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.Created, later.StatusCode);
    }

    [Fact]
    public async Task An_auditor_sees_the_openings_of_everybody_and_reads_nothing_by_that()
    {
        var auditor = await _site.AddAsync("ines", "auditors");
        using var opened = await _site.OpenAsync();
        using var all = await _site.Server.GetAsync(EmergencySite.Path, auditor);
        using var own = await _site.Server.GetAsync(EmergencySite.Path);
        var seen = (await TestServer.ReadJsonAsync(all)).GetProperty("openings")[0];
        var mine = await TestServer.ReadJsonAsync(own);

        Assert.Equal("anna", seen.GetProperty("user").GetString());
        Assert.False(seen.TryGetProperty("endedBy", out _));
        Assert.Equal(1, mine.GetProperty("openings").GetArrayLength());
        Assert.Equal(60, mine.GetProperty("mayOpen")[0].GetProperty("minutes").GetInt32());
        Assert.Empty(await _site.FindAsync(auditor));
    }

    [Fact]
    public async Task What_was_read_and_asked_meanwhile_is_in_the_ledger_between_its_two_events()
    {
        using var opened = await _site.OpenAsync();
        using var document = await _site.Server.GetAsync($"/api/documents/{await IdAsync()}");
        using var asked = await _site.Server.PostAsync("/api/ask", new { question = "Quelle dose de digoxine ?" });
        using var ended = await _site.EndAsync();
        var ledger = _site.Server.Services.GetRequiredService<IMetastore>().Ledger;
        var kinds = (await ledger.FindAsync(new LedgerQuery { Actor = "user:anna" }, Stop))
            .Select(placed => placed.Row.Kind)
            .Where(kind => kind is not EventKinds.Searched)
            .ToArray();

        Assert.Equal(
            [EventKinds.EmergencyOpened, EventKinds.DocumentOpened, "receipt", EventKinds.EmergencyEnded],
            kinds);
    }

    private static async Task<string> HitsAsync(HttpResponseMessage response) =>
        (await TestServer.ReadJsonAsync(response)).GetProperty("hits").GetRawText();

    private async Task<string> IdAsync()
    {
        using var response = await _site.Server.GetAsync("/api/search?q=digoxine");
        var hit = (await TestServer.ReadJsonAsync(response)).GetProperty("hits")[0];
        return hit.GetProperty("document").GetString()!;
    }
}
