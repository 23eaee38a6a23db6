using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Terroir.Ingestion.Folder;

namespace Terroir.Ingestion.Permissions;

/// <summary>The POSIX permissions of a file or folder: its mode, or its POSIX.1e access control list with the mask
/// applied. Bits are 4 read, 2 write, 1 execute.</summary>
/// <param name="Owner">The owner and what they may do.</param>
/// <param name="Users">Other users that are named. Who is named here is judged by that alone.</param>
/// <param name="Groups">The owning group and others that are named: one that grants is enough; who is in one that
/// does not is no other.</param>
/// <param name="OtherBits">What everyone else may do.</param>
internal sealed record PosixAcl(
    PosixEntry Owner,
    IReadOnlyList<PosixEntry> Users,
    IReadOnlyList<PosixEntry> Groups,
    int OtherBits)
{
    private const int Version = 2;
    private const int EntrySize = 8;
    private const int AllBits = 7;

    private const ushort OwnerTag = 0x01;
    private const ushort UserTag = 0x02;
    private const ushort OwningGroupTag = 0x04;
    private const ushort GroupTag = 0x08;
    private const ushort MaskTag = 0x10;
    private const ushort OtherTag = 0x20;

    /// <summary>Takes the permissions from the mode.</summary>
    public static PosixAcl Of(FileStatus status) => new(
        new PosixEntry(status.Owner, (status.Mode >> 6) & AllBits),
        [],
        [new PosixEntry(status.Group, (status.Mode >> 3) & AllBits)],
        status.Mode & AllBits);

    /// <summary>Reads the extended attribute <c>system.posix_acl_access</c>, format 2.</summary>
    /// <param name="status">The status of the file that has it.</param>
    /// <param name="attribute">The attribute; <see langword="null"/> if there is none, then the mode counts.</param>
    /// <returns>The permissions, or <see langword="null"/> if the bytes are none.</returns>
    public static PosixAcl? Parse(FileStatus status, byte[]? attribute)
    {
        if (attribute is null)
        {
            return Of(status);
        }

        if (attribute.Length < sizeof(uint) || (attribute.Length - sizeof(uint)) % EntrySize != 0
            || BinaryPrimitives.ReadUInt32LittleEndian(attribute) != Version)
        {
            return null;
        }

        var entries = new List<(ushort Tag, PosixEntry Entry)>();
        for (ReadOnlySpan<byte> rest = attribute.AsSpan(sizeof(uint)); !rest.IsEmpty; rest = rest[EntrySize..])
        {
            var tag = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            var bits = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]) & AllBits;
            entries.Add((tag, new PosixEntry(
                tag switch
                {
                    OwnerTag => status.Owner,
                    OwningGroupTag => status.Group,
                    _ => BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]),
                },
                bits)));
        }

        return Make(entries);
    }

    private static PosixAcl? Make(List<(ushort Tag, PosixEntry Entry)> entries)
    {
        var tags = entries.ToLookup(entry => entry.Tag, entry => entry.Entry);
        var isComplete = tags[OwnerTag].Count() == 1 && tags[OwningGroupTag].Count() == 1
            && tags[OtherTag].Count() == 1 && tags[MaskTag].Count() <= 1
            && entries.TrueForAll(entry => entry.Tag is OwnerTag or UserTag or OwningGroupTag or GroupTag
                or MaskTag or OtherTag);
        if (!isComplete)
        {
            return null;
        }

        var mask = tags[MaskTag].Select(entry => entry.Bits).DefaultIfEmpty(AllBits).Single();
        return new PosixAcl(
            tags[OwnerTag].Single(),
            [.. tags[UserTag].Select(entry => entry with { Bits = entry.Bits & mask })],
            [
                .. tags[OwningGroupTag].Concat(tags[GroupTag])
                    .Select(entry => entry with { Bits = entry.Bits & mask }),
            ],
            tags[OtherTag].Single().Bits);
    }
}

/// <summary>A user or group by number, and what they may do.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PosixEntry(uint Id, int Bits);
