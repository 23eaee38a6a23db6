using System.Globalization;

namespace Terroir.Answers;

/// <summary>Tells that a document which an answer cites says that it does not hold today.</summary>
internal static class ValidityNotices
{
    /// <summary>One notice for each such document, in the order of the citations.</summary>
    /// <param name="citations">The citations of the answer.</param>
    /// <param name="words">The sentences in the language of the answer.</param>
    /// <param name="today">The day of the question.</param>
    public static IEnumerable<string> Of(IEnumerable<Citation> citations, AnswerWords words, DateOnly today) =>
        citations.DistinctBy(citation => (citation.Collection, citation.Document)).SelectMany(citation =>
            citation.ValidUntil < today ? [Tell(words.NoLongerValid, citation.Title, citation.ValidUntil.Value, words)]
            : citation.ValidFrom > today ? [Tell(words.NotYetValid, citation.Title, citation.ValidFrom.Value, words)]
            : Array.Empty<string>());

    private static string Tell(string sentence, string title, DateOnly day, AnswerWords words) => string.Format(
        CultureInfo.InvariantCulture,
        sentence,
        title,
        day.ToString(words.DayFormat, CultureInfo.InvariantCulture));
}
