using System.Buffers.Binary;
using System.Globalization;

namespace Terroir.Tests.Ingestion.Ntfs;

/// <summary>Builds a security descriptor byte by byte (MS-DTYP 2.4.6).</summary>
internal static class Descriptor
{
    public const string Everyone = "S-1-1-0";
    public const string Ana = "S-1-5-21-1-2-3-1001";
    public const string Max = "S-1-5-21-1-2-3-1002";
    public const string Finance = "S-1-5-21-1-2-3-1103";
    public const string Interns = "S-1-5-21-1-2-3-1104";

    public const uint Read = 0x0012_0089;
    public const uint ReadAndExecute = 0x0012_00A9;
    public const uint Full = 0x001F_01FF;
    public const uint Write = 0x0012_0116;

    public static byte[] Of(string? owner, params Ace[] entries)
    {
        var sid = owner is null ? [] : Sid(owner);
        var list = List(entries);
        var header = new byte[20];
        header[0] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), 0x8004);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), sid.Length == 0 ? 0 : header.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), header.Length + sid.Length);
        return [.. header, .. sid, .. list];
    }

    /// <summary>A list that is there, and is null.</summary>
    public static byte[] WithoutList() => [1, 0, 0x04, 0x80, .. new byte[16]];

    public static byte[] Sid(string text)
    {
        var parts = text.Split('-')[2..].Select(part => ulong.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var bytes = new byte[8 + (4 * (parts.Length - 1))];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, parts[0]);
        bytes[0] = 1;
        bytes[1] = (byte)(parts.Length - 1);
        for (var index = 1; index < parts.Length; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 + (4 * index)), (uint)parts[index]);
        }

        return bytes;
    }

    private static byte[] List(Ace[] entries)
    {
        byte[] body = [.. entries.SelectMany(Entry)];
        var header = new byte[8];
        header[0] = 2;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), (ushort)(header.Length + body.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), (ushort)entries.Length);
        return [.. header, .. body];
    }

    private static byte[] Entry(Ace ace)
    {
        var sid = Sid(ace.Sid);
        var header = new byte[8];
        header[0] = ace.Type;
        header[1] = ace.Flags;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), (ushort)(header.Length + sid.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), ace.Mask);
        return [.. header, .. sid];
    }
}

/// <summary>An entry as bytes hold it.</summary>
internal sealed record Ace(byte Type, string Sid, uint Mask, byte Flags = 0)
{
    public static Ace Allow(string sid, uint mask = Descriptor.Read) => new(0, sid, mask);

    public static Ace Deny(string sid, uint mask = Descriptor.Read) => new(1, sid, mask);
}
