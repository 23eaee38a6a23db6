using System.Globalization;
using System.Xml.Linq;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>The numbers that Word shows before headings and list items; the file holds only how to count.</summary>
internal sealed class DocxNumbering
{
    private const int LevelCount = 9;
    private const int NotBegun = int.MinValue;

    private readonly Dictionary<int, XElement> _abstracts = [];
    private readonly Dictionary<int, XElement> _lists = [];
    private readonly Dictionary<int, int[]> _counters = [];
    private readonly HashSet<(int List, int Level)> _restarted = [];

    public DocxNumbering(XElement? numbering)
    {
        foreach (var item in numbering.All("abstractNum"))
        {
            _abstracts.TryAdd(item.Int("abstractNumId") ?? -1, item);
        }

        foreach (var item in numbering.All("num"))
        {
            _lists.TryAdd(item.Int("numId") ?? -1, item);
        }
    }

    /// <summary>Counts one paragraph of a list.</summary>
    /// <returns>What Word shows before it: the number where it is one plain number, the label otherwise; both
    /// <see langword="null"/> for a bullet or no list.</returns>
    public (int? Number, string? Label, bool IsList) Count(int list, int level)
    {
        if (!_lists.TryGetValue(list, out var instance) || level is < 0 or >= LevelCount)
        {
            return (null, null, false);
        }

        var id = instance.Child("abstractNumId").Int("val") ?? -1;
        var definition = Level(instance, level);
        if (!_counters.TryGetValue(id, out var counters))
        {
            _counters[id] = counters = new int[LevelCount];
            Array.Fill(counters, NotBegun);
        }

        var restart = Override(instance, level)?.Child("startOverride").Int("val");
        if (restart is { } first && _restarted.Add((list, level)))
        {
            counters[level] = first - 1;
        }
        else if (counters[level] == NotBegun)
        {
            counters[level] = Start(definition) - 1;
        }

        counters[level]++;
        for (var below = level + 1; below < LevelCount; below++)
        {
            counters[below] = Level(instance, below).Child("lvlRestart").Int("val") is 0 ? counters[below] : NotBegun;
        }

        var format = definition.Child("numFmt").Get("val") ?? "decimal";
        if (format is "bullet")
        {
            return (null, null, true);
        }

        var pattern = definition.Child("lvlText").Get("val") ?? "";
        var label = format is "none" && pattern.Length == 0 ? "" : Label(instance, pattern, counters, level);
        var isPlain = format is "decimal" && pattern.StartsWith('%') && pattern.Length <= 3
            && pattern[1] == '1' + level;
        return isPlain ? (counters[level], label, true) : (null, label, true);
    }

    private string Label(XElement instance, string pattern, int[] counters, int level)
    {
        var label = new System.Text.StringBuilder();
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] != '%' || at + 1 >= pattern.Length || pattern[at + 1] is < '1' or > '9')
            {
                label.Append(pattern[at]);
                continue;
            }

            var part = pattern[++at] - '1';
            var definition = Level(instance, part);
            var isLegal = Level(instance, level).Child("isLgl").IsOn();
            var value = counters[part] == NotBegun ? Start(definition) : counters[part];
            label.Append(Show(value, isLegal ? "decimal" : definition.Child("numFmt").Get("val") ?? "decimal"));
        }

        return label.ToString().Trim();
    }

    private XElement? Level(XElement instance, int level) =>
        Override(instance, level).Child("lvl")
        ?? Definition(instance.Child("abstractNumId").Int("val") ?? -1, depth: 0).All("lvl")
            .FirstOrDefault(item => item.Int("ilvl") == level);

    // A definition may stand for another one, by the name of its style.
    private XElement? Definition(int id, int depth)
    {
        var definition = _abstracts.GetValueOrDefault(id);
        return definition.Child("numStyleLink").Get("val") is { } style && depth == 0
            ? _abstracts.Values.FirstOrDefault(item =>
                string.Equals(item.Child("styleLink").Get("val"), style, StringComparison.Ordinal)) ?? definition
            : definition;
    }

    private static XElement? Override(XElement instance, int level) =>
        instance.All("lvlOverride").FirstOrDefault(item => item.Int("ilvl") == level);

    private static int Start(XElement? definition) => definition.Child("start").Int("val") ?? 1;

    private static string Show(int value, string format) => format switch
    {
        "lowerLetter" => OfficeNumbers.Letters(value, 'a'),
        "upperLetter" => OfficeNumbers.Letters(value, 'A'),
        "lowerRoman" => OfficeNumbers.Roman(value).ToLowerInvariant(),
        "upperRoman" => OfficeNumbers.Roman(value),
        "decimalZero" => value.ToString("00", CultureInfo.InvariantCulture),
        "ordinal" => value.ToString(CultureInfo.InvariantCulture) + ".",
        "none" => "",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };
}
