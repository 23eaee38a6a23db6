using Terroir.Documents;
using Terroir.Ingestion.Permissions;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion;

/// <summary>A source that a connector opened: its permissions are resolved as the source says, and calls that fail for
/// a time are tried again.</summary>
internal sealed class ConnectedReading(SourceRecord source, ISourceConnection connection, TimeProvider timeProvider)
    : ISourceReading
{
    private Func<ListedItem, ItemReaders> _readersOf = item => item.Readers;

    private bool HasPermissionFiles => source.Permissions is SourcePermissions.File;

    public async Task<SourceContent> ListAsync(string? cursor, CancellationToken cancellationToken)
    {
        // A file that says who may read has to be among the items, also when it did not change.
        var listing = await TryAsync(
            source.Id,
            () => new ValueTask<SourceListing>(
                connection.ListAsync(HasPermissionFiles ? null : cursor, cancellationToken)),
            cancellationToken);
        ListedItems.Check(source, listing, HasPermissionFiles);
        var files = listing.Items.Where(item => ListedPermissions.IsFile(item.Path)).ToArray();
        var permissions = HasPermissionFiles
            ? await ListedPermissions.ReadAsync(files, (item, size) => TryFetchAsync(item, size, cancellationToken))
            : null;
        _readersOf = permissions is not null ? item => permissions.Of(item.Path)
            : source.Permissions is SourcePermissions.Fixed ? Fixed()
            : item => item.Readers;
        return new SourceContent
        {
            Items = [.. listing.Items.Where(item => !ListedPermissions.IsFile(item.Path)).Select(Resolve)],
            IsComplete = listing.IsComplete,
            Gone = listing.Gone,
            Cursor = HasPermissionFiles ? null : listing.Cursor,
            Unread = Describe(listing.Unread),
            Ignored = listing.Ignored with { PermissionCount = listing.Ignored.PermissionCount + files.Length },
            Problems = listing.Problems,
            Faults = permissions?.Faults ?? [],
            Mentions = permissions?.Mentions ?? [],
        };
    }

    public async ValueTask<FetchedItem> FetchAsync(
        ListedItem item,
        long sizeMaxBytes,
        CancellationToken cancellationToken)
    {
        var fetched = await TryFetchAsync(item, sizeMaxBytes, cancellationToken);
        return fetched with { Item = Resolve(fetched.Item) };
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static Dictionary<string, UnreadFolder> Describe(IReadOnlyList<UnreadPart> parts)
    {
        // What was read from there before stays; nothing is known that would narrow it.
        var folders = parts.Select(part => new UnreadFolder(
            part.Path.TrimEnd('/'),
            access => access,
            UnreadableReason.AccessDenied,
            part.Advice));
        return folders.DistinctBy(folder => folder.Path, StringComparer.Ordinal)
            .ToDictionary(folder => folder.Path, StringComparer.Ordinal);
    }

    private Func<ListedItem, ItemReaders> Fixed()
    {
        var readers = FixedReaders.From(source.Settings ?? new Dictionary<string, string>(StringComparer.Ordinal));
        return item => readers.Of(item.Path);
    }

    private ListedItem Resolve(ListedItem item) => item with { Readers = _readersOf(item) };

    private ValueTask<FetchedItem> TryFetchAsync(ListedItem item, long size, CancellationToken cancellationToken) =>
        TryAsync(item.Path, () => connection.FetchAsync(item, size, cancellationToken), cancellationToken);

    private async ValueTask<T> TryAsync<T>(
        string name,
        Func<ValueTask<T>> call,
        CancellationToken cancellationToken)
    {
        for (var count = 1; ; count++)
        {
            TimeSpan? delay;
            try
            {
                return await call();
            }
            catch (SourceUnavailableException exception)
            {
                delay = SourceBackoff.DelayOfCall(name, count, exception);
                if (delay is null)
                {
                    throw;
                }
            }

            await Task.Delay(delay.Value, timeProvider, cancellationToken);
        }
    }
}
