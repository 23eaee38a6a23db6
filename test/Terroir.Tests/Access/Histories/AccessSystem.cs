using System.Globalization;
using System.Text;
using Terroir.Access;
using Terroir.Ingestion.Permissions;
using Terroir.Retrieval;
using Terroir.Storage;
using Terroir.Tests.Retrieval;

namespace Terroir.Tests.Access.Histories;

/// <summary>The real directory, permissions and bitmaps over a state. They are made anew where the site would, and no
/// more often: what they keep is what is tested.</summary>
internal sealed class AccessSystem(AccessState state)
{
    private SiteDirectory? _directory;
    private SnapshotSegment? _segment;
    private AccessList[] _lists = [];

    private DateTimeOffset Now => AccessState.Start.AddSeconds(state.Now);

    public void ForgetDirectory() => _directory = null;

    public void ForgetPermissions() => _segment = null;

    /// <summary>Whether a user may read a document: by its list, and by the bitmap of its segment.</summary>
    public (bool ByList, bool ByBitmap) MayRead(int user, int document)
    {
        if (_directory is null || Now >= _directory.EndsAt)
        {
            _directory = SiteDirectory.Parse(WriteDirectory(), Records(), Now);
        }

        if (_segment is null)
        {
            _lists = [.. Enumerable.Range(0, AccessState.DocumentCount).Select(ListOf)];
            _segment = TestDocuments.Index(
                [.. _lists.Select((list, number) => TestDocuments.Prepare($"{number}", "a", list))]);
        }

        return _directory.Find($"u{user}") is { } found && found with { At = Now } is var asker
            ? (asker.MayRead(_lists[document]), _segment.ReadableBy(asker).Contains(document))
            : (false, false);
    }

    private AccessList ListOf(int document)
    {
        if (document >= AccessState.FolderCount * 2)
        {
            var (allow, deny) = state.Lists[document - (AccessState.FolderCount * 2)];
            return new AccessList([.. allow.Select(EntryOf)], [.. deny.Select(EntryOf)]);
        }

        return Enter(document / 2).Of(document % 2 == 0 ? "first.md" : "second.md").Access;
    }

    private PermissionState Enter(int folder)
    {
        var above = folder == 0 ? PermissionState.Start : Enter((folder - 1) / 2);
        return state.Folders[folder] switch
        {
            null => above.Enter(),
            { IsBroken: true } => above.EnterBroken(),
            var rule => above.Enter(PermissionFile.Parse(Write(rule))),
        };
    }

    private static string EntryOf(Entry entry)
    {
        var joined = string.Join('&', entry.Principals.Order(StringComparer.Ordinal));
        return entry.End is { } end ? Principal.Until(joined, AccessState.Start.AddSeconds(end)) : joined;
    }

    private static string Write(FolderRule rule)
    {
        var text = new StringBuilder(Write(rule, ""));
        if (rule.OfFirst is { } own)
        {
            text.Append("files:\n  first.*:\n").Append(Write(own, "    "));
        }

        return text.ToString();
    }

    private static string Write(FolderRule rule, string indent) =>
        $"{indent}inherit: {(rule.Inherits ? "true" : "false")}\n"
        + $"{indent}allow: [{string.Join(", ", rule.Allow.Select(Write))}]\n"
        + $"{indent}deny: [{string.Join(", ", rule.Deny.Select(Write))}]\n";

    private static string Write(Entry entry) => entry.End is { } end
        ? $"{{ principal: '{entry.Principals[0]}', until: '{TextOf(end)}' }}"
        : $"'{entry.Principals[0]}'";

    private static string TextOf(int end) => AccessState.Start.AddSeconds(end).UtcDateTime
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private string WriteDirectory()
    {
        var text = new StringBuilder("groups:\n");
        foreach (var (number, members) in state.FileGroups.Index().Where(item => item.Item is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"  - id: g{number}\n    members: [")
                .AppendJoin(", ", members!.Select(member => member.End is { } end
                    ? $"{{ member: '{member.Principal}', until: '{TextOf(end)}' }}"
                    : $"'{member.Principal}'"))
                .Append("]\n");
        }

        text.Append("users:\n");
        foreach (var number in Enumerable.Range(0, AccessState.UserCount).Where(number => state.IsOfFile[number]))
        {
            text.Append(CultureInfo.InvariantCulture, $"  - id: u{number}\n");
        }

        return text.ToString();
    }

    private IdentityRecords Records() => new(
        Revision: 1,
        [
            .. Enumerable.Range(0, AccessState.UserCount)
                .Where(number => !state.IsOfFile[number] || state.IsDisabled[number])
                .Select(number => new Account($"u{number}")
                {
                    Origin = state.IsOfFile[number] ? Account.FromDirectory : Account.FromOperator,
                    IsActive = !state.IsDisabled[number],
                }),
        ],
        [
            .. state.StoreGroups.Index().Where(item => item.Item is not null)
                .Select(item => new AccountGroup($"g{item.Index}")
                {
                    Members =
                    [
                        .. item.Item!.Select(member => new GroupMember(
                            member.Principal,
                            member.End is { } end ? AccessState.Start.AddSeconds(end) : null)),
                    ],
                }),
        ],
        []);
}
