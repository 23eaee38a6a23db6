namespace Terroir.Sovereignty;

/// <summary>What the labels of sources say of confidentiality, in French and English.</summary>
public static class ClassificationNames
{
    /// <summary>Reads a label. What is not known, and what has none, is for everybody of the organisation and nobody
    /// else.</summary>
    /// <param name="label">The label of a document.</param>
    public static Classification Read(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return label.Trim().ToLowerInvariant() switch
        {
            "public" or "publique" => Classification.Public,
            "confidentiel" or "confidentielle" or "confidential" or "restricted" or "restreint"
                or "diffusion restreinte" => Classification.Confidential,
            "secret" or "secrète" or "top secret" or "très secret" => Classification.Secret,
            _ => Classification.Internal,
        };
    }
}
