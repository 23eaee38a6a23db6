using Terroir.Provenance.Receipts;
using Terroir.Retention.Residue;

namespace Terroir.Retention;

/// <summary>What an erasure that is under way must know of the documents although they are gone already. It is kept
/// sealed, and is itself erased when the erasure is done.</summary>
public sealed record ErasureWork
{
    /// <summary>The order's id.</summary>
    public required string Id { get; init; }

    /// <summary>What was asked for, and the salt of the commitment to it.</summary>
    public required Opening Asked { get; init; }

    /// <summary>The documents.</summary>
    public required IReadOnlyList<ErasedVersions> Documents { get; init; }

    /// <summary>By what their remains are recognised.</summary>
    public required ResidueProbes Probes { get; init; }

    /// <summary>By what the person whom they are about is recognised in answers; empty if it is about none.</summary>
    public required ResidueProbes Names { get; init; }

    /// <summary>The receipts that quote them, as far as they were found.</summary>
    public IReadOnlyList<ContentHash> Receipts { get; init; } = [];

    /// <summary>The ids of users whose accounts go, as the operator saw them.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Who got these receipts.</summary>
    public IReadOnlyList<string> Askers { get; init; } = [];
}

/// <summary>A document that is being erased.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Source">The source that brought it.</param>
/// <param name="Path">Where it is in the source.</param>
/// <param name="Versions">The hashes of the originals of all versions that are known.</param>
/// <param name="Passages">The hashes of the bytes of its passages.</param>
public sealed record ErasedVersions(
    DocumentAddress Address,
    string Source,
    string Path,
    IReadOnlyList<ContentHash> Versions,
    IReadOnlyList<ContentHash> Passages);
