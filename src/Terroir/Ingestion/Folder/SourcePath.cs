using System.Globalization;
using System.Text;

namespace Terroir.Ingestion.Folder;

/// <summary>Paths within a source: text with <c>/</c>, from which the bytes on the disk can be had again.</summary>
/// <remarks>
/// <para>Most names stand as they are. A byte that is no UTF-8, a control character, a <c>%</c> before two hexadecimal
/// digits, and a <c>!</c> at the end of a folder's name are written as <c>%XX</c>: so no two files have one path, and
/// <c>!/</c> always parts a file from what is inside it. Names are not normalised: two files whose names look alike are
/// two.</para>
/// </remarks>
internal static class SourcePath
{
    /// <summary>Stands between a file and what is inside it.</summary>
    public const string Inside = "!/";

    private const byte Percent = (byte)'%';

    /// <summary>The path of the file on the disk that a path leads to or into.</summary>
    public static string Outer(string path)
    {
        var end = path.IndexOf(Inside, StringComparison.Ordinal);
        return end < 0 ? path : path[..end];
    }

    /// <summary>Whether a path leads into a file.</summary>
    public static bool IsInside(string path) => path.Contains(Inside, StringComparison.Ordinal);

    /// <summary>The path of a file inside a file.</summary>
    public static string Inner(string outer, string embedded)
    {
        var parts = embedded.Split('/');
        return outer + Inside + string.Join('/', parts.Select((part, index) =>
            Encode(Encoding.UTF8.GetBytes(part), isFolder: index < parts.Length - 1)));
    }

    /// <summary>The path of what has a name in a folder.</summary>
    /// <param name="folder">The folder's path; empty for the source itself.</param>
    /// <param name="name">The name, without a zero.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public static string Join(string folder, ReadOnlySpan<byte> name, bool isFolder)
    {
        var text = Encode(name, isFolder);
        return folder.Length == 0 ? text : $"{folder}/{text}";
    }

    /// <summary>Writes a name.</summary>
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

    /// <summary>Reads the names of a path again, each with a zero at its end.</summary>
    public static IReadOnlyList<byte[]> Decode(string path) => [.. Outer(path).Split('/').Select(DecodeName)];

    /// <summary>The name of a file as people see it: the last part of its path, in form NFC.</summary>
    public static string NameOf(string path) =>
        Encoding.UTF8.GetString(DecodeName(path[(path.LastIndexOf('/') + 1)..]).AsSpan()[..^1])
            .Normalize(NormalizationForm.FormC);

    private static byte[] DecodeName(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var target = new List<byte>(bytes.Length + 1);
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

        target.Add(0);
        return [.. target];
    }

    private static bool IsEscape(ReadOnlySpan<byte> text) =>
        text.Length > 2 && char.IsAsciiHexDigit((char)text[1]) && char.IsAsciiHexDigit((char)text[2]);
}
