using Microsoft.Extensions.Time.Testing;

namespace Terroir.Storage.Conformance;

/// <summary>What every <see cref="IIdentityStore"/> promises of accesses in an emergency.</summary>
public abstract class EmergencyConformance
{
    private const int CountMax = 3;

    /// <summary>The clock of the store.</summary>
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero));

    /// <summary>The store under test, empty at first.</summary>
    protected abstract IIdentityStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the same store once more.</summary>
    /// <returns>The store; the suite disposes it.</returns>
    protected abstract IIdentityStore OpenAgain();

    [Fact]
    public async Task What_is_open_is_there_after_opening_again_and_raises_the_revision()
    {
        var before = Store.ReadRevision();
        var opening = Opening("1");
        Assert.True(await Store.OpenEmergencyAsync(opening, CountMax, Token));
        using var again = OpenAgain();

        Assert.Equal([opening with { StartedAt = Time.GetUtcNow() }], again.ListEmergencies());
        Assert.Equal(again.ListEmergencies(), again.Read().Emergencies);
        Assert.Equal(before + 1, again.ReadRevision());
    }

    [Fact]
    public async Task One_user_has_one_open_for_a_group_until_its_end()
    {
        Assert.True(await Store.OpenEmergencyAsync(Opening("1"), CountMax, Token));
        Assert.False(await Store.OpenEmergencyAsync(Opening("2"), CountMax, Token));
        Assert.True(await Store.OpenEmergencyAsync(Opening("3", group: "h"), CountMax, Token));
        Assert.True(await Store.OpenEmergencyAsync(Opening("4", user: "ines"), CountMax, Token));

        Time.Advance(TimeSpan.FromHours(1));
        Assert.True(await Store.OpenEmergencyAsync(Opening("5"), CountMax, Token));
    }

    [Fact]
    public async Task So_many_are_opened_in_a_day_also_by_requests_at_once()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            Store.OpenEmergencyAsync(Opening($"{number}", group: $"g{number}"), CountMax, Token)));
        Assert.Equal(CountMax, opened.Count(isOpened => isOpened));

        Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        Assert.False(await Store.OpenEmergencyAsync(Opening("late"), CountMax, Token));
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await Store.OpenEmergencyAsync(Opening("late"), CountMax, Token));
    }

    [Fact]
    public async Task An_end_counts_at_once_and_for_what_was_open_of_that_user()
    {
        await Store.OpenEmergencyAsync(Opening("1"), CountMax, Token);
        await Store.OpenEmergencyAsync(Opening("2", group: "h"), CountMax, Token);
        await Store.OpenEmergencyAsync(Opening("3", user: "ines"), CountMax, Token);
        Time.Advance(TimeSpan.FromMinutes(1));
        var revision = Store.ReadRevision();

        var one = await Store.EndEmergenciesAsync("anna", "h", EmergencyOpening.ByPerson, Token);
        var rest = await Store.EndEmergenciesAsync("anna", null, EmergencyOpening.ByOperator, Token);
        var none = await Store.EndEmergenciesAsync("anna", null, EmergencyOpening.ByOperator, Token);

        Assert.Equal(("2", EmergencyOpening.ByPerson), (Assert.Single(one).Id, one[0].EndedBy));
        Assert.Equal(("1", EmergencyOpening.ByOperator), (Assert.Single(rest).Id, rest[0].EndedBy));
        Assert.Empty(none);
        Assert.Equal(
            one.Concat(rest).ToHashSet(),
            Store.ListEmergencies().Where(item => item.User is "anna").ToHashSet());
        Assert.Equal(Time.GetUtcNow(), rest[0].EndsAt);
        Assert.True(Store.ReadRevision() > revision);
        Assert.Equal(EmergencyOpening.ByTime, Store.ListEmergencies().Single(item => item.User is "ines").EndedBy);
    }

    [Fact]
    public async Task Who_may_not_enter_has_nothing_open_and_who_is_removed_leaves_nothing()
    {
        await Store.OpenEmergencyAsync(Opening("1"), CountMax, Token);
        await Store.SaveAccountAsync(new Account("anna") { IsActive = false }, Token);
        var ended = Assert.Single(Store.ListEmergencies());

        Assert.Equal((Time.GetUtcNow(), EmergencyOpening.ByAccount), (ended.EndsAt, ended.EndedBy));
        Assert.True(await Store.RemoveAccountAsync("anna", Token));
        Assert.Empty(Store.ListEmergencies());
    }

    [Fact]
    public async Task One_whose_end_is_logged_is_kept_for_its_time_and_read_no_more_with_the_people()
    {
        await Store.OpenEmergencyAsync(Opening("1"), CountMax, Token);
        await Store.MarkEmergencyLoggedAsync("1", Token);
        Assert.Empty(Store.Read().Emergencies);

        Time.Advance(TimeSpan.FromHours(1) + IIdentityStore.EmergenciesKeptFor - TimeSpan.FromMilliseconds(1));
        await Store.OpenEmergencyAsync(Opening("2"), CountMax, Token);
        Assert.Equal(["1", "2"], Store.ListEmergencies().Select(item => item.Id), StringComparer.Ordinal);

        Time.Advance(TimeSpan.FromHours(1) + IIdentityStore.EmergenciesKeptFor);
        await Store.OpenEmergencyAsync(Opening("3"), CountMax, Token);
        Assert.Equal(["2", "3"], Store.ListEmergencies().Select(item => item.Id), StringComparer.Ordinal);
    }

    private EmergencyOpening Opening(string id, string user = "anna", string group = "g") =>
        new(id, user, group) { EndsAt = Time.GetUtcNow().AddHours(1) };
}
