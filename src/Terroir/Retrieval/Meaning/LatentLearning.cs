using System.Text;

namespace Terroir.Retrieval.Meaning;

/// <summary>Learns a <see cref="LatentBasis"/> from documents' terms.</summary>
internal static class LatentLearning
{
    /// <summary>How many terms a basis knows at most: those that most documents hold.</summary>
    internal const int TermCountMax = 32_768;

    /// <summary>In how many documents a term must stand: one that stands in a single one is like no other.</summary>
    internal const int DocumentFrequencyMin = 2;

    /// <summary>How many documents a direction takes: where there are as many directions as documents, nothing is
    /// learned but the documents themselves.</summary>
    internal const int DocumentsPerDimension = 4;

    /// <summary>Learns from documents.</summary>
    /// <param name="documents">The documents, each as its distinct terms with their counts, in an order that follows
    /// from their content; sums run in it.</param>
    /// <param name="cancellationToken">Stops the work within some milliseconds.</param>
    /// <returns>The basis; without terms if no term stands in two documents.</returns>
    public static LatentBasis Learn(
        IReadOnlyList<IReadOnlyCollection<KeyValuePair<string, int>>> documents,
        CancellationToken cancellationToken)
    {
        var frequencies = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in documents.SelectMany(document => document).Select(pair => pair.Key))
        {
            frequencies[term] = frequencies.GetValueOrDefault(term) + 1;
        }

        var terms = frequencies.Where(pair => pair.Value >= DocumentFrequencyMin)
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(TermCountMax)
            .Select(pair => pair.Key)
            .Order(StringComparer.Ordinal)
            .ToArray();
        var rarities = Array.ConvertAll(terms, term => TermWeights.OfRarity(documents.Count, frequencies[term]));
        var vectors = RandomizedSvd.RightVectors(
            Weigh(documents, terms, rarities),
            Array.ConvertAll(terms, SeedOf),
            Math.Clamp(documents.Count / DocumentsPerDimension, 1, LatentBasis.Dimensions),
            LatentBasis.Dimensions,
            cancellationToken);
        var values = new float[terms.Length * LatentBasis.Dimensions];
        for (var term = 0; term < terms.Length; term++)
        {
            var row = vectors.Row(term);
            for (var index = 0; index < row.Length; index++)
            {
                values[(term * LatentBasis.Dimensions) + index] = (float)row[index];
            }
        }

        return new LatentBasis(terms, rarities, values);
    }

    // A row for each document, of length 1, so that long documents do not outweigh the others.
    private static SparseMatrix Weigh(
        IReadOnlyList<IReadOnlyCollection<KeyValuePair<string, int>>> documents,
        string[] terms,
        float[] rarities)
    {
        var numbers = terms.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        var entries = new List<SparseEntry>();
        var ends = new int[documents.Count];
        for (var row = 0; row < documents.Count; row++)
        {
            var entriesOfRow = documents[row]
                .Where(pair => numbers.ContainsKey(pair.Key))
                .Select(pair => (Term: numbers[pair.Key], pair.Value))
                .OrderBy(pair => pair.Term)
                .Select(pair => new SparseEntry(pair.Term, TermWeights.OfCount(pair.Value) * rarities[pair.Term]))
                .ToArray();
            var length = Math.Sqrt(entriesOfRow.Sum(entry => (double)entry.Value * entry.Value));
            entries.AddRange(entriesOfRow.Select(entry => entry with { Value = (float)(entry.Value / length) }));
            ends[row] = entries.Count;
        }

        return new SparseMatrix(terms.Length, ends, [.. entries]);
    }

    // FNV-1a (Fowler, Noll and Vo), 64 bits.
    private static ulong SeedOf(string term)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var part in Encoding.UTF8.GetBytes(term))
        {
            hash = (hash ^ part) * 0x100000001B3;
        }

        return hash;
    }
}
