using Terroir.Storage;

namespace Terroir.Kinship;

/// <summary>Finds the documents of a collection that are versions of one another, by names and likeness.</summary>
internal static class VersionChains
{
    /// <summary>Of how many documents with one name versions are looked for, the lowest ids first: thousands of files
    /// of one name are no history.</summary>
    internal const int FamilySizeMax = 64;

    /// <summary>Lists the chains by the path of their newest.</summary>
    /// <param name="documents">The documents of a collection, by id.</param>
    public static IReadOnlyList<VersionChain> Find(IEnumerable<DocumentVersion> documents) =>
    [
        .. documents
            .GroupBy(document => $"{document.Source}\n{VersionName.Of(document).Name}", StringComparer.Ordinal)
            .Select(family => family.Take(FamilySizeMax).ToArray())
            .Where(family => family.Length > 1)
            .SelectMany(ChainsOf)
            .OrderBy(chain => chain.Documents[0].Path, StringComparer.Ordinal)
            .ThenBy(chain => chain.Documents[0].Id),
    ];

    private static IEnumerable<VersionChain> ChainsOf(DocumentVersion[] family)
    {
        var pairs =
            from one in Enumerable.Range(0, family.Length)
            from other in Enumerable.Range(0, family.Length)
            where Lineage.IsNewer(family[one], family[other])
            select (One: one, Other: other);
        var newer = pairs.ToArray();
        return new JoinedNumbers(family.Length, newer.Select(pair => (pair.One, pair.Other))).Groups
            .Select(group => new VersionChain(
            [
                .. group
                    .OrderBy(number => newer.Count(pair => pair.Other == number))
                    .ThenByDescending(number => family[number].ModifiedAt)
                    .ThenBy(number => family[number].Id)
                    .Select(number => family[number]),
            ]));
    }
}
