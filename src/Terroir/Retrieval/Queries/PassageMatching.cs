using Terroir.Retrieval.Text;

namespace Terroir.Retrieval.Queries;

/// <summary>Finds the passages that hold every word of a text, by the index alone.</summary>
internal static class PassageMatching
{
    // How many postings are walked between two looks at the cancellation token.
    private const int CancellationPostings = 4_096;

    /// <summary>Lists the passages of selected documents that hold all words of a text, in the order of their numbers.
    /// </summary>
    /// <param name="segment">The segment.</param>
    /// <param name="text">The text; it is taken through each chain by itself.</param>
    /// <param name="inContext">Whether all words must stand in the title and headings.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    /// <returns>The passages, each with its document; <see langword="null"/> if the text has nothing but stop words.
    /// </returns>
    public static IReadOnlyList<(int Document, int Passage)>? Find(
        ReadableSegment segment,
        string text,
        bool inContext,
        CancellationToken cancellationToken)
    {
        SortedSet<(int Document, int Passage)>? found = null;
        foreach (var chain in TextAnalysis.Chains)
        {
            var terms = TextAnalysis.Analyze(text, chain)
                .Select(token => token.Term)
                .Distinct(StringComparer.Ordinal)
                .ToArray();
            if (terms.Length > 0)
            {
                found ??= [];
                found.UnionWith(HoldAll(segment, terms, inContext, cancellationToken));
            }
        }

        return found is null ? null : [.. found];
    }

    private static List<(int Document, int Passage)> HoldAll(
        ReadableSegment segment,
        string[] terms,
        bool inContext,
        CancellationToken cancellationToken)
    {
        List<(int Document, int Passage)>? left = null;
        foreach (var term in terms)
        {
            cancellationToken.ThrowIfCancellationRequested();
            left = Keep(segment, term, inContext, left, cancellationToken);
            if (left.Count == 0)
            {
                break;
            }
        }

        return left ?? [];
    }

    // Both are in the order of passages, so that one walk finds what is in both.
    private static List<(int Document, int Passage)> Keep(
        ReadableSegment segment,
        string term,
        bool inContext,
        List<(int Document, int Passage)>? left,
        CancellationToken cancellationToken)
    {
        var kept = new List<(int Document, int Passage)>();
        var at = 0;
        var postings = segment.Reader.Postings(segment.Reader.Find(term));
        for (var walked = 1; postings.MoveNext(); walked++)
        {
            if (walked % CancellationPostings == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var (passage, _, contextCount) = postings.Current;
            while (left is not null && at < left.Count && left[at].Passage < passage)
            {
                at++;
            }

            var isLeft = left is null ? segment.Selected.Contains(postings.Document)
                : at < left.Count && left[at].Passage == passage;
            if (isLeft && (contextCount > 0 || !inContext))
            {
                kept.Add((postings.Document, passage));
            }
        }

        return kept;
    }
}
