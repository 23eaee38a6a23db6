using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Terroir.Tests.Ingestion;

/// <summary>What the base library cannot do to a file: owners, access control lists, pipes, names that are no text.
/// </summary>
[SupportedOSPlatform("linux")]
internal static partial class PosixFile
{
    private const uint NoId = uint.MaxValue;
    private const int NotSupported = 95;
    private const int Owner = 0x01;
    private const int User = 0x02;
    private const int OwningGroup = 0x04;
    private const int Group = 0x08;
    private const int Mask = 0x10;
    private const int Other = 0x20;

    public static bool IsRoot => GetUser() == 0;

    /// <summary>Skips a test that must give files to others.</summary>
    public static void SkipUnlessRoot() => Assert.SkipUnless(IsRoot, "only root can give files to others");

    public static void SetMode(string path, int mode) => File.SetUnixFileMode(path, (UnixFileMode)mode);

    public static void Give(string path, uint user, uint group) => Check(ChangeOwner(path, user, group), "chown");

    public static void MakePipe(string path) => Check(MakePipe(path, 0x1A4), "mkfifo");

    public static void Link(string path, string other) => Check(MakeLink(path, other), "link");

    /// <summary>Sets an access control list as <c>setfacl</c> does; skips the test where the file system has none.
    /// </summary>
    public static void SetAcl(string path, PosixList list)
    {
        var attribute = Format(list);
        if (SetAttribute(path, "system.posix_acl_access", attribute, attribute.Length, 0) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            Assert.SkipWhen(error == NotSupported, "the file system has no access control lists");
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    /// <summary>Writes an access control list in the form of the extended attribute.</summary>
    public static byte[] Format(PosixList list)
    {
        List<(int Tag, int Bits, uint Id)> entries = [(Owner, list.Owner, NoId)];
        entries.AddRange(list.Users.OrderBy(entry => entry.Id).Select(entry => (User, entry.Bits, entry.Id)));
        entries.Add((OwningGroup, list.OwningGroup, NoId));
        entries.AddRange(list.Groups.OrderBy(entry => entry.Id).Select(entry => (Group, entry.Bits, entry.Id)));
        if (list.Mask is { } mask)
        {
            entries.Add((Mask, mask, NoId));
        }

        entries.Add((Other, list.Other, NoId));
        var bytes = new byte[4 + (entries.Count * 8)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, 2);
        for (var index = 0; index < entries.Count; index++)
        {
            var entry = bytes.AsSpan(4 + (index * 8));
            BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)entries[index].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], (ushort)entries[index].Bits);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], entries[index].Id);
        }

        return bytes;
    }

    /// <summary>Writes a file or makes a folder whose name is any bytes.</summary>
    public static void Write(string folder, ReadOnlySpan<byte> name, string? content)
    {
        byte[] path = [.. Encoding.UTF8.GetBytes(folder + "/"), .. name, 0];
        if (content is null)
        {
            Check(MakeFolder(path, 0x1FF), "mkdir");
            return;
        }

        var other = System.IO.Path.Combine(folder, ".being-written");
        File.WriteAllText(other, content);
        Check(Rename([.. Encoding.UTF8.GetBytes(other), 0], path), "rename");
    }

    /// <summary>Deletes a file or an empty folder whose name is any bytes.</summary>
    public static void Delete(string folder, ReadOnlySpan<byte> name) =>
        Check(Remove([.. Encoding.UTF8.GetBytes(folder + "/"), .. name, 0]), "remove");

    private static void Check(int result, string call)
    {
        if (result != 0)
        {
            throw new IOException($"{call}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetUser();

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeLink(string path, string other);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true)]
    private static partial int MakeFolder(ReadOnlySpan<byte> path, uint mode);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true)]
    private static partial int Rename(ReadOnlySpan<byte> source, ReadOnlySpan<byte> target);

    [LibraryImport("libc", EntryPoint = "remove", SetLastError = true)]
    private static partial int Remove(ReadOnlySpan<byte> path);

    [LibraryImport("libc", EntryPoint = "lsetxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetAttribute(
        string path,
        string name,
        ReadOnlySpan<byte> value,
        nint size,
        int flags);
}

/// <summary>An access control list. Bits are 4 read, 2 write, 1 execute.</summary>
internal sealed record PosixList
{
    public int Owner { get; init; }

    public (uint Id, int Bits)[] Users { get; init; } = [];

    public int OwningGroup { get; init; }

    public (uint Id, int Bits)[] Groups { get; init; } = [];

    public int? Mask { get; init; }

    public int Other { get; init; }
}
