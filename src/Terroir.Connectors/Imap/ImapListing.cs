using System.Globalization;
using MailKit;
using MailKit.Net.Imap;
using Terroir.Connectors.Connecting;
using Terroir.Documents;
using Terroir.Sources;

namespace Terroir.Connectors.Imap;

/// <summary>Collects the mails of folders.</summary>
internal sealed class ImapListing
{
    /// <summary>The most mails of one source.</summary>
    internal const int ItemCountMax = 1_000_000;

    private readonly Dictionary<string, ListedItem> _items = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _gone = new(StringComparer.Ordinal);
    private readonly List<UnreadPart> _unread = [];
    private readonly Dictionary<string, FolderState> _states = new(StringComparer.Ordinal);

    /// <summary>Takes all mails of a folder.</summary>
    public async Task AddAllAsync(string path, IMailFolder folder, CancellationToken cancellationToken)
    {
        if (await TryOpenAsync(path, folder, cancellationToken))
        {
            var mails = folder.Count == 0 ? [] : await folder.FetchAsync(0, -1, Request(), cancellationToken);
            Add(path, folder.UidValidity, mails);
        }
    }

    /// <summary>Takes what changed in a folder.</summary>
    /// <returns>Whether that can be told.</returns>
    public async Task<bool> TryAddChangesAsync(
        string path,
        IMailFolder folder,
        FolderState before,
        CancellationToken cancellationToken)
    {
        if (!await TryOpenAsync(path, folder, cancellationToken)
            || _states[path] is not { Modification: > 0 } state
            || state.Validity != before.Validity
            || state.Modification < before.Modification)
        {
            return false;
        }

        if (state.Modification == before.Modification)
        {
            return true;
        }

        void Vanish(object? sender, MessagesVanishedEventArgs args) =>
            _gone.UnionWith(args.UniqueIds.Select(uid => ImapPath.OfMail(path, before.Validity, uid.Id)));

        folder.MessagesVanished += Vanish;
        try
        {
            var mails = await folder.FetchAsync(
                UniqueIdRange.All,
                Request(before.Modification),
                cancellationToken);
            Add(path, before.Validity, mails);
        }
        finally
        {
            folder.MessagesVanished -= Vanish;
        }

        return true;
    }

    /// <summary>Makes the listing of what was collected.</summary>
    /// <param name="isComplete">Whether all folders were read whole.</param>
    /// <param name="canTellChanges">Whether the server can tell changes the next time.</param>
    public SourceListing ToListing(bool isComplete, bool canTellChanges) => new()
    {
        Items = [.. _items.Values.OrderBy(item => item.Path, StringComparer.Ordinal)],
        IsComplete = isComplete,
        Gone = isComplete ? [] : [.. _gone.Where(path => !_items.ContainsKey(path))],
        Unread = _unread,
        Cursor = canTellChanges && _unread.Count == 0 && _states.Values.All(state => state.Modification > 0)
            ? ImapCursor.Write(_states)
            : null,
    };

    private static FetchRequest Request(ulong? since = null) => new(
        MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.Size
        | MessageSummaryItems.InternalDate)
    {
        ChangedSince = since,
    };

    private async Task<bool> TryOpenAsync(string path, IMailFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            await folder.OpenAsync(FolderAccess.ReadOnly, cancellationToken);
            _states[path] = new FolderState(folder.UidValidity, folder.SupportsModSeq() ? folder.HighestModSeq : 0);
            return true;
        }
        catch (Exception exception) when (exception is ImapCommandException or FolderNotFoundException)
        {
            _unread.Add(new UnreadPart(
                $"{path}/",
                new Remark(RemarkCode.FolderClosed)));
            return false;
        }
    }

    private void Add(string path, uint validity, IEnumerable<IMessageSummary> mails)
    {
        foreach (var mail in mails.Where(mail => mail.UniqueId.IsValid))
        {
            var own = ImapPath.OfMail(path, validity, mail.UniqueId.Id);
            if (mail.Flags?.HasFlag(MessageFlags.Deleted) is true)
            {
                _gone.Add(own);
                continue;
            }

            _items[own] = new ListedItem
            {
                Path = own,
                Fingerprint = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{validity}.{mail.UniqueId.Id} {mail.Size ?? 0}"),
                SizeBytes = mail.Size,
                ModifiedAt = mail.InternalDate ?? default,
                Readers = ItemReaders.Closed,
            };
            if (_items.Count > ItemCountMax)
            {
                throw new SourceFaultException(
                    $"The folders hold more than {ItemCountMax} mails. Split them over several sources with "
                    + "'folders'.");
            }
        }
    }
}

/// <summary>What folders can do.</summary>
internal static class FolderFeatures
{
    /// <summary>Whether the server counts changes of the folder.</summary>
    public static bool SupportsModSeq(this IMailFolder folder) => folder.Supports(FolderFeature.ModSequences);
}
