namespace Terroir.Web;

/// <summary>The words of the search page in English.</summary>
internal static class EnglishSearchWords
{
    public static SearchText All { get; } = new()
    {
        Navigation = "Search",
        Title = "Search for passages",
        QueryLabel = "Words",
        QueryHint = "Words in a row in quotes, and a word to leave out after a hyphen: “visiting hours” -children.",
        FiltersTitle = "Filters",
        TypeLabel = "Kind of file",
        AnyType = "Any",
        LabelLabel = "Classification",
        LabelHint = "As it is written on documents, for instance interne.",
        FromLabel = "Changed from",
        UntilLabel = "Changed until",
        Button = "Search",
        ResultsTitle = "Results",
        Count = "Documents found, best first: {0}.",
        CountFull = "The {0} best documents; add words or a filter to see others.",
        Nothing = "No document that you may read holds these words.",
        Suggestion = "Did you mean",
        Why = "Why this result?",
        WhyHint =
            "What each word of the search is worth in this document, counted over documents that you may "
            + "read and no others.",
        Term = "Word",
        Origin = "From",
        InDocuments = "Documents",
        InText = "Times in the text",
        Points = "Points",
        Score = "Total",
        TooManyWords = "The search is too long: 4,000 characters and 64 different words at most.",
        BadDay = "That is not a date. Write it like this: 2026-11-26.",
        Types = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["pdf"] = "PDF",
            ["word"] = "Text document (Word, OpenDocument)",
            ["excel"] = "Spreadsheet",
            ["powerpoint"] = "Presentation",
            ["html"] = "Web page",
            ["text"] = "Plain text",
            ["markdown"] = "Markdown",
            ["mail"] = "Mail",
            ["image"] = "Picture",
        },
        Origins = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["query"] = "search",
            ["identifier"] = "number or date",
            ["acronym"] = "acronym",
        },
        Parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["document"] = "document",
            ["meaning"] = "meaning",
            ["passage"] = "passage",
            ["recurring"] = "repeated text",
            ["group"] = "copy",
        },
    };
}
