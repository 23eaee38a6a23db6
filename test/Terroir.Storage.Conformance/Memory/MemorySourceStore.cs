namespace Terroir.Storage.Conformance.Memory;

/// <summary>Sources and their items.</summary>
internal sealed class MemorySourceStore(MemoryCell cell) : ISourceStore
{
    public Task SaveSourceAsync(SourceRecord source, CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, _) => (state with { Sources = state.Sources.SetItem(source.Id, source) }, true),
            cancellationToken);

    public Task<bool> RemoveSourceAsync(string source, CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, _) =>
            {
                var items = state.Items.Keys.Where(key => IsOf(key, source));
                var next = state with
                {
                    Sources = state.Sources.Remove(source),
                    Items = state.Items.RemoveRange(items),
                    Accounts = state.Accounts.Remove(source),
                    Releases = state.Releases.RemoveRange(state.Releases.Keys.Where(key =>
                        string.Equals(key.Source, source, StringComparison.Ordinal))),
                };
                return (next, state.Sources.ContainsKey(source));
            },
            cancellationToken);

    public Task<IReadOnlyList<SourceRecord>> ListSourcesAsync(CancellationToken cancellationToken) =>
        cell.ReadAsync<IReadOnlyList<SourceRecord>>(state => [.. state.Sources.Values], cancellationToken);

    public Task<IReadOnlyList<SourceItem>> ListItemsAsync(string source, CancellationToken cancellationToken) =>
        cell.ReadAsync(state => List(state, item => IsOf(item.Key, source)), cancellationToken);

    public Task<IReadOnlyList<SourceItem>> FindItemsAsync(SourceItemKey item, CancellationToken cancellationToken) =>
        cell.ReadAsync(
            state => List(state, known => IsOf(known.Key, item.Source)
                && (string.Equals(known.Key.Path, item.Path, StringComparison.Ordinal)
                    || known.Key.Path.StartsWith(item.Path + "!/", StringComparison.Ordinal))),
            cancellationToken);

    public Task SaveItemsAsync(IReadOnlyList<SourceItem> items, CancellationToken cancellationToken) =>
        cell.ChangeAsync((state, _) => (Save(state, items), true), cancellationToken);

    public Task RemoveItemsAsync(IReadOnlyList<SourceItemKey> items, CancellationToken cancellationToken) =>
        cell.ChangeAsync((state, _) => (Remove(state, items), true), cancellationToken);

    public Task<IReadOnlyList<SourceItem>> ListQuarantineAsync(CancellationToken cancellationToken) =>
        cell.ReadAsync(state => List(state, item => item.Quarantine is not null), cancellationToken);

    internal static MemoryState Save(MemoryState state, IReadOnlyList<SourceItem> items) =>
        state with { Items = state.Items.SetItems(items.Select(item => KeyValuePair.Create(item.Key, item))) };

    internal static MemoryState Remove(MemoryState state, IReadOnlyList<SourceItemKey> items) =>
        state with { Items = state.Items.RemoveRange(items) };

    private static IReadOnlyList<SourceItem> List(MemoryState state, Func<SourceItem, bool> isWanted) =>
    [
        .. state.Items.Values.Where(isWanted)
            .OrderBy(item => item.Key.Source, StringComparer.Ordinal)
            .ThenBy(item => item.Key.Path, StringComparer.Ordinal),
    ];

    private static bool IsOf(SourceItemKey key, string source) =>
        string.Equals(key.Source, source, StringComparison.Ordinal);
}
