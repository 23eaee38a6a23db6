namespace Terroir.Ingestion.Quality;

/// <summary>The codes of what is measured. They are stored; they do not change.</summary>
internal static class Evidence
{
    /// <summary>Words of running text that could be looked at.</summary>
    public const string Words = "words";

    /// <summary>The mean confidence of the reader in the pages that have text, 0 to 1.</summary>
    public const string Confidence = "confidence";

    /// <summary>The share of pages without text.</summary>
    public const string EmptyPages = "empty-pages";

    /// <summary>The share of characters that no author writes.</summary>
    public const string OddCharacters = "odd-characters";

    /// <summary>The share of letters that were decoded with the wrong table.</summary>
    public const string WrongEncoding = "wrong-encoding";

    /// <summary>The share of words that no French or English word looks like.</summary>
    public const string ImplausibleWords = "implausible-words";

    /// <summary>The share of words that are function words of French or English.</summary>
    public const string FunctionWords = "function-words";

    /// <summary>The mean number of letters in a word.</summary>
    public const string WordLength = "word-length";

    /// <summary>The number of things that the reader could not do well.</summary>
    public const string ReaderWarnings = "reader-warnings";

    /// <summary>2 if the title is stated, 1 if it is the first heading, 0 if it is the file's name.</summary>
    public const string Title = "title";

    /// <summary>1 if the file's name says nothing, such as <c>scan0001</c>.</summary>
    public const string EmptyName = "empty-name";

    /// <summary>The number of authors that are stated.</summary>
    public const string Authors = "authors";

    /// <summary>1 if the document states a date.</summary>
    public const string Dated = "dated";

    /// <summary>1 if the format can hold authors and dates.</summary>
    public const string HasProperties = "has-properties";

    /// <summary>1 if the language is stated or can be told from the text.</summary>
    public const string Language = "language";

    /// <summary>The day of the last change, in days since 1970-01-01.</summary>
    public const string ChangedDay = "changed-day";

    /// <summary>The last day of validity, in days since 1970-01-01.</summary>
    public const string ValidUntilDay = "valid-until-day";

    /// <summary>The number of headings.</summary>
    public const string Headings = "headings";

    /// <summary>The most words between two headings.</summary>
    public const string LongestRun = "longest-run";

    /// <summary>The number of tables.</summary>
    public const string Tables = "tables";

    /// <summary>The number of tables of which no header is known.</summary>
    public const string BareTables = "bare-tables";

    /// <summary>1 if the text ends within a sentence.</summary>
    public const string CutOff = "cut-off";

    /// <summary>1 if a line of the document says that it is confidential.</summary>
    public const string Marked = "marked";

    /// <summary>What speaks for orders to a language model, in points.</summary>
    public const string Orders = "orders";

    /// <summary>The number of characters that hide text or turn it around.</summary>
    public const string ConcealedCharacters = "concealed-characters";

    /// <summary>The number of pieces of hidden text that the reader left out.</summary>
    public const string HiddenPieces = "hidden-pieces";
}
