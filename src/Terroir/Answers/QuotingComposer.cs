using System.Runtime.CompilerServices;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>Answers without a model: each statement is the sentence that it cites.</summary>
internal sealed class QuotingComposer : IComposer
{
    private const string Name = "extractive";

    public string Provider => Name;

    /// <summary>Chooses the sentences.</summary>
    public static Draft Compose(AskRequest request, IReadOnlyList<PassageHit> hits) => new(
        Name,
        [
            .. ExtractiveComposer.Choose(request.Question, hits)
                .Select(support => new Statement(Show(support.Text), [support])),
        ]);

    public async IAsyncEnumerable<DraftEvent> ComposeAsync(
        AskRequest request,
        IReadOnlyList<PassageHit> hits,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new DraftDone(Compose(request, hits));
    }

    // A row is shown as its cells; the quote keeps the bytes.
    private static string Show(string quote) => quote.StartsWith('|')
        ? string.Join(" – ", quote.Trim('|', ' ').Split(" | ").Where(cell => cell.Trim().Length > 0))
        : quote.TrimStart('-', ' ');
}
