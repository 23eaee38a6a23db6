using System.Net;
using Terroir.Connectors.Connecting;
using Terroir.Documents;
using Terroir.Sources;

namespace Terroir.Connectors.WebDav;

/// <summary>A WebDAV folder that is open.</summary>
internal sealed class WebDavConnection(WebDavSettings settings, WebDavClient client) : ISourceConnection
{
    /// <summary>How many parts a report of changes may have before all is listed instead.</summary>
    private const int ReportCountMax = 1_000;

    private const int TooMany = 507;

    private readonly WebDavAddress _address = new(settings.Root);

    public Task<SourceListing> ListAsync(string? cursor, CancellationToken cancellationToken) => GuardAsync(async () =>
        (cursor is null ? null : await TryListChangesAsync(cursor, cancellationToken))
        ?? await ListAllAsync(cancellationToken));

    public async ValueTask<FetchedItem> FetchAsync(
        ListedItem item,
        long sizeMaxBytes,
        CancellationToken cancellationToken) => await GuardAsync(async () =>
        {
            var address = _address.ToUri(item.Path, isFolder: false);
            var condition = WebDavFingerprint.ToCondition(item.Fingerprint);
            using var response = await client.GetAsync(address, condition, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK
                && WebDavFingerprint.IsSame(response.Headers.ETag, item.Fingerprint))
            {
                return await ReadAsync(item, response, sizeMaxBytes, cancellationToken);
            }

            return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PreconditionFailed
                ? await FetchAnewAsync(item, address, sizeMaxBytes, cancellationToken)
                : Refuse(item, response.StatusCode);
        });

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static FetchedItem Refuse(ListedItem item, HttpStatusCode status) =>
        status is HttpStatusCode.NotFound or HttpStatusCode.Gone
            ? new FetchedItem(FetchVerdict.Gone, item, default)
            : new FetchedItem(
                FetchVerdict.Refused,
                item,
                default,
                new Remark(RemarkCode.FetchRefused, $"{(int)status}"));

    private static async Task<FetchedItem> ReadAsync(
        ListedItem item,
        HttpResponseMessage response,
        long sizeMaxBytes,
        CancellationToken cancellationToken)
    {
        var content = response.Content.Headers.ContentLength > sizeMaxBytes
            ? null
            : await BoundedContent.ReadAsync(
                await response.Content.ReadAsStreamAsync(cancellationToken),
                sizeMaxBytes,
                cancellationToken);
        return content is null
            ? new FetchedItem(
                FetchVerdict.TooLarge,
                item,
                default,
                new Remark(RemarkCode.FileTooLarge, $"{sizeMaxBytes >> 20}"))
            : new FetchedItem(FetchVerdict.Fetched, item with { SizeBytes = content.Length }, content);
    }

    // It changed since it was listed, or its tag does not tell: what the server says before and after must be the same.
    private async Task<FetchedItem> FetchAnewAsync(
        ListedItem item,
        Uri address,
        long sizeMaxBytes,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(item, address, cancellationToken) is not { } before)
        {
            return Refuse(item, HttpStatusCode.NotFound);
        }

        using var response = await client.GetAsync(address, entityTag: null, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return Refuse(before, response.StatusCode);
        }

        var fetched = await ReadAsync(before, response, sizeMaxBytes, cancellationToken);
        var after = await FindAsync(item, address, cancellationToken);
        return string.Equals(after?.Fingerprint, before.Fingerprint, StringComparison.Ordinal)
            ? fetched
            : new FetchedItem(
                FetchVerdict.Unstable,
                before,
                default,
                new Remark(RemarkCode.FileChanged));
    }

    private async Task<ListedItem?> FindAsync(ListedItem item, Uri address, CancellationToken cancellationToken)
    {
        var (_, answer) = await client.FindAsync(address, isDeep: false, cancellationToken);
        return answer?.Resources is [{ IsFolder: false, Status: 200 } resource]
            ? WebDavListing.ToItem(resource, item.Path)
            : null;
    }

    // The token is taken first: what changes meanwhile is told again the next time.
    private async Task<SourceListing> ListAllAsync(CancellationToken cancellationToken)
    {
        var (status, root) = await client.FindAsync(settings.Root, isDeep: false, cancellationToken);
        if (root is null)
        {
            throw client.Explain(status);
        }

        _address.RequireRoot(root.Resources);
        var listing = new WebDavListing(client, _address);
        await listing.WalkAsync("", cancellationToken);
        var token = root.Resources.Select(resource => resource.SyncToken).FirstOrDefault(text => text is not null);
        return listing.ToListing(isComplete: true, listing.HasUnread ? null : token);
    }

    // Null where all must be listed: the token is too old, or something is gone. A server need not tell what was in a
    // folder that is gone, nor that it was a folder.
    private async Task<SourceListing?> TryListChangesAsync(string cursor, CancellationToken cancellationToken)
    {
        var listing = new WebDavListing(client, _address);
        for (var count = 0; count < ReportCountMax; count++)
        {
            var (_, answer) = await client.ReportAsync(cursor, cancellationToken);
            if (answer?.SyncToken is not { } next)
            {
                return null;
            }

            var isCut = false;
            foreach (var resource in answer.Resources)
            {
                var path = _address.TryPath(resource.Href, resource.IsFolder);
                if (path is "" or null)
                {
                    isCut |= resource.Status == TooMany;
                    continue;
                }

                if (resource.Status != (int)HttpStatusCode.OK)
                {
                    return null;
                }

                await TakeAsync(listing, resource, path, cancellationToken);
            }

            if (!isCut)
            {
                return listing.HasUnread ? null : listing.ToListing(isComplete: false, next);
            }

            cursor = next;
        }

        return null;
    }

    // A folder that came, or moved here, may be told alone.
    private static Task TakeAsync(
        WebDavListing listing,
        WebDavResource resource,
        string path,
        CancellationToken cancellationToken)
    {
        if (path.Split('/').SkipLast(1).Any(name => name.StartsWith('.')))
        {
            return Task.CompletedTask;
        }

        if (resource.IsFolder && !path[(path.LastIndexOf('/') + 1)..].StartsWith('.'))
        {
            return listing.WalkAsync(path, cancellationToken);
        }

        listing.Add(resource, path);
        return Task.CompletedTask;
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (SourceFaultException fault)
        {
            throw fault.For(settings.Source, settings.Root.AbsoluteUri);
        }
    }
}
