namespace Terroir.Sovereignty;

/// <summary>What the labels of sources say of confidentiality, in French and English.</summary>
public static class ClassificationNames
{
    /// <summary>The names of all classes, as settings write them, from the least confidential on.</summary>
    public static IReadOnlyList<string> All { get; } = ["public", "internal", "confidential", "secret"];

    /// <summary>Reads a label.</summary>
    /// <param name="label">The label of a document.</param>
    /// <returns>How confidential it says the document is; <see langword="null"/> if it has no meaning here.</returns>
    public static Classification? Find(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return label.Trim().ToLowerInvariant() switch
        {
            "public" or "publique" => Classification.Public,
            "internal" or "interne" => Classification.Internal,
            "confidentiel" or "confidentielle" or "confidential" or "restricted" or "restreint"
                or "diffusion restreinte" => Classification.Confidential,
            "secret" or "secrète" or "top secret" or "très secret" => Classification.Secret,
            _ => null,
        };
    }
}
