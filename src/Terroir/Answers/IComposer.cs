using Terroir.Energy;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>Writes an answer from passages: passages in, statements with the spans that support them out.</summary>
/// <remarks>Safe to call from several threads at once. Nothing that it returns counts as checked.</remarks>
internal interface IComposer
{
    /// <summary>Who writes: <c>extractive</c> or the model's name.</summary>
    string Provider { get; }

    /// <summary>Writes an answer.</summary>
    /// <param name="request">The question.</param>
    /// <param name="found">What was found: passages that the asker may read, best first, or none.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>Pieces of text as they come, if the composer shows its work, then the whole draft, once and last.
    /// </returns>
    IAsyncEnumerable<DraftEvent> ComposeAsync(
        AskRequest request,
        SearchResult found,
        CancellationToken cancellationToken);
}

/// <summary>A step of writing: <see cref="DraftText"/> or, last, <see cref="DraftDone"/>.</summary>
internal abstract record DraftEvent;

/// <summary>Text that was written just now; nothing in it is checked.</summary>
/// <param name="Text">The text.</param>
internal sealed record DraftText(string Text) : DraftEvent;

/// <summary>The draft is complete.</summary>
/// <param name="Draft">The draft.</param>
internal sealed record DraftDone(Draft Draft) : DraftEvent;

/// <summary>An answer before its citations are checked.</summary>
/// <param name="Provider">Who wrote it: <c>extractive</c> or the model's name.</param>
/// <param name="Statements">What it says; none is a refusal.</param>
internal sealed record Draft(string Provider, IReadOnlyList<Statement> Statements)
{
    /// <summary>The passages that it was written from, in the order in which they were shown.</summary>
    public IReadOnlyList<PassageHit> Shown { get; init; } = [];

    /// <summary>The model and its prompt; <see langword="null"/> for extracts.</summary>
    public ModelUse? Model { get; init; }

    /// <summary>What the policies said of the model; <see langword="null"/> where none were asked.</summary>
    public PolicyVerdict? Verdict { get; init; }

    /// <summary>Whether the policies kept the passages from the model: nothing was sent, and extracts stand in its
    /// place.</summary>
    public bool IsKept { get; init; }

    /// <summary>What models took; <see langword="null"/> where none was called, or what one took is not known.
    /// </summary>
    public ModelledEnergy? Energy { get; init; }

    /// <summary>What the asker should know, in their language.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>What they should know whoever answers in the end: that a person is asked.</summary>
    public string? Approval { get; init; }
}

/// <summary>A sentence of a draft.</summary>
/// <param name="Text">As it is shown, without markers.</param>
/// <param name="Supports">The spans that support it, at least one; the sentence stands only while all of them do.
/// </param>
internal sealed record Statement(string Text, IReadOnlyList<Support> Supports)
{
    /// <summary>Whether each support says the whole by itself; then the sentence stands while one of them does.
    /// </summary>
    public bool AreAlternatives { get; init; }

    /// <summary>Whether it begins a line, as an item of a list does.</summary>
    public bool StartsLine { get; init; }
}
