using System.Text;
using Terroir.Sources;

namespace Terroir.Connectors.Conformance;

/// <summary>What every <see cref="IConnector"/> promises. Derive from it, and make a source of your kind.</summary>
public abstract class ConnectorConformance : IAsyncLifetime
{
    private const int SizeMaxBytes = 1 << 20;

    private ConnectorRig _rig = null!;

    /// <summary>The token of the test.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes an empty source.</summary>
    /// <returns>The source.</returns>
    protected abstract Task<ConnectorRig> CreateAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _rig = await CreateAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _rig.DisposeAsync();
    }

    [Fact]
    public void What_can_be_set_is_explained()
    {
        Assert.NotEmpty(_rig.Connector.PermissionModes);
        Assert.Equal(_rig.Connector.Settings.Count, _rig.Connector.Settings.DistinctBy(item => item.Name).Count());
        Assert.All(_rig.Connector.Settings, setting =>
        {
            Assert.Matches("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", setting.Name);
            Assert.EndsWith(".", setting.Meaning, StringComparison.Ordinal);
            Assert.NotEmpty(setting.Example);
            Assert.True(!setting.IsSecret || SecretReference.TryParse(setting.Example, out _));
        });
    }

    [Fact]
    public void Settings_are_checked_without_opening_anything()
    {
        Assert.Empty(_rig.Connector.Check(_rig.Settings));
        foreach (var required in _rig.Connector.Settings.Where(setting => setting.IsRequired))
        {
            var faults = _rig.Connector.Check(With(required.Name, null));
            var fault = Assert.Single(faults, item => item.Name == required.Name);
            Assert.NotEmpty(fault.Problem);
        }
    }

    [Fact]
    public void Where_it_reads_is_told_without_secrets()
    {
        var where = _rig.Connector.Describe(_rig.Settings);

        Assert.NotEmpty(where);
        Assert.DoesNotContain('\n', where);
        AssertNoSecret(where);
    }

    [Fact]
    public async Task An_empty_source_is_listed_as_empty()
    {
        var listing = await ListAsync();

        Assert.Empty(listing.Items);
        Assert.True(listing.IsComplete);
        Assert.Empty(listing.Unread);
    }

    [Fact]
    public async Task A_listing_is_ordered_and_stable()
    {
        foreach (var path in new[] { "b.txt", "a/z.txt", "a-b/c.txt", "a.txt", "a/y.txt" })
        {
            await PutAsync(path, path);
        }

        var (first, second) = (await ListAsync(), await ListAsync());

        Assert.Equal(
            ["a-b/c.txt", "a.txt", "a/y.txt", "a/z.txt", "b.txt"],
            first.Items.Select(_rig.NameOf).Order(StringComparer.Ordinal));
        Assert.Equal(
            first.Items.Select(item => item.Path).Order(StringComparer.Ordinal),
            first.Items.Select(item => item.Path));
        Assert.Equal(first.Items.Select(Describe), second.Items.Select(Describe));
    }

    [Fact]
    public async Task What_is_fetched_is_what_was_put()
    {
        var bytes = Enumerable.Range(0, 100_000).Select(number => (byte)(number * 31)).ToArray();
        await _rig.PutAsync("a/é.bin", bytes);
        await using var source = await OpenAsync();
        var item = Assert.Single((await source.ListAsync(cursor: null, Token)).Items);

        var fetched = await source.FetchAsync(item, SizeMaxBytes, Token);

        Assert.Equal(FetchVerdict.Fetched, fetched.Verdict);
        Assert.True(_rig.ContentOf(fetched).Span.SequenceEqual(bytes));
        Assert.Equal((item.Path, item.Fingerprint), (fetched.Item.Path, fetched.Item.Fingerprint));
        Assert.True(item.SizeBytes is null || item.SizeBytes == fetched.Content.Length);
    }

    [Fact]
    public async Task An_empty_item_is_fetched_as_empty()
    {
        await PutAsync("a.txt", "");
        await using var source = await OpenAsync();

        var fetched = await FetchAsync(source, "a.txt");

        Assert.Equal((FetchVerdict.Fetched, 0), (fetched.Verdict, _rig.ContentOf(fetched).Length));
    }

    [Fact]
    public async Task A_change_of_content_changes_the_fingerprint()
    {
        await PutAsync("a.txt", "un");
        await PutAsync("b.txt", "un");
        var before = await ListAsync();
        await PutAsync("a.txt", "deux");

        var after = await ListAsync();

        Assert.NotEqual(Find(before, "a.txt").Fingerprint, Find(after, "a.txt").Fingerprint);
        Assert.Equal(Find(before, "b.txt").Fingerprint, Find(after, "b.txt").Fingerprint);
    }

    [Fact]
    public async Task What_changed_after_the_listing_never_goes_with_the_old_fingerprint()
    {
        await PutAsync("a.txt", "un");
        await using var source = await OpenAsync();
        var item = Assert.Single((await source.ListAsync(cursor: null, Token)).Items);
        await PutAsync("a.txt", "quelque chose d'autre");

        var fetched = await source.FetchAsync(item, SizeMaxBytes, Token);

        Assert.True(_rig.ReplacesInPlace
            ? fetched.Verdict is FetchVerdict.Fetched or FetchVerdict.Unstable
            : fetched.Verdict is FetchVerdict.Gone);
        Assert.True(fetched.Verdict is not FetchVerdict.Fetched || fetched.Item.Fingerprint != item.Fingerprint);
    }

    [Fact]
    public async Task A_deletion_is_seen()
    {
        await PutAsync("a.txt", "un");
        await PutAsync("b.txt", "deux");
        await using var source = await OpenAsync();
        var before = await source.ListAsync(cursor: null, Token);
        await _rig.DeleteAsync("a.txt");

        var fetched = await source.FetchAsync(Find(before, "a.txt"), SizeMaxBytes, Token);

        Assert.Equal("b.txt", _rig.NameOf(Assert.Single((await ListAsync()).Items)));
        Assert.Equal(FetchVerdict.Gone, fetched.Verdict);
    }

    [Fact]
    public async Task A_move_is_seen_and_keeps_the_identity_if_there_is_one()
    {
        await PutAsync("avant.txt", "Le même texte.");
        var before = Assert.Single((await ListAsync()).Items);
        await _rig.DeleteAsync("avant.txt");
        await PutAsync("dossier/après.txt", "Le même texte.");

        var after = Assert.Single((await ListAsync()).Items);

        Assert.Equal("dossier/après.txt", _rig.NameOf(after));
        Assert.True(before.Identity is null || before.Identity == after.Identity);
    }

    [Fact]
    public async Task A_cursor_finds_what_a_complete_listing_finds()
    {
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            await PutAsync($"{name}.txt", name);
        }

        var first = await ListAsync();
        Assert.SkipWhen(first.Cursor is null, "This kind lists all each time.");
        await PutAsync("a.txt", "autre");
        await _rig.DeleteAsync("b.txt");
        await PutAsync("e/f.txt", "neuf");

        var change = await ListAsync(first.Cursor);
        var known = first.Items.ToDictionary(item => item.Path, Describe);
        foreach (var path in change.IsComplete ? [.. known.Keys] : change.Gone)
        {
            known.Remove(path);
        }

        foreach (var item in change.Items)
        {
            known[item.Path] = Describe(item);
        }

        Assert.Equal((await ListAsync()).Items.Select(Describe).Order(), known.Values.Order());
    }

    [Fact]
    public async Task A_cursor_that_is_not_known_is_answered_with_everything()
    {
        await PutAsync("a.txt", "un");

        var listing = await ListAsync("no such cursor");

        Assert.True(listing.IsComplete);
        Assert.Single(listing.Items);
    }

    [Fact]
    public async Task A_change_of_permissions_is_seen()
    {
        await PutAsync("a.txt", "un");
        var before = Assert.Single((await ListAsync()).Items);
        Assert.SkipUnless(await _rig.ShareAsync("a.txt"), "This kind knows no permissions of items.");

        var after = Assert.Single((await ListAsync()).Items);

        Assert.NotEqual(before.Readers, after.Readers);
    }

    [Fact]
    public async Task An_item_that_cannot_be_read_stops_no_other()
    {
        await PutAsync("a.txt", "un");
        await PutAsync("b.txt", "deux");
        Assert.SkipUnless(await _rig.BreakAsync("a.txt"), "An item cannot be made unreadable here.");
        await using var source = await OpenAsync();

        var broken = await FetchAsync(source, "a.txt");
        var sound = await FetchAsync(source, "b.txt");

        Assert.True(broken.Verdict is FetchVerdict.Refused or FetchVerdict.Unstable);
        Assert.NotNull(broken.Advice);
        Assert.Equal(FetchVerdict.Fetched, sound.Verdict);
    }

    [Fact]
    public async Task A_source_that_is_away_is_never_listed_as_empty()
    {
        await PutAsync("a.txt", "un");
        await _rig.DisconnectAsync();

        var failure = await Assert.ThrowsAsync<SourceUnavailableException>(() => ListAsync());

        Assert.NotEmpty(failure.Message);
        AssertNoSecret(failure.ToString());
    }

    [Fact]
    public async Task A_source_that_goes_away_after_the_listing_fails_as_a_whole_or_for_the_item()
    {
        await PutAsync("a.txt", "un");
        await using var source = await OpenAsync();
        var item = Assert.Single((await source.ListAsync(cursor: null, Token)).Items);
        await _rig.DisconnectAsync();

        try
        {
            Assert.NotEqual(FetchVerdict.Fetched, (await source.FetchAsync(item, SizeMaxBytes, Token)).Verdict);
        }
        catch (SourceUnavailableException failure)
        {
            AssertNoSecret(failure.ToString());
        }
    }

    [Fact]
    public async Task A_trial_of_a_sound_source_passes_every_step()
    {
        await PutAsync("a.txt", "un");

        var steps = await TryAsync();

        Assert.NotEmpty(steps);
        Assert.All(steps, step => Assert.True(step.IsPassed, $"{step.Name}: {step.Message}"));
    }

    [Fact]
    public async Task A_trial_of_a_source_that_is_away_says_what_to_do()
    {
        await _rig.DisconnectAsync();

        var steps = await TryAsync();

        Assert.False(steps[^1].IsPassed);
        Assert.NotEmpty(steps[^1].Message);
        Assert.All(steps, step => AssertNoSecret(step.Message));
    }

    [Fact]
    public async Task Wrong_secrets_are_explained_and_not_told()
    {
        await PutAsync("a.txt", "un");
        Assert.SkipUnless(await _rig.SpoilSecretsAsync(), "This kind has no secrets.");

        var failure = await Assert.ThrowsAsync<SourceUnavailableException>(() => ListAsync());
        var steps = await TryAsync();

        Assert.False(failure.IsTransient);
        AssertNoSecret(failure.ToString());
        Assert.False(steps[^1].IsPassed);
        Assert.All(steps, step => AssertNoSecret(step.Message));
    }

    [Fact]
    public async Task No_more_is_loaded_than_allowed()
    {
        await _rig.PutOfSizeAsync("a.bin", SizeMaxBytes + 1);
        await _rig.PutOfSizeAsync("b.bin", SizeMaxBytes);
        await using var source = await OpenAsync();

        var large = await FetchAsync(source, "a.bin");
        var fitting = await FetchAsync(source, "b.bin");

        Assert.Equal((FetchVerdict.TooLarge, 0), (large.Verdict, large.Content.Length));
        Assert.NotNull(large.Advice);
        Assert.Equal((FetchVerdict.Fetched, SizeMaxBytes), (fitting.Verdict, fitting.Content.Length));
    }

    [Fact]
    public async Task Unicode_names_stay_as_they_are()
    {
        Assert.SkipUnless(_rig.KeepsUnicodeForms, "This kind does not keep two forms apart.");
        var composed = NormalForm.Of("é.txt");
        var decomposed = NormalForm.Of("é.txt", NormalizationForm.FormD);
        await PutAsync(composed, "un");
        await PutAsync(decomposed, "deux");
        await PutAsync("données 100 % + œuvre/日本 #1?.txt", "trois");
        await using var source = await OpenAsync();

        var listing = await source.ListAsync(cursor: null, Token);
        var texts = new Dictionary<string, string>();
        foreach (var item in listing.Items)
        {
            var fetched = await source.FetchAsync(item, SizeMaxBytes, Token);
            texts[item.Path] = Encoding.UTF8.GetString(fetched.Content.Span);
        }

        Assert.Equal(3, texts.Count);
        Assert.Equal(("un", "deux"), (texts[composed], texts[decomposed]));
        Assert.Equal("trois", texts["données 100 % + œuvre/日本 #1?.txt"]);
    }

    [Fact]
    public async Task Many_items_are_all_listed()
    {
        for (var number = 0; number < _rig.ManyCount; number++)
        {
            await PutAsync($"{number % 7}/{number:00000}.txt", "x");
        }

        var listing = await ListAsync();

        Assert.Equal(_rig.ManyCount, listing.Items.Count);
        Assert.Equal(
            listing.Items.Select(item => item.Path).Distinct().Order(StringComparer.Ordinal),
            listing.Items.Select(item => item.Path));
    }

    [Fact]
    public async Task Items_are_fetched_from_several_threads_at_once()
    {
        for (var number = 0; number < 20; number++)
        {
            await PutAsync($"{number:00}.txt", $"texte {number}");
        }

        await using var source = await OpenAsync();
        var items = (await source.ListAsync(cursor: null, Token)).Items;

        var fetched = await Task.WhenAll(items.Select(item =>
            Task.Run(() => source.FetchAsync(item, SizeMaxBytes, Token).AsTask(), Token)));

        Assert.Equal(
            Enumerable.Range(0, 20).Select(number => $"texte {number}"),
            fetched.OrderBy(item => _rig.NameOf(item.Item), StringComparer.Ordinal)
                .Select(item => Encoding.UTF8.GetString(_rig.ContentOf(item).Span)));
    }

    [Fact]
    public async Task A_stop_is_obeyed()
    {
        await PutAsync("a.txt", "un");
        await using var source = await OpenAsync();
        var item = Assert.Single((await source.ListAsync(cursor: null, Token)).Items);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.ListAsync(cursor: null, stopped.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            source.FetchAsync(item, SizeMaxBytes, stopped.Token).AsTask());
    }

    private static string Describe(ListedItem item) =>
        $"{item.Path} {item.Fingerprint} {item.SizeBytes} {item.Readers.Access.Key} {item.Readers.Label}";

    private async Task<FetchedItem> FetchAsync(ISourceConnection source, string path) =>
        await source.FetchAsync(Find(await source.ListAsync(cursor: null, Token), path), SizeMaxBytes, Token);

    private ListedItem Find(SourceListing listing, string path) =>
        listing.Items.Single(item => _rig.NameOf(item) == path);

    private Task PutAsync(string path, string text) => _rig.PutAsync(path, Encoding.UTF8.GetBytes(text));

    private Task<ISourceConnection> OpenAsync() => _rig.Connector.OpenAsync(_rig.Settings, _rig.Host, Token);

    private async Task<SourceListing> ListAsync(string? cursor = null)
    {
        await using var source = await OpenAsync();
        return await source.ListAsync(cursor, Token);
    }

    private async Task<List<ConnectionStep>> TryAsync()
    {
        var steps = new List<ConnectionStep>();
        await foreach (var step in _rig.Connector.TestAsync(_rig.Settings, _rig.Host, Token))
        {
            steps.Add(step);
        }

        return steps;
    }

    private void AssertNoSecret(string message) =>
        Assert.All(_rig.Secrets, secret => Assert.DoesNotContain(secret, message, StringComparison.Ordinal));

    private SourceSettings With(string name, string? value)
    {
        var values = _rig.Settings.Values.ToDictionary(pair => pair.Key, pair => pair.Value);
        values.Remove(name);
        if (value is not null)
        {
            values[name] = value;
        }

        return _rig.Settings with { Values = values };
    }
}
