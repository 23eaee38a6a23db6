using System.Globalization;
using Terroir.Documents;
using Terroir.Ingestion.Quality;

namespace Terroir.Server.Configuration;

/// <summary>Reads the rules on quality: <c>ingestion: quality:</c> with <c>default:</c> and <c>collections:</c>. What
/// is not understood is refused: a rule with a slip would let through what it was written to hold.</summary>
internal static class QualitySettings
{
    private const string Prefix = $"{IngestionOptions.Section}:{nameof(IngestionOptions.Quality)}:";

    private const int FreshDaysMax = 36_500;

    /// <summary>Reads the rules from settings that were checked before.</summary>
    public static QualityRules Read(IConfiguration configuration) =>
        Parse(SiteConfiguration.InForce(configuration));

    /// <summary>Reads the rules.</summary>
    /// <param name="settings">All settings of the site.</param>
    /// <exception cref="FormatException">Something is no rule; the message says where and what to write.</exception>
    public static QualityRules Parse(IEnumerable<Setting> settings)
    {
        var byScope = settings
            .Where(setting => setting.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Select(setting => (Setting: setting, Words: setting.Key[Prefix.Length..].Split(':')))
            .GroupBy(item => ScopeOf(item.Setting, item.Words), StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.Select(item => (item.Setting, Words: item.Words[WordCount(group.Key)..])).ToArray(),
                StringComparer.Ordinal);
        var common = Apply(QualityRule.Default, byScope.GetValueOrDefault("") ?? []);
        return new QualityRules(
            common,
            byScope.Where(pair => pair.Key.Length > 0)
                .ToDictionary(pair => new CollectionId(pair.Key), pair => Apply(common, pair.Value)));
    }

    // Empty for the default, else the collection.
    private static string ScopeOf(Setting setting, string[] words) => words switch
    {
        [var first, _, ..] when Is(first, "default") => "",
        [var first, var name, _, ..] when Is(first, "collections") => CollectionId.IsValid(name)
            ? name
            : throw Refuse(setting, $"'{name}' is no name of a collection."),
        _ => throw Refuse(
            setting,
            "a rule stands under 'default:', or under 'collections:' and the name of a collection."),
    };

    private static int WordCount(string scope) => scope.Length == 0 ? 1 : 2;

    private static QualityRule Apply(QualityRule rule, IReadOnlyList<(Setting Setting, string[] Words)> settings)
    {
        foreach (var (setting, rest) in settings)
        {
            rule = rest switch
            {
                [var word] when Is(word, "freshDays") => rule with { FreshDays = ReadDays(setting) },
                [var word] when IsBound(word) => rule with { Overall = Bind(rule.Overall, word, setting) },
                [var axis, var word] when IsBound(word) => Bind(rule, ReadAxis(setting, axis), word, setting),
                _ => throw Refuse(
                    setting,
                    "a rule is 'warn', 'hold' or 'freshDays', or an axis (readability, metadata, freshness, structure, "
                    + "sensitivity) with 'warn' or 'hold'."),
            };
        }

        RefuseWarningsThatHold(settings);
        return rule;
    }

    private static void RefuseWarningsThatHold(IReadOnlyList<(Setting Setting, string[] Words)> settings)
    {
        var groups = settings.GroupBy(
            item => string.Join(':', item.Words[..^1]),
            StringComparer.OrdinalIgnoreCase);
        foreach (var group in groups)
        {
            var warn = group.FirstOrDefault(item => Is(item.Words[^1], "warn")).Setting;
            var hold = group.FirstOrDefault(item => Is(item.Words[^1], "hold")).Setting;
            if (warn is not null && hold is not null && ReadGrade(warn) >= ReadGrade(hold))
            {
                throw Refuse(warn, "'warn' takes a better grade than 'hold': what is held is not indexed at all.");
            }
        }
    }

    private static QualityRule Bind(QualityRule rule, QualityAxis axis, string word, Setting setting)
    {
        var bounds = rule.Axes.GetValueOrDefault(axis) ?? new QualityBounds(Warn: null, Hold: null);
        return rule with
        {
            Axes = new Dictionary<QualityAxis, QualityBounds>(rule.Axes) { [axis] = Bind(bounds, word, setting) },
        };
    }

    private static QualityBounds Bind(QualityBounds bounds, string word, Setting setting) => Is(word, "warn")
        ? bounds with { Warn = ReadGrade(setting) }
        : bounds with { Hold = ReadGrade(setting) };

    private static QualityAxis ReadAxis(Setting setting, string word)
    {
        if (Is(word, nameof(QualityAxis.Duplication)))
        {
            throw Refuse(
                setting,
                "copies are listed and never held: each may have readers that the others have not. Take the line out.");
        }

        return Enum.GetValues<QualityAxis>().Cast<QualityAxis?>().FirstOrDefault(axis => Is(word, $"{axis}"))
            ?? throw Refuse(
                setting,
                $"'{word}' is no axis. Write readability, metadata, freshness, structure, sensitivity or poisoning.");
    }

    private static QualityGrade? ReadGrade(Setting setting) => setting.Value?.Trim() switch
    {
        { } word when Is(word, "never") => null,
        "B" or "b" => QualityGrade.B,
        "C" or "c" => QualityGrade.C,
        "D" or "d" => QualityGrade.D,
        "E" or "e" => QualityGrade.E,
        "A" or "a" => throw Refuse(setting, "'A' would be every document. Write B, C, D, E or never."),
        var other => throw Refuse(setting, $"'{other}' is no grade. Write B, C, D, E or never."),
    };

    private static int ReadDays(Setting setting) =>
        int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days is >= 1 and <= FreshDaysMax
            ? days
            : throw Refuse(setting, $"'{setting.Value}' is no number of days. Write 1 to {FreshDaysMax}.");

    private static bool IsBound(string word) => Is(word, "warn") || Is(word, "hold");

    private static bool Is(string word, string other) => string.Equals(word, other, StringComparison.OrdinalIgnoreCase);

    private static FormatException Refuse(Setting setting, string why) =>
        new($"{setting.Origin}: {setting.Key[(SiteConfiguration.Root.Length + 1)..]}: {why} "
            + "See docs/features/quality.md.");
}
