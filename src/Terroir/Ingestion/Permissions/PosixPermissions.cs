using System.Collections.Concurrent;
using Terroir.Ingestion.Folder;
using Terroir.Sources;

namespace Terroir.Ingestion.Permissions;

/// <summary>Permissions from owner, group, mode and access control list: who may pass the source's folder and all
/// folders below it, and may read the file. See <c>docs/features/ingestion.md</c>.</summary>
internal sealed class PosixPermissions(IPosixNames names) : IPermissionReader
{
    private readonly PermissionMemory<(PosixKey, int), ReaderSet> _own = new();
    private readonly PermissionMemory<(ReaderSet, ReaderSet), ReaderSet> _both = new();
    private readonly ConcurrentDictionary<string, PermissionFault> _faults = new(StringComparer.Ordinal);

    public IReadOnlyList<PermissionFault> Faults =>
        [.. _faults.Values.OrderBy(fault => fault.Path, StringComparer.Ordinal)];

    public IFolderPermission Enter(IFolderPermission? above, FolderHandle folder, string path) =>
        Pass(above, folder.Status, folder.ReadAcl, path);

    private State Pass(IFolderPermission? above, FileStatus status, Func<byte[]?> readAcl, string path)
    {
        var own = Find(status, readAcl, PosixReaders.Execute, path);
        return new State(this, above is State state ? Intersect(state.Passing, own, path) : own);
    }

    // Whatever cannot be read or understood lets nobody in.
    private ReaderSet Find(FileStatus status, Func<byte[]?> readAcl, int bit, string path)
    {
        try
        {
            var attribute = readAcl();
            if (PosixAcl.Parse(status, attribute) is not { } acl)
            {
                return Close(path, "Its access control list cannot be understood. Set it anew with setfacl.");
            }

            _faults.TryRemove(path, out _);
            var key = new PosixKey(
                status.Owner,
                status.Group,
                attribute is null ? status.Mode : 0,
                attribute is null ? "" : Convert.ToHexString(attribute));
            return _own.Find((key, bit), _ => PosixReaders.Of(acl, bit, names));
        }
        catch (IOException exception)
        {
            return Close(path, $"Its permissions cannot be read: {exception.Message}");
        }
    }

    private ReaderSet Intersect(ReaderSet above, ReaderSet own, string path)
    {
        var both = _both.Find((above, own), static pair => pair.Item1.And(pair.Item2));
        if (both.IsCut)
        {
            _faults[path] = new PermissionFault(path, Line: 0, ReaderSet.CutProblem);
        }

        return both;
    }

    private ReaderSet Close(string path, string problem)
    {
        _faults[path] = new PermissionFault(path, Line: 0, problem);
        return ReaderSet.Nobody;
    }

    private readonly record struct PosixKey(uint Owner, uint Group, int Mode, string Attribute);

    private sealed record State(PosixPermissions Source, ReaderSet Passing) : IFolderPermission
    {
        public ItemReaders Of(FolderHandle folder, byte[] name, FileStatus status, string path)
        {
            var own = Source.Find(status, () => folder.ReadAcl(name), PosixReaders.Read, path);
            return new ItemReaders(Source.Intersect(Passing, own, path).Access, "");
        }

        public IFolderPermission Below(FolderHandle folder, byte[] name, FileStatus status, string path) =>
            Source.Pass(this, status, () => folder.ReadAcl(name), path);

        public AccessList Narrow(AccessList access) => ReaderSet.Of(access).And(Passing).Access;
    }
}
