using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Terroir.Protection.PersonalData;

/// <summary>Takes personal data out of one text and puts them back: each value has a typed name such as
/// <c>[PERSON_1]</c>, the same wherever it stands. Kept in memory alone, for one text.</summary>
/// <remarks>Two forms of one person's name share a number, as <c>[PERSON_1]</c> and <c>[PERSON_1.2]</c>: whoever reads
/// the text still sees who is who, and each form comes back as it was.</remarks>
public sealed partial class Pseudonyms
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>How many values were taken out.</summary>
    public int Count => _names.Count;

    /// <summary>The values by their names, without brackets.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Takes values out of a text, wherever they stand as words of their own.</summary>
    /// <param name="text">The text.</param>
    /// <param name="findings">What is found in it.</param>
    public string Replace(string text, IReadOnlyList<PersonalDataFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(findings);

        // The longest form of a name first: the others are parts of it.
        foreach (var finding in findings.OrderByDescending(finding => finding.Text.Length))
        {
            if (!_names.ContainsKey(finding.Text))
            {
                Name(finding, text);
            }
        }

        if (_names.Count == 0)
        {
            return text;
        }

        var replaced = new StringBuilder(text.Length);
        string[] values =
        [
            .. _names.Keys.OrderByDescending(value => value.Length).ThenBy(value => value, StringComparer.Ordinal),
        ];
        for (var at = 0; at < text.Length;)
        {
            if (Array.Find(values, value => StandsAt(text, at, value)) is { } value)
            {
                replaced.Append(_names[value]);
                at += value.Length;
            }
            else
            {
                replaced.Append(text[at++]);
            }
        }

        return replaced.ToString();
    }

    /// <summary>Puts values back; a name that stands for none stays.</summary>
    /// <param name="text">A text that was written from the replaced one.</param>
    public string Restore(string text) => Written().Replace(text, match =>
        _values.GetValueOrDefault(match.Groups["name"].Value) ?? match.Value);

    private static bool StandsAt(string text, int at, string value) =>
        text[at] == value[0]
        && string.CompareOrdinal(text, at, value, 0, value.Length) == 0
        && !(at > 0 && IsWord(text[at - 1]) && IsWord(value[0]))
        && !(at + value.Length < text.Length && IsWord(text[at + value.Length]) && IsWord(value[^1]));

    private static bool IsWord(char letter) => char.IsLetterOrDigit(letter);

    private void Name(PersonalDataFinding finding, string text)
    {
        var kind = finding.Kind.ToUpperInvariant().Replace('-', '_');
        var name = finding.Kind is PersonalDataKind.Person && WholeOf(finding.Text) is { } whole
            ? Next(whole + ".", 2, text)
            : Next(kind + "_", _counts.GetValueOrDefault(kind) + 1, text);
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        _names.Add(finding.Text, $"[{name}]");
        _values.Add(name, finding.Text);
    }

    // The first number from a start on that neither another value nor the text itself uses.
    private string Next(string prefix, int number, string text)
    {
        while (true)
        {
            var name = prefix + number.ToString(CultureInfo.InvariantCulture);
            if (!_values.ContainsKey(name) && !text.Contains(name, StringComparison.Ordinal))
            {
                return name;
            }

            number++;
        }
    }

    // The name of a person of whose name this is a part.
    private string? WholeOf(string value)
    {
        var parts = value.Split(' ');
        foreach (var (name, known) in _values)
        {
            if (name.StartsWith("PERSON_", StringComparison.Ordinal)
                && !name.Contains('.', StringComparison.Ordinal)
                && parts.All(part => known.Split(' ').Contains(part, StringComparer.OrdinalIgnoreCase)))
            {
                return name;
            }
        }

        return null;
    }

    [GeneratedRegex(
        @"\[?\b(?<name>[A-Z][A-Z_]*_\d+(?:\.\d+)?)\b\]?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        30_000)]
    private static partial Regex Written();
}
