using System.Globalization;
using System.Net;

namespace Terroir.Sovereignty.Cedar;

/// <summary>An address of the Internet Protocol with the length of its prefix, as the Cedar language defines it: an
/// address alone has the whole length, and bits after the prefix are kept.</summary>
/// <param name="IsV4">Whether it is of version 4.</param>
/// <param name="Address">The address as a number: 32 or 128 bits.</param>
/// <param name="PrefixLength">0 to 32, or to 128.</param>
public readonly record struct IpNetwork(bool IsV4, UInt128 Address, int PrefixLength)
{
    private const int BitsV4 = 32;
    private const int BitsV6 = 128;
    private const int PartsV6 = 8;

    private static readonly IpNetwork LoopbackV4 = new(IsV4: true, (UInt128)127 << 24, 8);
    private static readonly IpNetwork LoopbackV6 = new(IsV4: false, 1, BitsV6);
    private static readonly IpNetwork MulticastV4 = new(IsV4: true, (UInt128)224 << 24, 4);
    private static readonly IpNetwork MulticastV6 = new(IsV4: false, (UInt128)0xff00 << 112, 8);

    internal bool IsLoopback => IsInRange(IsV4 ? LoopbackV4 : LoopbackV6);

    internal bool IsMulticast => IsInRange(IsV4 ? MulticastV4 : MulticastV6);

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[BitsV6 / 8];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(Address >> (8 * (bytes.Length - 1 - i)));
        }

        var size = IsV4 ? BitsV4 : BitsV6;
        var address = new IPAddress(bytes[^(size / 8)..]);

        // The language reads no address that embeds one of version 4, which is how the base library writes some.
        var text = !IsV4 && address.ToString().Contains('.', StringComparison.Ordinal)
            ? WriteParts(Address)
            : address.ToString();
        return PrefixLength == size ? text : string.Create(CultureInfo.InvariantCulture, $"{text}/{PrefixLength}");
    }

    /// <summary>Reads an address or a range.</summary>
    /// <returns>It, or <see langword="null"/>.</returns>
    internal static IpNetwork? Read(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? text : text[..slash];
        var suffix = slash < 0 ? null : text[(slash + 1)..];
        if (ReadV4(address) is { } v4)
        {
            return ReadPrefix(suffix, 2, BitsV4) is { } length ? new IpNetwork(IsV4: true, v4, length) : null;
        }

        return ReadV6(address) is { } v6 && ReadPrefix(suffix, 3, BitsV6) is { } lengthV6
            ? new IpNetwork(IsV4: false, v6, lengthV6)
            : null;
    }

    internal bool IsInRange(IpNetwork other)
    {
        if (IsV4 != other.IsV4)
        {
            return false;
        }

        var (low, high) = Range();
        var (otherLow, otherHigh) = other.Range();
        return low >= otherLow && high <= otherHigh;
    }

    private (UInt128 Low, UInt128 High) Range()
    {
        var width = (IsV4 ? BitsV4 : BitsV6) - PrefixLength;
        if (width == BitsV6)
        {
            return (UInt128.MinValue, UInt128.MaxValue);
        }

        var low = Address >> width << width;
        return (low, low + (UInt128.One << width) - 1);
    }

    private static string WriteParts(UInt128 address) =>
        string.Join(':', Enumerable.Range(0, PartsV6).Select(part =>
            ((ushort)(address >> (16 * (PartsV6 - 1 - part)))).ToString("x", CultureInfo.InvariantCulture)));

    private static int? ReadPrefix(string? text, int lengthMax, int bits) =>
        text is null ? bits : ReadNumber(text, lengthMax, bits);

    private static int? ReadNumber(string text, int lengthMax, int max)
    {
        if (text.Length == 0 || text.Length > lengthMax || !text.All(char.IsAsciiDigit)
            || (text.Length > 1 && text[0] == '0'))
        {
            return null;
        }

        var number = int.Parse(text, CultureInfo.InvariantCulture);
        return number <= max ? number : null;
    }

    private static UInt128? ReadV4(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 4)
        {
            return null;
        }

        UInt128 address = 0;
        foreach (var part in parts)
        {
            if (ReadNumber(part, 3, byte.MaxValue) is not { } number)
            {
                return null;
            }

            address = (address << 8) | (uint)number;
        }

        return address;
    }

    private static UInt128? ReadV6(string text)
    {
        var halves = text.Split("::");
        if (halves.Length > 2)
        {
            return null;
        }

        var parts = ReadPartsV6(halves[0]);
        if (halves.Length == 2)
        {
            var tail = ReadPartsV6(halves[1]);
            if (parts is null || tail is null || parts.Length + tail.Length >= PartsV6)
            {
                return null;
            }

            parts = [.. parts, .. new ushort[PartsV6 - parts.Length - tail.Length], .. tail];
        }

        return parts is { Length: PartsV6 }
            ? parts.Aggregate(UInt128.Zero, (address, part) => (address << 16) | part)
            : null;
    }

    private static ushort[]? ReadPartsV6(string text)
    {
        if (text.Length == 0)
        {
            return [];
        }

        var parts = text.Split(':');
        return Array.TrueForAll(parts, part => part.Length is > 0 and <= 4 && part.All(char.IsAsciiHexDigit))
            ? Array.ConvertAll(
                parts,
                part => ushort.Parse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
            : null;
    }
}
