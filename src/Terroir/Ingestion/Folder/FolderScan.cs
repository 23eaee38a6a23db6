using System.Runtime.InteropServices;
using Terroir.Documents;
using Terroir.Ingestion.Permissions;
using Terroir.Ingestion.Remarks;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion.Folder;

/// <summary>Lists the files of a folder source. The rules are in <c>docs/features/ingestion.md</c>.</summary>
internal sealed class FolderScan
{
    /// <summary>The deepest folder that is entered.</summary>
    internal const int DepthMax = 128;

    private readonly SourceTree _tree;
    private readonly CancellationToken _cancellationToken;
    private readonly List<ListedItem> _files = [];
    private readonly Dictionary<string, UnreadFolder> _unread = new(StringComparer.Ordinal);
    private int _hiddenCount;
    private int _temporaryCount;
    private int _linkCount;
    private int _specialCount;
    private int _permissionCount;

    private FolderScan(SourceTree tree, CancellationToken cancellationToken)
    {
        _tree = tree;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Lists the files.</summary>
    /// <exception cref="SourceUnavailableException">The source's folder cannot be listed.</exception>
    public static SourceContent Run(SourceRecord source, SourceTree tree, CancellationToken cancellationToken)
    {
        var scan = new FolderScan(tree, cancellationToken);
        var place = new Place(tree.Root, "", tree.Permissions.Enter(above: null, tree.Root, ""), Depth: 0);
        scan.Walk(place);
        if (scan._unread.TryGetValue("", out var fault))
        {
            var why = new IOException(RemarkText.English.Describe(fault.Advice));
            throw new SourceUnavailableException(source.Id, source.Location, why);
        }

        scan._files.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        return new SourceContent
        {
            Items = scan._files,
            Unread = scan._unread,
            Ignored = new IgnoredFiles(
                scan._hiddenCount,
                scan._temporaryCount,
                scan._linkCount,
                scan._specialCount,
                scan._permissionCount),
            Faults = tree.Permissions.Faults,
            Mentions = tree.Permissions.Mentions,
        };
    }

    private void Walk(Place place)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var names = place.Folder.ListNames(out var error);
        if (error != 0)
        {
            Refuse(place.Path, place.Permission, error);
        }

        foreach (var name in names)
        {
            try
            {
                if (place.Folder.StatusOf(name) is { } status)
                {
                    Visit(place, name, status);
                }
            }
            catch (SystemCallException exception) when (!exception.IsExhaustion)
            {
                Refuse(place.Path, place.Permission, exception.Error);
            }
        }
    }

    private void Visit(Place place, byte[] name, FileStatus status)
    {
        var text = name.AsSpan()[..^1];
        var isFolder = status.Kind == FileKind.Folder;
        var path = SourcePath.Join(place.Path, text, isFolder);
        if (text.SequenceEqual("permissions.yaml"u8))
        {
            _permissionCount++;
        }
        else if (status.Kind == FileKind.Link)
        {
            _linkCount++;
        }
        else if (status.Kind == FileKind.Special)
        {
            _specialCount++;
        }
        else if (text[0] == (byte)'.')
        {
            _hiddenCount++;
        }
        else if (isFolder)
        {
            Descend(place, name, status, path);
        }
        else if (IsTemporary(text))
        {
            _temporaryCount++;
        }
        else
        {
            _files.Add(status.ToItem(path, place.Permission.Of(place.Folder, name, status, path)));
        }
    }

    private void Descend(Place place, byte[] name, FileStatus status, string path)
    {
        if (place.Depth == DepthMax)
        {
            var advice = new Remark(RemarkCode.FolderTooDeep, $"{DepthMax}");
            var below = place.Permission.Below(place.Folder, name, status, path);
            _unread[path] = new UnreadFolder(path, below.Narrow, UnreadableReason.TooLarge, advice);
            return;
        }

        FolderHandle folder;
        try
        {
            folder = place.Folder.OpenFolder(name);
        }
        catch (SystemCallException exception) when (!exception.IsExhaustion)
        {
            if (exception.Error != SystemCalls.NotFound)
            {
                Refuse(path, place.Permission.Below(place.Folder, name, status, path), exception.Error);
            }

            return;
        }

        using (folder)
        {
            var permission = _tree.Permissions.Enter(place.Permission, folder, path);
            Walk(new Place(folder, path, permission, place.Depth + 1));
        }
    }

    private void Refuse(string path, IFolderPermission permission, int error)
    {
        var advice = new Remark(RemarkCode.FolderRefused, Marshal.GetPInvokeErrorMessage(error));
        _unread[path] = new UnreadFolder(path, permission.Narrow, UnreadableReason.AccessDenied, advice);
    }

    private static bool IsTemporary(ReadOnlySpan<byte> name) =>
        name.StartsWith("~$"u8)
        || (name.Length >= 4 && name[^4] == (byte)'.' && System.Text.Ascii.EqualsIgnoreCase(name[^3..], "tmp"u8));

    private sealed record Place(FolderHandle Folder, string Path, IFolderPermission Permission, int Depth);
}
