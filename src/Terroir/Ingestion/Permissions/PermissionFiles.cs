using System.Collections.Concurrent;
using System.Text;
using Terroir.Access;
using Terroir.Ingestion.Folder;

namespace Terroir.Ingestion.Permissions;

/// <summary>Permissions from <c>permissions.yaml</c> beside and above the files.</summary>
/// <remarks>A file is parsed again when its status has changed. One that cannot be understood, or is no regular file,
/// opens nothing beside or below it.</remarks>
internal sealed class PermissionFiles : IPermissionReader
{
    public const string FileName = "permissions.yaml";

    /// <summary>The largest file that is read, in bytes.</summary>
    internal const int SizeMaxBytes = 256 << 10;

    private static readonly byte[] Name = [.. "permissions.yaml"u8, 0];

    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true);

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
        var state = (State?)above ?? State.Start;
        var loaded = Load(folder, SourcePath.Join(path, Name.AsSpan()[..^1], isFolder: false));
        return loaded switch
        {
            null => state with { Own = PermissionFile.Empty },
            { Fault: not null } => state with { Own = PermissionFile.Empty, IsBroken = true },
            _ => state.With(loaded.File.Folder) with { Own = loaded.File },
        };
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
            var problem = $"The file is larger than {SizeMaxBytes >> 10} KiB. Name groups, not people.";
            return Broken(path, 0, problem, status);
        }

        using var file = folder.OpenFile(Name);
        if (SystemCalls.ReadStatus(file) != status)
        {
            return Broken(path, 0, "The file changed while it was read. Synchronise again.");
        }

        var bytes = new byte[(int)status.SizeBytes];
        var length = FileBytes.Read(file, bytes);
        try
        {
            return new Loaded(status, PermissionFile.Parse(StrictUtf8.GetString(bytes.AsSpan(0, length))), Fault: null);
        }
        catch (YamlFaultException exception)
        {
            return Broken(path, exception.Line, exception.Message, status);
        }
        catch (DecoderFallbackException)
        {
            return Broken(path, 0, "The file is not UTF-8. Save it as UTF-8.", status);
        }
    }

    private static Loaded Broken(string path, int line, string problem, FileStatus status = default) =>
        new(status, PermissionFile.Empty, new PermissionFault(path, line, problem));

    private sealed record Loaded(FileStatus Status, PermissionFile File, PermissionFault? Fault);

    private sealed record State(
        IReadOnlyList<string> Allow,
        IReadOnlyList<string> Deny,
        string Label,
        PermissionFile Own,
        bool IsBroken) : IFolderPermission
    {
        public static State Start { get; } = new([], [], "", PermissionFile.Empty, IsBroken: false);

        public Permission Of(FolderHandle folder, byte[] name, FileStatus status, string path)
        {
            if (IsBroken)
            {
                return Permission.Closed;
            }

            var state = Own.For(SourcePath.NameOf(path)).Aggregate(this, (before, entry) => before.With(entry));
            return new Permission(new AccessList(state.Allow, state.Deny), state.Label);
        }

        public IFolderPermission Below(FolderHandle folder, byte[] name, FileStatus status, string path) => this;

        // What stands in the folder itself is not known, so what was allowed there stays, and what is denied above is
        // added.
        public AccessList Narrow(AccessList access) =>
            IsBroken ? AccessList.Nobody : new AccessList(access.Allow, [.. access.Deny, .. Deny]);

        public State With(PermissionEntry entry) => this with
        {
            Allow = entry.IsInherited ? [.. Allow, .. entry.Allow] : entry.Allow,
            Deny = entry.IsInherited ? [.. Deny, .. entry.Deny] : entry.Deny,
            Label = entry.Label.Length > 0 ? entry.Label : Label,
        };
    }
}
