using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Terroir.Protection.PersonalData.Checks;

namespace Terroir.Protection.PersonalData.Rules;

/// <summary>Addresses of mail and of machines, telephone numbers, and the lines of papers for machines.</summary>
internal static partial class ContactRules
{
    // Never reached: the patterns cannot go back far.
    private const int PatternTimeoutMs = 30_000;

    /// <summary>Finds them.</summary>
    public static void Find(string text, ICollection<RuleMatch> found)
    {
        if (text.Contains('@'))
        {
            Add(Email(), text, PersonalDataKind.Email, 0.99, "email", found);
        }

        if (text.Contains("<<", StringComparison.Ordinal))
        {
            Add(MachineLine(), text, PersonalDataKind.MachineLine, 0.99, "mrz", found, TravelChecks.IsMachineLine);
        }

        if (text.Contains(':'))
        {
            Add(LongAddress(), text, PersonalDataKind.IpAddress, 0.9, "ipv6", found, IsLongAddress);
        }

        Add(MacAddress(), text, PersonalDataKind.MacAddress, 0.95, "mac", found);
        Add(ShortAddress(), text, PersonalDataKind.IpAddress, 0.85, "ipv4", found);
        Add(FrenchPhone(), text, PersonalDataKind.Phone, 0.9, "phone-fr", found);
        Add(ForeignPhone(), text, PersonalDataKind.Phone, 0.85, "phone-international", found, IsForeignPhone);
    }

    private static void Add(
        Regex pattern,
        string text,
        string kind,
        double confidence,
        string rule,
        ICollection<RuleMatch> found,
        NumberCheck? check = null)
    {
        foreach (var match in pattern.EnumerateMatches(text))
        {
            if (check is null || check(text.AsSpan(match.Index, match.Length)))
            {
                found.Add(new RuleMatch(kind, match.Index, match.Index + match.Length, confidence, rule));
            }
        }
    }

    private static bool IsLongAddress(ReadOnlySpan<char> address) =>
        address.Count(':') >= 2
        && address.ContainsAnyInRange('0', '9')
        && IPAddress.TryParse(address, out var parsed)
        && parsed.AddressFamily == AddressFamily.InterNetworkV6;

    // ITU-T E.164: at most fifteen figures; below eight it is rather a sum or a score.
    private static bool IsForeignPhone(ReadOnlySpan<char> number)
    {
        var count = 0;
        foreach (var letter in number)
        {
            count += char.IsAsciiDigit(letter) ? 1 : 0;
        }

        return count is >= 8 and <= 15;
    }

    // RFC 5321 allows more in quotes, which nobody writes.
    [GeneratedRegex(
        @"(?<![\w.+-])[\p{L}\p{Nd}_][\w.+'-]{0,63}@(?:[\p{L}\p{Nd}](?:[\p{L}\p{Nd}-]{0,61}[\p{L}\p{Nd}])?\.)+"
        + @"\p{L}{2,24}(?![\w-])",
        RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex Email();

    [GeneratedRegex(
        @"(?<![\w.]|(?i:version|v\.|release)[ \u00A0])(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}"
        + @"(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?![\w]|\.[0-9])",
        RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex ShortAddress();

    [GeneratedRegex(@"(?<![\w:.])[0-9A-Fa-f:]{3,39}(?![\w:])", RegexOptions.CultureInvariant, PatternTimeoutMs)]
    private static partial Regex LongAddress();

    [GeneratedRegex(
        @"(?<![\w:-])[0-9A-Fa-f]{2}(?<s>[:-])(?:[0-9A-Fa-f]{2}\k<s>){4}[0-9A-Fa-f]{2}(?![\w:-])",
        RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex MacAddress();

    // 01 to 09, with the code of the country or of an overseas department; the two figures of a pair stay together.
    [GeneratedRegex(
        @"(?<![\w.,+-])(?:(?:\+|00)(?:33|262|590|594|596)[ .\u00A0\u202F-]?(?:\(0\)[ .\u00A0\u202F-]?)?|0)[1-9]"
        + @"(?<s>[ .\u00A0\u202F-]?)[0-9]{2}(?:\k<s>[0-9]{2}){3}(?![\w]|[.,-][0-9])",
        RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex FrenchPhone();

    [GeneratedRegex(
        @"(?<![\w+])(?:\+|00)(?!33)[1-9][0-9]{0,2}[ .\u00A0\u202F-]?(?:\([0-9]{1,4}\)[ .-]?)?[0-9]{1,4}"
        + @"(?:[ .\u00A0\u202F-]?[0-9]{2,4}){1,5}(?![\w]|[.,][0-9])",
        RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex ForeignPhone();

    [GeneratedRegex(
        @"(?<![\w<])[A-Z0-9][A-Z0-9<]{28,42}[A-Z0-9<](?![\w<])",
        RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex MachineLine();
}
