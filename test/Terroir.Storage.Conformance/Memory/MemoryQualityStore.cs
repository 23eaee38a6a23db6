namespace Terroir.Storage.Conformance.Memory;

/// <summary>Releases and the figures of each day.</summary>
internal sealed class MemoryQualityStore(MemoryCell cell) : IQualityStore
{
    public Task SaveReleaseAsync(QualityRelease release, CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, _) => state.Releases.ContainsKey((release.Source, release.Content))
                ? (state, true)
                : (state with { Releases = state.Releases.Add((release.Source, release.Content), release) }, true),
            cancellationToken);

    public Task<IReadOnlyList<QualityRelease>> ListReleasesAsync(
        string source,
        CancellationToken cancellationToken) =>
        cell.ReadAsync<IReadOnlyList<QualityRelease>>(
            state =>
            [
                .. state.Releases.Values
                    .Where(release => string.Equals(release.Source, source, StringComparison.Ordinal))
                    .OrderBy(release => release.Content.Hex, StringComparer.Ordinal),
            ],
            cancellationToken);

    public Task<bool> RemoveReleaseAsync(string source, ContentHash content, CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, _) => (
                state with { Releases = state.Releases.Remove((source, content)) },
                state.Releases.ContainsKey((source, content))),
            cancellationToken);

    public Task SaveAccountAsync(SourceAccount account, CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, _) => (state with { Accounts = state.Accounts.SetItem(account.Source, account) }, true),
            cancellationToken);

    public Task<SourceAccount?> FindAccountAsync(string source, CancellationToken cancellationToken) =>
        cell.ReadAsync(state => state.Accounts.GetValueOrDefault(source), cancellationToken);

    public Task SaveFiguresAsync(IReadOnlyList<QualityFigures> figures, CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, _) =>
            {
                var days = state.Figures.SetItems(figures
                    .Select(item => KeyValuePair.Create((item.Collection, item.Day), item)));
                var old = days.Keys.GroupBy(key => key.Collection)
                    .SelectMany(keys => keys.OrderByDescending(key => key.Day).Skip(IQualityStore.DayCountMax))
                    .ToArray();
                return (state with { Figures = days.RemoveRange(old) }, true);
            },
            cancellationToken);

    public Task<IReadOnlyList<QualityFigures>> ListFiguresAsync(
        CollectionId collection,
        CancellationToken cancellationToken) =>
        cell.ReadAsync<IReadOnlyList<QualityFigures>>(
            state =>
            [
                .. state.Figures.Values.Where(figures => figures.Collection == collection)
                    .OrderBy(figures => figures.Day),
            ],
            cancellationToken);
}
