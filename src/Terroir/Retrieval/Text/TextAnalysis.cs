using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace Terroir.Retrieval.Text;

/// <summary>Turns text into index terms by <see cref="FrenchChain"/> or <see cref="EnglishChain"/>.</summary>
/// <remarks>A chain looks at one word at a time, so its answer for a word is remembered: text is cut by
/// <see cref="WordScanner"/> and only a word that was not met before goes through the filters.</remarks>
internal sealed class TextAnalysis
{
    private static readonly TextAnalysis French = new("fr", new FrenchChain());
    private static readonly TextAnalysis English = new("en", new EnglishChain());

    private readonly string _name;
    private readonly Analyzer _analyzer;
    private readonly WordMemory _words;

    private TextAnalysis(string name, Analyzer analyzer)
    {
        _name = name;
        _analyzer = analyzer;
        _words = new WordMemory(AnalyzeWord);
    }

    /// <summary>The chains, as the languages whose passages they index.</summary>
    public static IReadOnlyList<string> Chains { get; } = ["fr", "en"];

    /// <summary>The chain for a language: English for <c>en</c>, French for all others.</summary>
    public static string ChainOf(string language) => language is "en" ? "en" : "fr";

    /// <summary>Whether a term is a word of a chain, and not one of those that stand beside the words.</summary>
    /// <param name="term">The chain, a colon, the term; UTF-8.</param>
    public static bool IsWord(ReadOnlySpan<byte> term) => term.StartsWith("fr:"u8) || term.StartsWith("en:"u8);

    /// <summary>Lists the terms of a text in order, each with its character range.</summary>
    /// <param name="text">The text, in form NFC.</param>
    /// <param name="chain">One of <see cref="Chains"/>.</param>
    public static List<Token> Analyze(string text, string chain) => (chain is "en" ? English : French).Analyze(text);

    /// <summary>Lists the terms as the whole of Lucene's analyzer gives them; the tests compare.</summary>
    internal static List<Token> AnalyzeSlowly(string text, string chain)
    {
        var tokens = new List<Token>();
        (chain is "en" ? English : French).AddSlowly(Normalize(text), 0, tokens);
        return tokens;
    }

    // One character each, so that offsets stay: the elision filter knows the typewriter's apostrophe only.
    private static string Normalize(string text) => text.Replace('’', '\'').Replace('\u00A0', ' ');

    private List<Token> Analyze(string text)
    {
        var normal = Normalize(text);
        var tokens = new List<Token>(normal.Length / 8);
        var scanner = new WordScanner(normal);
        while (scanner.MoveNext())
        {
            var (start, end) = (scanner.Start, scanner.End);
            if (!scanner.IsSimple)
            {
                AddSlowly(normal[start..end], start, tokens);
            }
            else if (_words.Find(normal.AsSpan(start, end - start)) is { Term.Length: > 0 } word)
            {
                tokens.Add(new Token(word.Term, start + word.Skip, end));
            }
        }

        return tokens;
    }

    private WordTerm AnalyzeWord(string word)
    {
        var tokens = new List<Token>(1);
        AddSlowly(word, 0, tokens);
        return tokens.Count == 0 ? new WordTerm("", 0) : new WordTerm(tokens[0].Term, tokens[0].Start);
    }

    private void AddSlowly(string text, int offset, List<Token> tokens)
    {
        using var stream = _analyzer.GetTokenStream("text", text);
        var term = stream.GetAttribute<ICharTermAttribute>();
        var range = stream.GetAttribute<IOffsetAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            var start = range.StartOffset + Elision(text.AsSpan(range.StartOffset..range.EndOffset));
            tokens.Add(new Token(
                $"{_name}:{term}",
                offset + start,
                offset + range.EndOffset));
        }

        stream.End();
    }

    // What the elision filter takes off is no part of the word: a highlight begins after it.
    private int Elision(ReadOnlySpan<char> word)
    {
        var length = ReferenceEquals(_name, "fr") ? word.IndexOf('\'') : -1;
        return length > 0 && FrenchChain.Articles.Contains(word[..length].ToString().ToLowerInvariant())
            ? length + 1
            : 0;
    }
}
