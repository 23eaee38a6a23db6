using System.Globalization;
using System.Text;
using Terroir.Sources;

namespace Terroir.Connectors.Imap;

/// <summary>Paths of mails: the folder's, and <c>VALIDITY.UID.eml</c>. A uid alone means another mail once a server
/// numbers the folder anew.</summary>
internal static class ImapPath
{
    private const string Extension = ".eml";

    /// <summary>The path of a folder.</summary>
    /// <param name="name">Its whole name.</param>
    /// <param name="separator">What parts the names in it.</param>
    public static string OfFolder(string name, char separator) => string.Join('/', name.Split(separator).Select(part =>
        ItemPath.Encode(Encoding.UTF8.GetBytes(part), isFolder: true).Replace("/", "%2F", StringComparison.Ordinal)));

    /// <summary>The path of a mail.</summary>
    public static string OfMail(string folder, uint validity, uint uid) =>
        string.Create(CultureInfo.InvariantCulture, $"{folder}/{validity}.{uid}{Extension}");

    /// <summary>Reads the path of a mail.</summary>
    /// <returns>The folder's path and the numbers, or <see langword="null"/> if it is none.</returns>
    public static (string Folder, uint Validity, uint Uid)? TryParse(string path)
    {
        var end = path.LastIndexOf('/');
        return end > 0 && path.EndsWith(Extension, StringComparison.Ordinal)
            && path[(end + 1)..^Extension.Length].Split('.') is [var first, var second]
            && uint.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var validity)
            && uint.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var uid)
            && uid > 0
                ? (path[..end], validity, uid)
                : null;
    }
}
