using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.Fr;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;

namespace Terroir.Retrieval.Text;

/// <summary>Words, elisions off, lower case, accents folded, stop words out, light stemming.</summary>
/// <remarks>Accents go before stop words and stemming, so that a word typed without them takes the same path: folded
/// afterwards, <c>cœur</c> and <c>coeur</c> got different stems.</remarks>
internal sealed class FrenchChain : Analyzer
{
    private const LuceneVersion Version = LuceneVersion.LUCENE_48;

    private static readonly CharArraySet StopWords = new(
        Version,
        FrenchAnalyzer.DefaultStopSet.Select(Fold).ToArray(),
        ignoreCase: true);

    /// <summary>The words that an apostrophe shortens and that are no part of the next word.</summary>
    public static CharArraySet Articles => FrenchAnalyzer.DEFAULT_ARTICLES;

    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
    {
        var words = new StandardTokenizer(Version, reader);
        TokenStream stream = new ElisionFilter(words, Articles);
        stream = new LowerCaseFilter(Version, stream);
        stream = new ASCIIFoldingFilter(stream);
        stream = new StopFilter(Version, stream, StopWords);
        return new TokenStreamComponents(words, new FrenchLightStemFilter(stream));
    }

    private static string Fold(string word)
    {
        // A letter becomes at most four: the longest is a ligature in brackets.
        var folded = new char[word.Length * 4];
        return new string(folded, 0, ASCIIFoldingFilter.FoldToASCII(word.ToCharArray(), 0, folded, 0, word.Length));
    }
}
