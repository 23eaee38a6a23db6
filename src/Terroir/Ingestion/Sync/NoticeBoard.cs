using System.Globalization;
using Terroir.Documents;
using Terroir.Ingestion.Permissions;
using Terroir.Storage;

namespace Terroir.Ingestion.Sync;

/// <summary>Writes down, beside the files in quarantine, the folders that could not be looked into and the permissions
/// that could not be understood.</summary>
internal sealed class NoticeBoard(SourceRecord source, IReadOnlyList<SourceItem> items, DateTimeOffset now)
{
    /// <summary>The name of the reader that stands in a notice on permissions.</summary>
    internal const string PermissionReader = "permissions";

    private readonly Dictionary<string, SourceItem> _known = items.Where(ItemName.IsNotice)
        .ToDictionary(item => item.Key.Path, StringComparer.Ordinal);

    /// <summary>Writes the notices of a scan.</summary>
    public IReadOnlyList<SourceItem> Write(SourceContent content)
    {
        var files = content.Items.Select(item => item.Path).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. content.Unread.Values.Select(unread => Write(
                ItemName.OfFolder(unread.Path),
                new Unreadable(unread.Reason, "none", unread.Advice))),
            .. content.Faults.Where(fault => !files.Contains(fault.Path)).Select(fault => Write(
                ItemName.OfPermission(fault.Path),
                new Unreadable(UnreadableReason.Broken, PermissionReader, Remark.Said(Describe(fault))))),
        ];
    }

    private static string Describe(PermissionFault fault) => fault.Line > 0
        ? string.Create(CultureInfo.InvariantCulture, $"Line {fault.Line}: {fault.Problem}")
        : fault.Problem;

    private SourceItem Write(string path, Unreadable problem)
    {
        var known = _known.GetValueOrDefault(path);
        return new SourceItem
        {
            Key = new SourceItemKey(source.Id, path),
            Fingerprint = "",
            Quarantine = problem,
            AttemptCount = (known?.AttemptCount ?? 0) + 1,
            TriedAt = now,
        };
    }
}
