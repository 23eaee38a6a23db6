using System.Globalization;
using System.Text;

namespace Terroir.Server.Ldap;

/// <summary>Distinguished names and filters.</summary>
internal static class LdapText
{
    /// <summary>Whether a text is the name of an attribute.</summary>
    public static bool IsAttribute(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-');

    /// <summary>Whether a text is a distinguished name, and no common name.</summary>
    public static bool IsName(string text) => text.Contains('=', StringComparison.Ordinal);

    /// <summary>Writes a distinguished name so that two that differ in capitals, or in spaces at their signs, are one.
    /// </summary>
    /// <remarks>Two that escape a letter differently stay two: the server is asked then.</remarks>
    public static string Normalize(string name)
    {
        var normal = new StringBuilder(name.Length);
        var (isEscaped, isAfterSign) = (false, true);
        foreach (var letter in name.ToLowerInvariant())
        {
            var isSign = !isEscaped && (letter is ',' or '=' or '+');
            if (isSign)
            {
                TrimEnd(normal);
            }

            if (letter is not ' ' || !isAfterSign)
            {
                normal.Append(letter);
                isAfterSign = isSign;
            }

            isEscaped = !isEscaped && letter is '\\';
        }

        TrimEnd(normal);
        return normal.ToString();
    }

    /// <summary>Writes a value into a filter: RFC 4515, section 3.</summary>
    public static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var unit in Encoding.UTF8.GetBytes(value))
        {
            var letter = (char)unit;
            _ = char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '.' or '-' or '_' or '=' or ','
                ? escaped.Append(letter)
                : escaped.Append(CultureInfo.InvariantCulture, $"\\{unit:x2}");
        }

        return escaped.ToString();
    }

    private static void TrimEnd(StringBuilder text)
    {
        while (text.Length > 1 && text[^1] is ' ' && text[^2] is not '\\')
        {
            text.Length--;
        }
    }
}
