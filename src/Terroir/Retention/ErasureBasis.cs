namespace Terroir.Retention;

/// <summary>Why documents are erased.</summary>
public enum ErasureBasis
{
    /// <summary>Somebody asked for it, such as the person whom they are about (GDPR, article 17).</summary>
    Request,

    /// <summary>Their retention ended (GDPR, article 5(1)(e)).</summary>
    Retention,
}
