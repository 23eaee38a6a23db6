namespace Terroir.Sovereignty;

/// <summary>What a label, a collection, or both together say of a document.</summary>
public sealed record LabelRule
{
    /// <summary>Documents with this label, in whatever case; <see langword="null"/> for all.</summary>
    public string? Label { get; init; }

    /// <summary>Documents of this collection; <see langword="null"/> for all.</summary>
    public CollectionId? Collection { get; init; }

    /// <summary>How confidential they are; <see langword="null"/> if the rule says nothing of it.</summary>
    public Classification? Classification { get; init; }

    /// <summary>What else is known of them.</summary>
    public DataLabels Labels { get; init; } = new();

    /// <summary>Whether the rule is about such a document.</summary>
    /// <param name="collection">The collection of the document.</param>
    /// <param name="label">The label that its source gave it; empty for none.</param>
    public bool Fits(CollectionId collection, string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return (Collection is null || Collection == collection)
            && (Label is null || string.Equals(Label, label.Trim(), StringComparison.OrdinalIgnoreCase));
    }
}
