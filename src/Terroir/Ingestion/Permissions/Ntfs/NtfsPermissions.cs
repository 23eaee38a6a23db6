using System.Collections.Concurrent;
using Terroir.Ingestion.Folder;
using Terroir.Sources;

namespace Terroir.Ingestion.Permissions.Ntfs;

/// <summary>Permissions from the access lists of Windows that a mounted share shows: who may pass the source's folder
/// and all folders below it, and may read the file. See <c>docs/features/sources/smb.md</c>.</summary>
internal sealed class NtfsPermissions(Func<string, string?> find, params IReadOnlyList<string> attributes)
    : IPermissionReader
{
    /// <summary>Where Linux shows a descriptor: of a share, by its older and newer name, and of a disk.</summary>
    public static readonly IReadOnlyList<string> SystemAttributes =
        ["system.cifs_acl", "system.cifs_ntsd", "system.ntfs_security"];

    private readonly byte[][] _attributes = [.. attributes.Select(SystemCalls.ToName)];
    private readonly PermissionMemory<(string, uint), (ReaderSet Readers, string? Problem)> _own = new();
    private readonly PermissionMemory<(ReaderSet, ReaderSet), ReaderSet> _both = new();
    private readonly ConcurrentDictionary<string, PermissionFault> _faults = new(StringComparer.Ordinal);

    public IReadOnlyList<PermissionFault> Faults =>
        [.. _faults.Values.OrderBy(fault => fault.Path, StringComparer.Ordinal)];

    public IFolderPermission Enter(IFolderPermission? above, FolderHandle folder, string path) =>
        Pass(above, folder.ReadAttribute, path);

    private State Pass(IFolderPermission? above, Func<byte[], byte[]?> read, string path)
    {
        var own = Find(read, NtfsReaders.Traverse, path);
        return new State(this, above is State state ? Intersect(state.Passing, own, path) : own);
    }

    // Whatever cannot be read or understood lets nobody in.
    private ReaderSet Find(Func<byte[], byte[]?> read, uint right, string path)
    {
        byte[]? bytes = null;
        try
        {
            for (var index = 0; bytes is null && index < _attributes.Length; index++)
            {
                bytes = read(_attributes[index]);
            }
        }
        catch (IOException exception)
        {
            return Note(path, ReaderSet.Nobody, $"Its permissions cannot be read: {exception.Message}");
        }

        if (bytes is null)
        {
            return Note(
                path,
                ReaderSet.Nobody,
                "It shows no access list of Windows. Mount the share with type cifs, or take another way to tell "
                + "permissions.");
        }

        var (readers, problem) = _own.Find((Convert.ToHexString(bytes), right), key => Compute(bytes, key.Item2));
        return Note(path, readers, problem);
    }

    private (ReaderSet Readers, string? Problem) Compute(byte[] bytes, uint right)
    {
        if (SecurityDescriptor.TryParse(bytes) is not { } descriptor)
        {
            return (ReaderSet.Nobody, "Its access list cannot be understood. Set it anew on the server.");
        }

        var readers = NtfsReaders.Of(descriptor, right, find, out var stranger);
        return (readers, stranger is null ? null
            : $"{stranger} is refused here, and nobody of directory.yaml has this SID, so that nothing is opened after "
                + "it. Give it to the user or group that is meant: 'sid: " + stranger + "'.");
    }

    private ReaderSet Intersect(ReaderSet above, ReaderSet own, string path)
    {
        var both = _both.Find((above, own), static pair => pair.Item1.And(pair.Item2));
        return both.IsCut
            ? Note(path, both, ReaderSet.CutProblem)
            : both;
    }

    private ReaderSet Note(string path, ReaderSet readers, string? problem)
    {
        if (problem is null)
        {
            _faults.TryRemove(path, out _);
        }
        else
        {
            _faults[path] = new PermissionFault(path, Line: 0, problem);
        }

        return readers;
    }

    private sealed record State(NtfsPermissions Source, ReaderSet Passing) : IFolderPermission
    {
        public ItemReaders Of(FolderHandle folder, byte[] name, FileStatus status, string path)
        {
            var own = Source.Find(
                attribute => folder.ReadAttribute(name, attribute),
                NtfsReaders.ReadData,
                path);
            return new ItemReaders(Source.Intersect(Passing, own, path).Access, "");
        }

        public IFolderPermission Below(FolderHandle folder, byte[] name, FileStatus status, string path) =>
            Source.Pass(this, attribute => folder.ReadAttribute(name, attribute), path);

        public AccessList Narrow(AccessList access) => ReaderSet.Of(access).And(Passing).Access;
    }
}
