namespace Terroir.Sovereignty;

/// <summary>What is known of the documents of a site by their labels and collections. Immutable.</summary>
/// <param name="rules">The rules; their order has no part.</param>
public sealed class LabelRules(IReadOnlyList<LabelRule> rules)
{
    /// <summary>No rules: a label says how confidential a document is, and nothing else.</summary>
    public static LabelRules None { get; } = new([]);

    /// <summary>The rules.</summary>
    public IReadOnlyList<LabelRule> Rules => rules;

    /// <summary>Finds what is known of a document: the join over all rules that fit.</summary>
    /// <remarks>A label that has a meaning of its own (<see cref="ClassificationNames"/>) keeps it, so that a rule can
    /// make it stricter and never less strict. One without is as confidential as the rules say, and internal where
    /// they say nothing.</remarks>
    /// <param name="collection">The collection of the document.</param>
    /// <param name="label">The label that its source gave it; empty for none.</param>
    public DataLabels Find(CollectionId collection, string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        var fitting = rules.Where(rule => rule.Fits(collection, label)).ToList();
        Classification?[] classifications =
        [
            ClassificationNames.Find(label),
            .. fitting.Select(rule => rule.Classification),
        ];
        return fitting
            .Select(rule => rule.Labels)
            .Aggregate(
                new DataLabels { Classification = classifications.Max() ?? Classification.Internal },
                (all, next) => all.Join(next));
    }
}
