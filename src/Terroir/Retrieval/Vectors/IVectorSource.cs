namespace Terroir.Retrieval.Vectors;

/// <summary>Where vectors that were found can be looked up.</summary>
internal interface IVectorSource
{
    /// <summary>The number that a row was added with.</summary>
    int Number(int row);

    /// <summary>The key that a row was added with.</summary>
    ulong Key(int row);

    /// <summary>A row's vector, as it was added.</summary>
    ReadOnlySpan<float> Vector(int row);
}
