using System.IO.Enumeration;
using MailKit;
using MailKit.Net.Imap;
using Terroir.Connectors.Connecting;
using Terroir.Documents;
using Terroir.Sources;

namespace Terroir.Connectors.Imap;

/// <summary>A mailbox that is open. A server takes one command at a time, so calls wait for one another; a connection
/// that broke is opened anew by the next call.</summary>
internal sealed class ImapConnection(ImapSettings settings, IConnectorHost host) : ISourceConnection
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ImapSession? _session;
    private SortedDictionary<string, IMailFolder> _folders = new(StringComparer.Ordinal);

    /// <summary>Connects and signs in.</summary>
    public Task StartAsync(CancellationToken cancellationToken) =>
        InTurnAsync(_ => Task.FromResult(0), cancellationToken);

    public Task<SourceListing> ListAsync(string? cursor, CancellationToken cancellationToken) => InTurnAsync(
        async session =>
        {
            _folders = await session.FindFoldersAsync(cancellationToken);
            var chosen = Choose(settings, _folders.Keys).Select(path => (Path: path, Folder: _folders[path])).ToArray();
            if (chosen.Length == 0)
            {
                throw new SourceFaultException(NoFolder(_folders.Keys));
            }

            var before = session.TellsChanges ? ImapCursor.TryRead(cursor) : null;
            return (before is null ? null : await TryListChangesAsync(session, chosen, before, cancellationToken))
                ?? await ListAllAsync(session, chosen, cancellationToken);
        },
        cancellationToken);

    public async ValueTask<FetchedItem> FetchAsync(
        ListedItem item,
        long sizeMaxBytes,
        CancellationToken cancellationToken)
    {
        if (item.SizeBytes > sizeMaxBytes)
        {
            return TooLarge(item, sizeMaxBytes);
        }

        return await InTurnAsync(
            session => FetchAsync(session, item, sizeMaxBytes, cancellationToken),
            cancellationToken);
    }

    /// <summary>The folders that are read.</summary>
    public static IEnumerable<string> Choose(ImapSettings settings, IEnumerable<string> paths) => paths.Where(path =>
        settings.Folders.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false))
        && !settings.Without.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false)));

    /// <summary>Says that no folder is chosen.</summary>
    public static string NoFolder(IEnumerable<string> paths) =>
        "No folder of the mailbox fits 'folders'; upper and lower case count. The first ones that are there: "
        + $"{string.Join(", ", paths.Take(10))}.";

    public ValueTask DisposeAsync()
    {
        _session?.Dispose();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private static FetchedItem TooLarge(ListedItem item, long sizeMaxBytes) => new(
        FetchVerdict.TooLarge,
        item,
        default,
        new Remark(RemarkCode.MailTooLarge, $"{sizeMaxBytes}"));

    private static async Task<SourceListing> ListAllAsync(
        ImapSession session,
        (string Path, IMailFolder Folder)[] chosen,
        CancellationToken cancellationToken)
    {
        var listing = new ImapListing();
        foreach (var (path, folder) in chosen)
        {
            await listing.AddAllAsync(path, folder, cancellationToken);
        }

        return listing.ToListing(isComplete: true, session.TellsChanges);
    }

    // Null where all must be listed: a folder is gone, or is numbered anew.
    private static async Task<SourceListing?> TryListChangesAsync(
        ImapSession session,
        (string Path, IMailFolder Folder)[] chosen,
        Dictionary<string, FolderState> before,
        CancellationToken cancellationToken)
    {
        if (before.Keys.Except(chosen.Select(folder => folder.Path), StringComparer.Ordinal).Any())
        {
            return null;
        }

        var listing = new ImapListing();
        foreach (var (path, folder) in chosen)
        {
            if (!before.TryGetValue(path, out var state))
            {
                await listing.AddAllAsync(path, folder, cancellationToken);
            }
            else if (!await listing.TryAddChangesAsync(path, folder, state, cancellationToken))
            {
                return null;
            }
        }

        return listing.ToListing(isComplete: false, canTellChanges: true);
    }

    private async Task<FetchedItem> FetchAsync(
        ImapSession session,
        ListedItem item,
        long sizeMaxBytes,
        CancellationToken cancellationToken)
    {
        if (_folders.Count == 0)
        {
            _folders = await session.FindFoldersAsync(cancellationToken);
        }

        if (ImapPath.TryParse(item.Path) is not { } mail || !_folders.TryGetValue(mail.Folder, out var folder))
        {
            return new FetchedItem(FetchVerdict.Gone, item, default);
        }

        try
        {
            if (folder.IsOpen)
            {
                await session.RefreshAsync(cancellationToken);
            }
            else
            {
                await folder.OpenAsync(FolderAccess.ReadOnly, cancellationToken);
            }

            if (folder.UidValidity != mail.Validity)
            {
                return new FetchedItem(FetchVerdict.Gone, item, default);
            }

            // One byte more than may be: then it is larger, whatever size was told.
            var sizeAsked = (int)Math.Min(sizeMaxBytes + 1, int.MaxValue);
            await using var stream = await folder.GetStreamAsync(
                new UniqueId(mail.Uid),
                0,
                sizeAsked,
                cancellationToken);
            return await BoundedContent.ReadAsync(stream, sizeMaxBytes, cancellationToken) is { } content
                ? new FetchedItem(FetchVerdict.Fetched, item with { SizeBytes = content.Length }, content)
                : TooLarge(item, sizeMaxBytes);
        }
        catch (MessageNotFoundException)
        {
            return new FetchedItem(FetchVerdict.Gone, item, default);
        }
        catch (FolderNotFoundException)
        {
            return new FetchedItem(FetchVerdict.Gone, item, default);
        }
        catch (ImapCommandException)
        {
            return new FetchedItem(
                FetchVerdict.Refused,
                item,
                default,
                new Remark(RemarkCode.MailRefused));
        }
    }

    private async Task<T> InTurnAsync<T>(Func<ImapSession, Task<T>> action, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_session is not { IsOpen: true })
            {
                _session?.Dispose();
                _folders = new SortedDictionary<string, IMailFolder>(StringComparer.Ordinal);
                _session = await ImapSession.OpenAsync(settings, host, cancellationToken);
            }

            return await action(_session);
        }
        catch (SourceFaultException fault)
        {
            throw fault.For(settings.Source, settings.Location);
        }
        catch (Exception exception) when (exception is IOException or ImapProtocolException
            or ServiceNotConnectedException or ServiceNotAuthenticatedException or ImapCommandException)
        {
            var fault = new SourceFaultException(
                "The connection to the mail server broke. Try again; look into the server's log if it lasts.",
                exception)
            {
                IsTransient = true,
            };
            throw fault.For(settings.Source, settings.Location);
        }
        finally
        {
            _turn.Release();
        }
    }
}
