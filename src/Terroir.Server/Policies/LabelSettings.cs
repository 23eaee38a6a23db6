using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Terroir.Sovereignty;

namespace Terroir.Server.Policies;

/// <summary>Reads what the labels of documents mean: <c>labels: rules:</c>, a list of <c>label</c>, <c>collection</c>,
/// <c>classification</c>, <c>countries</c>, <c>purposes</c>, <c>contracts</c> and <c>personal</c>. What is not
/// understood is refused: a rule with a slip would let leave what it was written to keep.</summary>
internal static partial class LabelSettings
{
    internal const string Section = "Terroir:Labels";

    /// <summary>The longest name of a purpose, a contract or a category of personal data, in characters.</summary>
    internal const int NameLengthMax = 64;

    private static readonly string[] Known =
        ["label", "collection", "classification", "countries", "purposes", "contracts", "personal"];

    /// <summary>Reads the rules of a site.</summary>
    /// <param name="configuration">Its settings.</param>
    /// <exception cref="FormatException">Something is no rule; the message says what to write.</exception>
    public static LabelRules Read(IConfiguration configuration) =>
        new([.. configuration.GetSection($"{Section}:Rules").GetChildren().Select(Parse)]);

    private static LabelRule Parse(IConfigurationSection section)
    {
        var label = section["label"]?.Trim();
        var collection = section["collection"];
        var name = label ?? collection ?? string.Create(CultureInfo.InvariantCulture, $"rule {section.Key}");
        if (section.GetChildren().FirstOrDefault(item => !Known.Contains(item.Key, StringComparer.OrdinalIgnoreCase))
            is { } other)
        {
            throw Refuse(name, $"'{other.Key}' is none of {string.Join(", ", Known)}.");
        }

        if (string.IsNullOrEmpty(label) && collection is null)
        {
            throw Refuse(name, "it says neither 'label:' nor 'collection:'.");
        }

        if (collection is not null && !CollectionId.IsValid(collection))
        {
            throw Refuse(name, $"'{collection}' is no name of a collection.");
        }

        return new LabelRule
        {
            Label = label,
            Collection = collection is null ? null : new CollectionId(collection),
            Classification = ReadClassification(name, section["classification"]),
            Labels = new DataLabels
            {
                Countries = ReadNames(name, section, "countries", CountryForm()),
                Purposes = ReadNames(name, section, "purposes", NameForm()),
                Contracts = ReadNames(name, section, "contracts", NameForm()) ?? [],
                Personal = ReadNames(name, section, "personal", NameForm()) ?? [],
            },
        };
    }

    private static Classification? ReadClassification(string name, string? text) => text is null
        ? null
        : ClassificationNames.Find(text)
            ?? throw Refuse(name, $"'{text}' is no classification: {string.Join(", ", ClassificationNames.All)}.");

    // One name, or a list of them.
    private static ImmutableSortedSet<string>? ReadNames(
        string rule,
        IConfigurationSection parent,
        string key,
        Regex form)
    {
        if (parent.GetChildren().FirstOrDefault(item => item.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
            is not { } section)
        {
            return null;
        }

        var items = section.GetChildren().Select(item => item.Value ?? "").ToList();
        var names = items.Count > 0 ? items : [section.Value ?? ""];
        return names.FirstOrDefault(name => name.Length > NameLengthMax || !form.IsMatch(name)) is { } wrong
            ? throw Refuse(rule, $"'{wrong}' does not fit '{key}:'.")
            : names.ToImmutableSortedSet(StringComparer.Ordinal);
    }

    private static FormatException Refuse(string rule, string fault) => new($"labels: rules: '{rule}': {fault}");

    // ISO 3166-1 alpha-2.
    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex CountryForm();

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}._ /-]*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NameForm();
}
