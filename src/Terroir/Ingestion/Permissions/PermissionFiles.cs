using System.Collections.Concurrent;
using Terroir.Ingestion.Folder;
using Terroir.Sources;

namespace Terroir.Ingestion.Permissions;

/// <summary>Permissions from <c>permissions.yaml</c> beside and above the files.</summary>
/// <remarks>A file is parsed again when its status has changed. One that cannot be understood, or is no regular file,
/// opens nothing beside or below it.</remarks>
internal sealed class PermissionFiles : IPermissionReader
{
    public const string FileName = "permissions.yaml";

    /// <summary>The largest file that is read, in bytes.</summary>
    internal const int SizeMaxBytes = 256 << 10;

    /// <summary>What is said of a larger one.</summary>
    internal static readonly string TooLarge =
        $"The file is larger than {SizeMaxBytes >> 10} KiB. Name groups, not people.";

    private static readonly byte[] Name = [.. "permissions.yaml"u8, 0];

    private readonly ConcurrentDictionary<string, Loaded> _files = new(StringComparer.Ordinal);

    public IReadOnlyList<PermissionFault> Faults =>
    [
        .. _files.Values.Select(file => file.Fault).OfType<PermissionFault>()
            .OrderBy(fault => fault.Path, StringComparer.Ordinal),
    ];

    /// <summary>The principals that were named, by path and line.</summary>
    public IReadOnlyList<PermissionMention> Mentions =>
    [
        .. _files.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .SelectMany(pair => pair.Value.File.Mentions.Select(mention =>
                new PermissionMention(pair.Key, mention.Line, mention.Principal))),
    ];

    public IFolderPermission Enter(IFolderPermission? above, FolderHandle folder, string path)
    {
        var state = (above as State)?.Value ?? PermissionState.Start;
        var loaded = Load(folder, SourcePath.Join(path, Name.AsSpan()[..^1], isFolder: false));
        return new State(loaded switch
        {
            null => state.Enter(),
            { Fault: not null } => state.EnterBroken(),
            _ => state.Enter(loaded.File),
        });
    }

    private Loaded? Load(FolderHandle folder, string path)
    {
        try
        {
            if (folder.StatusOf(Name) is not { } status)
            {
                _files.TryRemove(path, out _);
                return null;
            }

            var known = _files.GetValueOrDefault(path);
            return known is not null && known.Status == status
                ? known
                : _files[path] = Read(folder, status, path);
        }
        catch (IOException exception) when (exception is not SystemCallException { IsExhaustion: true })
        {
            return _files[path] = Broken(path, 0, "The file cannot be read. Let the terroir account read it.");
        }
    }

    private static Loaded Read(FolderHandle folder, FileStatus status, string path)
    {
        if (status.Kind != FileKind.File)
        {
            return Broken(path, 0, "This is a link, pipe or folder. Put the file itself here.", status);
        }

        if (status.SizeBytes > SizeMaxBytes)
        {
            return Broken(path, 0, TooLarge, status);
        }

        using var file = folder.OpenFile(Name);
        if (SystemCalls.ReadStatus(file) != status)
        {
            return Broken(path, 0, "The file changed while it was read. Synchronise again.");
        }

        var bytes = new byte[(int)status.SizeBytes];
        var length = FileBytes.Read(file, bytes);
        return PermissionText.TryParse(bytes.AsSpan(0, length), path, out var parsed) is { } fault
            ? new Loaded(status, PermissionFile.Empty, fault)
            : new Loaded(status, parsed, Fault: null);
    }

    private static Loaded Broken(string path, int line, string problem, FileStatus status = default) =>
        new(status, PermissionFile.Empty, new PermissionFault(path, line, problem));

    private sealed record Loaded(FileStatus Status, PermissionFile File, PermissionFault? Fault);

    private sealed record State(PermissionState Value) : IFolderPermission
    {
        public ItemReaders Of(FolderHandle folder, byte[] name, FileStatus status, string path) => Value.Of(path);

        public IFolderPermission Below(FolderHandle folder, byte[] name, FileStatus status, string path) => this;

        public AccessList Narrow(AccessList access) => Value.Narrow(access);
    }
}
