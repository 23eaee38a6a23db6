namespace Terroir.Retrieval.Vectors;

/// <summary>The sections of a vector block; the page is <c>docs/formats/vectors.md</c>.</summary>
internal enum VectorSection
{
    /// <summary>Where each list's rows begin; one entry more than lists.</summary>
    Starts,

    /// <summary>For each list the least and the greatest distance of a row from the centre.</summary>
    Radii,

    /// <summary>The mean of all vectors, then the centre of each list.</summary>
    Centres,

    /// <summary>Each centre's coarse code and factors, for distances.</summary>
    CentreCodes,

    /// <summary>Blocks of 64 rows' 1-bit codes and factors.</summary>
    Bits,

    /// <summary>Each row's coarse code and factors.</summary>
    Coarse,

    /// <summary>Each row's lower halves of the byte code.</summary>
    Fine,

    /// <summary>Each row's number.</summary>
    Numbers,

    /// <summary>Each row's key.</summary>
    Keys,

    /// <summary>Each row's vector, as it was added.</summary>
    Originals,
}
