namespace Terroir.Ingestion.Quality;

/// <summary>The codes of what may make a document worse than A. They are shown in JSON; they do not change.</summary>
public static class QualityCodes
{
    /// <summary>All of them: the console has words for each in every language.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Evidence.OddCharacters, Evidence.WrongEncoding, Evidence.ImplausibleWords, Evidence.WordLength,
        Evidence.Confidence, Evidence.EmptyPages, Evidence.ReaderWarnings,
        "title-missing", "name-empty", "format-without-properties", "author-missing", "date-missing",
        "language-unknown",
        "old", "age-unknown", "expired", "expires-soon",
        "has-copies", "is-older-copy", "has-versions", "is-older-version",
        "nearly-empty", "headings-missing", "headings-rare", "table-headers-missing", "cut-off",
        "open-although-labelled", "open-although-marked", "nobody-reads", "open-without-label", "label-missing",
        Evidence.Orders, Evidence.ConcealedCharacters, Evidence.HiddenPieces,
    ];
}
