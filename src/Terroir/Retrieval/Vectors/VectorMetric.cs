namespace Terroir.Retrieval.Vectors;

/// <summary>How near two vectors are; a greater score is nearer.</summary>
internal enum VectorMetric
{
    /// <summary>The score is minus the squared Euclidean distance.</summary>
    SquaredL2 = 0,

    /// <summary>The score is the inner product.</summary>
    InnerProduct = 1,
}
