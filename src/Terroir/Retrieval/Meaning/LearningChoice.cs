using Terroir.Access;
using Terroir.Storage;

namespace Terroir.Retrieval.Meaning;

/// <summary>Decides when a basis is learned, and from which documents: commonly readable ones alone, so that no other
/// document moves what is learned or when.</summary>
internal sealed record LearningChoice(int CommonCount, IReadOnlyList<DocumentVersion> Documents)
{
    /// <summary>How many documents a basis is learned from at most; of more, those with the smallest content hash.
    /// </summary>
    internal const int DocumentCountMax = 8_192;

    /// <summary>How many passages these may have together.</summary>
    internal const int PassageCountMax = 32_768;

    /// <summary>Fewer documents teach nothing.</summary>
    internal const int DocumentCountMin = 64;

    /// <summary>A basis is learned anew when more than one in so many of its documents has changed.</summary>
    internal const int ChangedShare = 8;

    /// <summary>Chooses documents.</summary>
    /// <param name="basis">What is in force.</param>
    /// <param name="records">The live documents; run through once, and only those that are chosen are read whole.
    /// </param>
    /// <param name="countMin">Fewer documents teach nothing.</param>
    /// <returns>The documents in the order in which they are learned, none if there are too few; or
    /// <see langword="null"/> if what is in force may stay.</returns>
    public static LearningChoice? Make(BasisFile? basis, IEnumerable<DocumentRecord> records, int countMin)
    {
        var common = records.Where(record => CommonReaders.MayRead(record.Access)).ToArray();
        if (basis is null ? common.Length < countMin : MayStay(basis, common))
        {
            return null;
        }

        var passages = 0L;
        return new LearningChoice(
            common.Length,
            common.Length < countMin
                ? []
                : [
                    .. common.OrderBy(record => record.Version)
                        .ThenBy(record => record.Number)
                        .Take(DocumentCountMax)
                        .Select(record => record.Read())
                        .TakeWhile(document => (passages += document.PassageCount) <= PassageCountMax),
                ]);
    }

    /// <summary>With so many commonly readable documents it is learned anew.</summary>
    public static int DueCount(BasisFile basis) => basis.CommonCount + ((basis.CommonCount + 1) / 2);

    // Until the text has grown by half, until a document that was learned from is gone, and until some have changed.
    private static bool MayStay(BasisFile basis, DocumentRecord[] common)
    {
        if (common.Length >= DueCount(basis))
        {
            return false;
        }

        var learned = basis.Documents.ToDictionary(
            document => DocumentRecord.NumberOf(document.Id),
            document => document.Version);
        var (foundCount, changedCount) = (0, 0);
        foreach (var record in common)
        {
            if (learned.TryGetValue(record.Number, out var version))
            {
                foundCount++;
                changedCount += LearnedDocument.VersionOf(record.Version) == version ? 0 : 1;
            }
        }

        return foundCount == learned.Count && changedCount * ChangedShare <= learned.Count;
    }
}
