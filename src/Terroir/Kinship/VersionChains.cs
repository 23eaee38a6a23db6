using Terroir.Storage;

namespace Terroir.Kinship;

/// <summary>Finds the documents of a collection that are versions of one another: by names and likeness, and by what
/// they say that they replace or are replaced by.</summary>
internal static class VersionChains
{
    /// <summary>Of how many documents with one name versions are looked for, the lowest ids first: thousands of files
    /// of one name are no history.</summary>
    internal const int FamilySizeMax = 64;

    /// <summary>Among how many documents that share a word with a name that is replaced it is looked for, the lowest
    /// ids first: a name of common words alone tells nothing.</summary>
    internal const int CandidateCountMax = 1_000;

    /// <summary>Lists the chains by the path of their newest.</summary>
    /// <param name="documents">The documents of a collection, by id.</param>
    public static IReadOnlyList<VersionChain> Find(IReadOnlyList<DocumentVersion> documents)
    {
        var newer = PairsByName(documents).Concat(PairsBySaying(documents)).Distinct().ToArray();
        var older = newer.ToLookup(pair => pair.One, pair => pair.Other);
        return
        [
            .. new JoinedNumbers(documents.Count, newer).Groups
                .Select(group => new VersionChain([.. Order(group, older, documents).Select(at => documents[at])]))
                .OrderBy(chain => chain.Documents[0].Path, StringComparer.Ordinal)
                .ThenBy(chain => chain.Documents[0].Id),
        ];
    }

    private static IEnumerable<(int One, int Other)> PairsByName(IReadOnlyList<DocumentVersion> documents) =>
        from family in Enumerable.Range(0, documents.Count).GroupBy(
            at => $"{documents[at].Source}\n{VersionName.Of(documents[at]).Name}",
            StringComparer.Ordinal)
        let members = family.Take(FamilySizeMax).ToArray()
        from one in members
        from other in members
        where one != other && Succession.IsNewer(documents[one], documents[other])
        select (one, other);

    private static IEnumerable<(int One, int Other)> PairsBySaying(IReadOnlyList<DocumentVersion> documents)
    {
        var byWord = Enumerable.Range(0, documents.Count)
            .SelectMany(at => new DocumentNames(documents[at]).Words.Select(word => (word, at)))
            .ToLookup(pair => pair.word, pair => pair.at, StringComparer.Ordinal);
        for (var at = 0; at < documents.Count; at++)
        {
            foreach (var name in (documents[at].Replaces ?? []).Concat(documents[at].ReplacedBy ?? []))
            {
                // Who has the name has its rarest word.
                var candidates = DocumentNames.WordsOf(name).Select(word => byWord[word])
                    .MinBy(places => places.Count()) ?? [];
                foreach (var other in candidates.Take(CandidateCountMax).Where(other => other != at))
                {
                    if (DocumentNames.Replaces(documents[at], documents[other]))
                    {
                        yield return (at, other);
                    }
                    else if (DocumentNames.Replaces(documents[other], documents[at]))
                    {
                        yield return (other, at);
                    }
                }
            }
        }
    }

    // The fewer are newer than a document, directly or through others, the earlier it stands.
    private static IEnumerable<int> Order(
        int[] group,
        ILookup<int, int> older,
        IReadOnlyList<DocumentVersion> documents)
    {
        var newerCounts = group.ToDictionary(at => at, _ => 0);
        foreach (var start in group)
        {
            var reached = new HashSet<int>();
            var open = new Stack<int>([start]);
            while (open.TryPop(out var at))
            {
                foreach (var next in older[at].Where(reached.Add))
                {
                    newerCounts[next]++;
                    open.Push(next);
                }
            }
        }

        return group
            .OrderBy(at => newerCounts[at])
            .ThenByDescending(at => documents[at].ModifiedAt)
            .ThenBy(at => documents[at].Id);
    }
}
