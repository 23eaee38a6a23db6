using System.Globalization;
using System.Text;

namespace Terroir.Sources;

/// <summary>Writes names of a source as a path of an item, from which the names can be had again.</summary>
/// <remarks>Most names stand as they are, in the Unicode form that they have. A byte that is no UTF-8, a control
/// character, a <c>%</c> before two hexadecimal digits, and a <c>!</c> at the end of a folder's name are written as
/// <c>%XX</c>: so no two names have one path, and <c>!/</c> always parts an item from what is inside it.</remarks>
public static class ItemPath
{
    private const byte Percent = (byte)'%';

    /// <summary>Writes a name with <c>/</c> between its parts, such as the key of an object.</summary>
    /// <param name="name">The name; no part of it is empty, <c>.</c> or <c>..</c>.</param>
    /// <returns>The path, or <see langword="null"/> if the name has such a part, so that it cannot be one.</returns>
    public static string? TryFrom(string name)
    {
        var parts = name.Split('/');
        return Array.Exists(parts, part => part is "" or "." or "..")
            ? null
            : string.Join('/', parts.Select((part, index) =>
                Encode(Encoding.UTF8.GetBytes(part), isFolder: index < parts.Length - 1)));
    }

    /// <summary>Reads the name again.</summary>
    /// <param name="path">A path that <see cref="TryFrom"/> wrote.</param>
    /// <returns>The name.</returns>
    public static string NameOf(string path) => Encoding.UTF8.GetString(Decode(path));

    /// <summary>Writes one name.</summary>
    /// <param name="name">The name's bytes.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    /// <returns>The part of a path.</returns>
    public static string Encode(ReadOnlySpan<byte> name, bool isFolder)
    {
        var text = new StringBuilder(name.Length);
        var rest = name;
        while (!rest.IsEmpty)
        {
            var isText = Rune.DecodeFromUtf8(rest, out var rune, out var size) == System.Buffers.OperationStatus.Done;
            var isEscaped = !isText || Rune.IsControl(rune)
                || (rest[0] == Percent && IsEscape(rest))
                || (isFolder && rest.Length == 1 && rest[0] == (byte)'!');
            if (isEscaped)
            {
                foreach (var value in rest[..size])
                {
                    text.Append('%').Append(Convert.ToHexString([value]));
                }
            }
            else
            {
                text.Append(rune.ToString());
            }

            rest = rest[size..];
        }

        return text.ToString();
    }

    /// <summary>Reads the bytes of a name again.</summary>
    /// <param name="path">What <see cref="Encode"/> wrote, or several of these with <c>/</c> between.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Decode(string path)
    {
        var bytes = Encoding.UTF8.GetBytes(path);
        var target = new List<byte>(bytes.Length);
        for (var index = 0; index < bytes.Length; index++)
        {
            if (bytes[index] == Percent && IsEscape(bytes.AsSpan(index)))
            {
                var digits = bytes.AsSpan(index + 1, 2);
                target.Add(byte.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                index += 2;
            }
            else
            {
                target.Add(bytes[index]);
            }
        }

        return [.. target];
    }

    private static bool IsEscape(ReadOnlySpan<byte> text) =>
        text.Length > 2 && char.IsAsciiHexDigit((char)text[1]) && char.IsAsciiHexDigit((char)text[2]);
}
