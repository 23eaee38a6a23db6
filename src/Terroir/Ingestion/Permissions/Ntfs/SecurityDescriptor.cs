using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Terroir.Ingestion.Permissions.Ntfs;

/// <summary>The owner and access list of a file of Windows.</summary>
/// <remarks>Parses the self-relative form of MS-DTYP 2.4.6, as Linux shows it in <c>system.cifs_acl</c>.</remarks>
/// <param name="Owner">The owner's SID, or <see langword="null"/> if none is told.</param>
/// <param name="IsOpen">Whether it has an access list that is null: everyone may do everything.</param>
/// <param name="Entries">The entries in their order, which decides; without those that only pass to what is inside.
/// </param>
internal sealed record SecurityDescriptor(string? Owner, bool IsOpen, IReadOnlyList<NtfsEntry> Entries)
{
    /// <summary>The largest descriptor that is read: an extended attribute has no more.</summary>
    internal const int SizeMaxBytes = 64 << 10;

    private const int HeaderSize = 20;
    private const int ListHeaderSize = 8;
    private const int EntryHeaderSize = 4;
    private const int EntrySizeMin = 16;
    private const int SidHeaderSize = 8;
    private const int SidPartCountMax = 15;
    private const byte Revision = 1;
    private const ushort ListPresent = 0x0004;
    private const ushort SelfRelative = 0x8000;
    private const byte InheritOnly = 0x08;

    // Only refusals are taken of an entry with a condition or of a kind of object: what the condition is, is not known.
    private const byte Allowed = 0x00;
    private const byte Denied = 0x01;
    private const byte Audit = 0x02;
    private const byte Alarm = 0x03;
    private const byte AllowedObject = 0x05;
    private const byte DeniedObject = 0x06;
    private const byte AllowedCallback = 0x09;
    private const byte DeniedCallback = 0x0A;
    private const byte AllowedCallbackObject = 0x0B;
    private const byte DeniedCallbackObject = 0x0C;

    /// <summary>Reads a descriptor.</summary>
    /// <param name="bytes">The attribute's bytes.</param>
    /// <returns>The descriptor, or <see langword="null"/> if it cannot be understood as a whole: part of one may open
    /// what the rest closes.</returns>
    public static SecurityDescriptor? TryParse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is < HeaderSize or > SizeMaxBytes || bytes[0] != Revision)
        {
            return null;
        }

        var control = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
        var (ownerAt, listAt) = (ReadOffset(bytes, 4), ReadOffset(bytes, 16));
        if ((control & SelfRelative) == 0 || (control & ListPresent) == 0 || ownerAt < 0 || listAt < 0)
        {
            return null;
        }

        var owner = ownerAt == 0 ? null : ReadSid(bytes[ownerAt..]);
        if (ownerAt != 0 && owner is null)
        {
            return null;
        }

        return listAt == 0
            ? new SecurityDescriptor(owner, IsOpen: true, [])
            : ReadEntries(bytes[listAt..]) is { } entries ? new SecurityDescriptor(owner, IsOpen: false, entries)
            : null;
    }

    // 0 means none; -1 that there is nothing.
    private static int ReadOffset(ReadOnlySpan<byte> bytes, int at)
    {
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        return offset == 0 ? 0 : offset >= HeaderSize && offset < bytes.Length ? (int)offset : -1;
    }

    private static List<NtfsEntry>? ReadEntries(ReadOnlySpan<byte> list)
    {
        if (list.Length < ListHeaderSize || list[0] is not (2 or 4))
        {
            return null;
        }

        var size = BinaryPrimitives.ReadUInt16LittleEndian(list[2..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(list[4..]);
        if (size < ListHeaderSize || size > list.Length)
        {
            return null;
        }

        var entries = new List<NtfsEntry>();
        var rest = list[ListHeaderSize..size];
        for (var index = 0; index < count; index++)
        {
            if (rest.Length < EntryHeaderSize)
            {
                return null;
            }

            var entrySize = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
            if (entrySize < EntryHeaderSize || entrySize > rest.Length || !TryAdd(entries, rest[..entrySize]))
            {
                return null;
            }

            rest = rest[entrySize..];
        }

        return entries;
    }

    private static bool TryAdd(List<NtfsEntry> entries, ReadOnlySpan<byte> entry)
    {
        var type = entry[0];
        var isObject = type is AllowedObject or DeniedObject or AllowedCallbackObject or DeniedCallbackObject;
        if (type is Audit or Alarm || (entry[1] & InheritOnly) != 0)
        {
            return true;
        }

        if (type is not (Allowed or Denied or AllowedCallback or DeniedCallback) && !isObject)
        {
            return false;
        }

        if (type is AllowedObject or AllowedCallback or AllowedCallbackObject)
        {
            return true;
        }

        var sid = isObject || entry.Length < EntrySizeMin ? null : ReadSid(entry[8..]);
        if (sid is null && !isObject)
        {
            return false;
        }

        // Whom an entry of a kind of object refuses is behind identifiers that are not read: it refuses everyone.
        var mask = entry.Length < EntrySizeMin ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
        entries.Add(new NtfsEntry(type is Allowed, mask, sid ?? NtfsSid.Everyone));
        return true;
    }

    // 'S-1-5-21-...': a revision, an authority of six bytes, and up to 15 numbers.
    private static string? ReadSid(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < SidHeaderSize || bytes[0] != Revision || bytes[1] > SidPartCountMax
            || bytes.Length < SidHeaderSize + (bytes[1] * sizeof(uint)))
        {
            return null;
        }

        var size = SidHeaderSize + (bytes[1] * sizeof(uint));
        var authority = BinaryPrimitives.ReadUInt64BigEndian(bytes) & 0xFFFF_FFFF_FFFF;
        var text = new StringBuilder("S-1-").Append(CultureInfo.InvariantCulture, $"{authority}");
        for (var at = SidHeaderSize; at < size; at += sizeof(uint))
        {
            text.Append(CultureInfo.InvariantCulture, $"-{BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..])}");
        }

        return text.ToString();
    }
}

/// <summary>An entry of an access list.</summary>
/// <param name="IsAllowed">Whether it allows; else it refuses.</param>
/// <param name="Mask">What it is about.</param>
/// <param name="Sid">Whom it is about.</param>
internal sealed record NtfsEntry(bool IsAllowed, uint Mask, string Sid);
