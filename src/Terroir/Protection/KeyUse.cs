namespace Terroir.Protection;

/// <summary>What a key of a collection seals.</summary>
public enum KeyUse
{
    /// <summary>What belongs to one document each: its leaf can be destroyed alone.</summary>
    Documents,

    /// <summary>What holds several documents, such as segments: it is written anew without an erased document, and the
    /// key of what was before is destroyed as a whole.</summary>
    Objects,
}
