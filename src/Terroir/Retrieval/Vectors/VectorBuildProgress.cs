using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Vectors;

/// <summary>How far a build is.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Share">How much of the phase is done, 0 to 1.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct VectorBuildProgress(VectorBuildPhase Phase, double Share);

/// <summary>What a build does, in this order.</summary>
internal enum VectorBuildPhase
{
    /// <summary>Learns the lists' centres from a sample.</summary>
    Learn,

    /// <summary>Finds the nearest centre of each vector.</summary>
    Assign,

    /// <summary>Makes the codes.</summary>
    Encode,

    /// <summary>Writes the bytes.</summary>
    Write,
}
