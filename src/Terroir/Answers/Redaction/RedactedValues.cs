using Terroir.Protection.PersonalData;
using Terroir.Protection.Vault;

namespace Terroir.Answers.Redaction;

/// <summary>Finds which documents of a prompt hold the values that were taken out of it.</summary>
internal static class RedactedValues
{
    /// <summary>Lists the values, one item for each document that holds one.</summary>
    public static IReadOnlyList<VaultedPseudonym> Of(PassagePrompt prompt, Pseudonyms names)
    {
        var texts = prompt.Sections
            .SelectMany(section => section.Passages.Select(hit => (
                Source: new VaultedSource(hit.Collection, hit.Document.Id),
                Text: string.Join('\n', [hit.Document.Title, .. hit.Passage.Headings, hit.Text]))))
            .ToArray();
        var found = new List<VaultedPseudonym>();
        foreach (var (name, value) in names.Values.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            var sources = texts
                .Where(text => text.Text.Contains(value, StringComparison.Ordinal))
                .Select(text => text.Source)
                .Distinct()
                .ToArray();
            found.AddRange(sources.Length > 0
                ? sources.Select(source => new VaultedPseudonym(name, value, source))
                : [new VaultedPseudonym(name, value, Source: null)]);
        }

        return found;
    }
}
