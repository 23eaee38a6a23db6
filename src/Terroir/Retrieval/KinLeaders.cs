using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Terroir.Kinship;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>The first documents of groups, and what tells at a glance that a candidate is kin to none.</summary>
/// <remarks>Every candidate is compared with every leader, and nearly all are kin to none: the starts of their
/// fingerprints stand side by side in memory. Not safe to share between threads.</remarks>
internal sealed class KinLeaders
{
    private readonly List<DocumentVersion> _documents = [];
    private readonly List<Sign> _signs = [];

    /// <summary>Adds the first document of a group.</summary>
    public void Add(DocumentVersion document)
    {
        _documents.Add(document);
        _signs.Add(SignOf(document));
    }

    /// <summary>Finds the first leader of the same content, or with the same text or nearly.</summary>
    /// <returns>Its number in the order of addition, or -1.</returns>
    public int Find(DocumentVersion document)
    {
        var sign = SignOf(document);
        var signs = CollectionsMarshal.AsSpan(_signs);
        for (var index = 0; index < signs.Length; index++)
        {
            if (signs[index].MayBeKin(sign) && AreKin(_documents[index], document))
            {
                return index;
            }
        }

        return -1;
    }

    private static bool AreKin(DocumentVersion one, DocumentVersion other) =>
        one.Version == other.Version || Likeness.AreNear(one.Fingerprint, other.Fingerprint);

    private static Sign SignOf(DocumentVersion document) => new(
        MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(document.Version.Hex.AsSpan())),
        document.Fingerprint is { } fingerprint ? MemoryMarshal.Read<ulong>(fingerprint.Hash) : 0,
        document.Fingerprint is { } text ? Vector256.Create(text.Sketch[..Likeness.FirstSizeBytes]) : default);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Sign(ulong Version, ulong Text, Vector256<byte> Sketch)
    {
        public bool MayBeKin(in Sign other) =>
            BitOperations.PopCount(Vector256.Equals(Sketch, other.Sketch).ExtractMostSignificantBits())
                >= Likeness.FirstEqualMin
            || Version == other.Version
            || Text == other.Text;
    }
}
