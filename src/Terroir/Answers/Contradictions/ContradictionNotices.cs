using System.Globalization;
using Terroir.Catalog;
using Terroir.Retrieval;

namespace Terroir.Answers.Contradictions;

/// <summary>Tells with an answer which other documents say something else than what it cites, each with a citation of
/// its own.</summary>
internal sealed class ContradictionNotices(ICatalog catalog)
{
    /// <summary>How many other documents are named.</summary>
    internal const int NoticeCountMax = 3;

    private readonly OtherDocuments _others = new(catalog);
    private readonly CitationCheck _check = new(catalog);

    /// <summary>Adds the notices and their citations.</summary>
    /// <param name="answer">The answer, its citations checked.</param>
    /// <param name="draft">What it was written from.</param>
    /// <param name="request">Who asks what.</param>
    /// <param name="found">What the search found.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<Answer> AddAsync(
        Answer answer,
        Draft draft,
        AskRequest request,
        SearchResult found,
        CancellationToken cancellationToken)
    {
        var cited = draft.Statements.SelectMany(statement => statement.Supports)
            .Where(support => answer.Citations.Any(citation => citation.Document == support.Hit.Document.Id
                && string.Equals(citation.Quote, support.Text, StringComparison.Ordinal)))
            .ToArray();
        var words = AnswerWords.For(request);
        var (citations, notices) = (answer.Citations.ToList(), answer.Notices.ToList());
        foreach (var other in (await _others.FindAsync(cited, found, cancellationToken)).Take(NoticeCountMax))
        {
            if (await CheckAsync(other.Other, citations.Count + 1, request, cancellationToken) is not { } checkedNow)
            {
                continue;
            }

            // A span that is cited already keeps its number.
            var citation = citations.Find(known => Overlap(known, checkedNow)) ?? checkedNow;
            if (ReferenceEquals(citation, checkedNow))
            {
                citations.Add(citation);
            }

            // What is told with its figures need not be told without.
            notices.Remove(string.Format(CultureInfo.InvariantCulture, words.OlderDiffers, citation.Title));
            notices.Add(Write(other, citation, words));
        }

        return answer with { Citations = citations, Notices = notices };
    }

    private static bool Overlap(Citation one, Citation other) =>
        one.Collection == other.Collection && one.Document == other.Document
        && one.Start < other.End && other.Start < one.End;

    private static string Write(OtherStatement other, Citation citation, AnswerWords words)
    {
        var text = other.OtherFigures.Length == 0
            ? other.IsOlder ? words.OlderDenies : words.OtherDenies
            : other.IsOlder ? words.OlderSaid : words.OtherSays;
        return string.Format(
            CultureInfo.InvariantCulture,
            text,
            citation.Title,
            citation.Number,
            other.CitedFigures,
            other.OtherFigures);
    }

    private async Task<Citation?> CheckAsync(
        Support support,
        int number,
        AskRequest request,
        CancellationToken cancellationToken)
    {
        try
        {
            return await _check.CheckAsync(support, number, request.Asker, cancellationToken);
        }
        catch (TerroirException exception) when (exception is BlobCorruptException or BlobMissingException)
        {
            return null;
        }
    }
}
