using System.Globalization;
using System.Runtime.CompilerServices;
using Terroir.Answers.Extractive;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>Answers without a model: each statement is the sentence that it cites.</summary>
internal sealed class QuotingComposer : IComposer
{
    private const string Name = "extractive";

    public string Provider => Name;

    /// <summary>Chooses the sentences.</summary>
    public static Draft Compose(AskRequest request, SearchResult found)
    {
        var extract = ExtractiveComposer.Choose(request.Question, found);
        return new Draft(Name, [.. extract.Statements.Select(Write)])
        {
            Shown = found.Hits,
            Notices = [.. NoticesOf(extract, AnswerWords.For(request))],
        };
    }

    public async IAsyncEnumerable<DraftEvent> ComposeAsync(
        AskRequest request,
        SearchResult found,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new DraftDone(Compose(request, found));
    }

    // A list has lines of its own, and so has what follows it.
    private static Statement Write(IReadOnlyList<Support> supports, int index) =>
        new(supports[0].Shown, supports)
        {
            AreAlternatives = true,
            StartsLine = index > 0 && supports[0].Shown.Contains('\n', StringComparison.Ordinal),
        };

    private static IEnumerable<string> NoticesOf(Extract extract, AnswerWords words)
    {
        if (extract.IsPartial)
        {
            yield return words.PartMissing;
        }

        if (extract.OlderTitle.Length > 0)
        {
            yield return string.Format(CultureInfo.InvariantCulture, words.OlderDiffers, extract.OlderTitle);
        }

        if (extract.OnlyOlderTitle.Length > 0)
        {
            yield return string.Format(CultureInfo.InvariantCulture, words.OnlyOlder, extract.OnlyOlderTitle);
        }
    }
}
