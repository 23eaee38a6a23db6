using System.Globalization;
using Terroir.Retention;

namespace Terroir.Server.Retention;

/// <summary>Reads how long documents are kept: <c>retention: rules:</c>, a list of <c>name</c>, <c>collection</c>,
/// <c>label</c>, <c>keepAtLeast</c>, <c>keepAtMost</c> and <c>action</c>. What is not understood is refused: a rule
/// with a slip would erase what it was written to keep.</summary>
public static class RetentionSettings
{
    internal const string Section = "Terroir:Retention";

    /// <summary>Reads the rules of a site.</summary>
    /// <param name="configuration">Its settings.</param>
    /// <exception cref="FormatException">Something is no rule; the message says what to write.</exception>
    public static RetentionRules Read(IConfiguration configuration) =>
        new([.. configuration.GetSection($"{Section}:Rules").GetChildren()
            .OrderBy(rule => int.TryParse(rule.Key, CultureInfo.InvariantCulture, out var index) ? index : int.MaxValue)
            .Select(Parse)]);

    private static RetentionRule Parse(IConfigurationSection section)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "name", "collection", "label", "keepAtLeast", "keepAtMost", "action",
        };
        var name = section["name"] ?? $"rule {section.Key}";
        if (section.GetChildren().FirstOrDefault(item => !known.Contains(item.Key)) is { } other)
        {
            throw Refuse(name, $"'{other.Key}' is none of {string.Join(", ", known)}.");
        }

        var collection = section["collection"];
        if (collection is not null && !CollectionId.IsValid(collection))
        {
            throw Refuse(name, $"'{collection}' is no name of a collection.");
        }

        var rule = new RetentionRule
        {
            Name = name,
            Collection = collection is null ? null : new CollectionId(collection),
            Label = section["label"],
            KeepAtLeast = ReadSpan(name, section["keepAtLeast"]),
            KeepAtMost = ReadSpan(name, section["keepAtMost"]),
            Action = section["action"]?.ToUpperInvariant() switch
            {
                null or "REVIEW" => RetentionAction.Review,
                "ERASE" => RetentionAction.Erase,
                var action => throw Refuse(name, $"'{action}' is no action: review or erase."),
            },
        };
        return rule.Action is RetentionAction.Erase && rule.KeepAtMost is null
            ? throw Refuse(name, "it erases without 'keepAtMost:'.")
            : rule;
    }

    private static RetentionSpan? ReadSpan(string name, string? text) => text is null
        ? null
        : RetentionSpan.TryParse(text)
            ?? throw Refuse(name, $"'{text}' is no span: write 10y, 18m or 90d.");

    private static FormatException Refuse(string name, string fault) =>
        new($"retention: rules: '{name}': {fault}");
}
