using System.Text;
using Terroir.Retrieval.Queries;
using Terroir.Retrieval.Text;

namespace Terroir.Retrieval.Vocabulary;

/// <summary>Adds to a query what its acronyms stand for, and the acronyms of what it says in full.</summary>
/// <remarks>Only explanations in commonly readable documents count; a filter of the search does not change them.
/// </remarks>
internal sealed class AcronymExpansion(IReadOnlyList<ReadableSegment> segments, CancellationToken cancellationToken)
{
    /// <summary>Where added terms say they are from.</summary>
    internal const string Origin = "acronym";

    /// <summary>What the terms of an added form weigh together against one term of the query. 0.6 lost on scifact-en;
    /// docs/features/retrieval.md has the figures.</summary>
    internal const double Weight = 0.3;

    /// <summary>How many meanings of a short form are added: those that most documents give.</summary>
    internal const int MeaningCountMax = 2;

    /// <summary>How many forms are added to a query.</summary>
    internal const int FormCountMax = 6;

    /// <summary>How many meanings of one short form are compared: the first by letters.</summary>
    internal const int NameCountMax = 256;

    /// <summary>Expands a query.</summary>
    public SearchQuery Expand(SearchQuery query)
    {
        var words = FoldedWords.Of(query.Parsed.Words)
            .Where(word => word.Length is >= AcronymFinder.ShortLengthMin and <= AcronymFinder.ShortLengthMax)
            .Distinct(StringComparer.Ordinal);
        var forms = words.SelectMany(word => FindForms($"{AcronymTerms.ShortPrefix}{word}{AcronymTerms.Separator}"))
            .Concat(TextAnalysis.Chains.SelectMany(chain => FindShort(TextAnalysis.Analyze(query.Parsed.Words, chain))))
            .Distinct(StringComparer.Ordinal)
            .Take(FormCountMax);
        return query.With(forms.SelectMany(TermsOf));
    }

    private static IEnumerable<QueryTerm> TermsOf(string form)
    {
        var chains = TextAnalysis.Chains.Select(chain => TextAnalysis.Analyze(form, chain)).ToArray();
        var keys = WordKeys.Of(chains[0], chains[1]);
        foreach (var terms in chains)
        {
            foreach (var token in terms)
            {
                yield return new QueryTerm(token.Term, Weight / terms.Count, Origin) { Word = keys[token.Term] };
            }
        }
    }

    // The long form that begins at each word of the query, if an explanation has it.
    private IEnumerable<string> FindShort(List<Token> tokens)
    {
        for (var first = 0; first < tokens.Count; first++)
        {
            var key = $"{AcronymTerms.LongPrefix}{tokens[first].Term}";
            for (var next = first + 1; next < tokens.Count && HasName($"{key} "); next++)
            {
                key = $"{key} {tokens[next].Term}";
                foreach (var form in FindForms($"{key}{AcronymTerms.Separator}"))
                {
                    yield return form;
                }
            }
        }
    }

    private bool HasName(string prefix)
    {
        var bytes = Encoding.UTF8.GetBytes(prefix);
        return segments.Any(segment => segment.Reader.FindFrom(bytes) is var at
            && at < segment.Reader.TermCount
            && segment.Reader.Name(at).StartsWith(bytes));
    }

    // What stands behind a prefix: first what most documents give, then by letters.
    private IEnumerable<string> FindForms(string prefix)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var bytes = Encoding.UTF8.GetBytes(prefix);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var segment in segments)
        {
            var reader = segment.Reader;
            var found = 0;
            for (var term = reader.FindFrom(bytes);
                found < NameCountMax && term < reader.TermCount && reader.Name(term).StartsWith(bytes);
                term++)
            {
                if (segment.CountCommon(term) is > 0 and var count)
                {
                    var form = Encoding.UTF8.GetString(reader.Name(term)[bytes.Length..]);
                    counts[form] = counts.GetValueOrDefault(form) + count;
                    found++;
                }
            }
        }

        // The first of all are among the first of each segment, however the documents are cut into segments.
        return counts.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(NameCountMax)
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(MeaningCountMax)
            .Select(pair => pair.Key);
    }
}
