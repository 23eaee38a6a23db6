namespace Terroir.Retrieval.Vectors;

/// <summary>Whether bounds are proved or probable.</summary>
internal enum VectorSearchMode
{
    /// <summary>The result of a scan of every allowed vector: a row is passed over only if a rigorous bound says that
    /// it is not among the best. The vectors that an asker may not read change nothing.</summary>
    Exact = 0,

    /// <summary>A row or list is passed over if it is probably not among the best. The lists are learned from all
    /// vectors of the block: only for collections that all who ask may read whole.</summary>
    Fast = 1,
}
