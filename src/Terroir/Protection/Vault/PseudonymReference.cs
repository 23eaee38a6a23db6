using System.Globalization;
using System.Text.RegularExpressions;

namespace Terroir.Protection.Vault;

/// <summary>A pseudonym as people write it down: <c>CASE/PERSON_1</c>, where the case is one answer.</summary>
/// <param name="Case">The case: <see cref="CaseLength"/> lower-case hexadecimal digits.</param>
/// <param name="Name">The name in the text that was sent, without brackets.</param>
public sealed partial record PseudonymReference(string Case, string Name)
{
    /// <summary>How many digits a case has: 8 of its time, then random ones.</summary>
    public const int CaseLength = 20;

    /// <summary>The kind of what it stands for, as findings name it: <c>person</c>, <c>birth-date</c>.</summary>
    public string Kind => Name[..Name.LastIndexOf('_')].ToLower(CultureInfo.InvariantCulture).Replace('_', '-');

    /// <summary>Reads a pseudonym.</summary>
    /// <param name="text">The text; brackets around the name are passed over.</param>
    /// <returns>The pseudonym; <see langword="null"/> if it is none.</returns>
    public static PseudonymReference? TryParse(string text) =>
        Written().Match(text) is { Success: true } match
            ? new PseudonymReference(match.Groups["case"].Value, match.Groups["name"].Value)
            : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Case}/{Name}";

    [GeneratedRegex(
        @"^(?<case>[0-9a-f]{20})/\[?(?<name>[A-Z][A-Z_]{0,40}_[0-9]{1,6}(?:\.[0-9]{1,6})?)\]?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1_000)]
    private static partial Regex Written();
}
