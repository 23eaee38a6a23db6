using Terroir.Access;
using Terroir.Energy;

namespace Terroir.Answers;

/// <summary>Answers questions from what the asker may read, with checked citations.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
public interface IAnswerer
{
    /// <summary>Who writes the answers: <c>extractive</c> or the model's name. When a model fails, an answer may still
    /// be <c>extractive</c>.</summary>
    string Provider { get; }

    /// <summary>Answers a question.</summary>
    /// <param name="request">The question.</param>
    /// <param name="cancellationToken">Stops the answer.</param>
    /// <returns>The answer; when nothing readable supports one, a refusal.</returns>
    Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken);

    /// <summary>Answers a question piece by piece.</summary>
    /// <param name="request">The question.</param>
    /// <param name="cancellationToken">Stops the answer.</param>
    /// <returns>Texts as they come (unchecked for a generative provider), then the whole checked answer, once and
    /// last.</returns>
    IAsyncEnumerable<AnswerEvent> StreamAsync(AskRequest request, CancellationToken cancellationToken);
}

/// <summary>A question.</summary>
public sealed record AskRequest
{
    /// <summary>The question in plain language; 1 to 4,000 characters.</summary>
    public required string Question { get; init; }

    /// <summary>Who asks.</summary>
    public required Asker Asker { get; init; }

    /// <summary>Only these collections; empty for all.</summary>
    public IReadOnlyList<CollectionId> Collections { get; init; } = [];

    /// <summary>The language of sentences that are ours, such as a refusal: <c>fr</c> or <c>en</c>; empty takes the
    /// question's.</summary>
    public string Language { get; init; } = "";

    /// <summary>Who writes: <c>extractive</c>, the model of the settings, or the id of a model of this machine; empty
    /// takes what the settings say.</summary>
    public string Engine { get; init; } = "";

    /// <summary>What the answer is for, such as <c>soins</c>: one of the purposes that the policies of the site know;
    /// empty if the asker did not say. What they say is stated, not checked.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>What begins a conversation, as <see cref="Conversation"/>.</summary>
    public const string NewConversation = "new";

    /// <summary>The conversation of the asker that this question goes on with, by its id, or
    /// <see cref="NewConversation"/>; empty keeps nothing. In a conversation the question that is answered, and that
    /// the receipt states, is the one that stands alone.</summary>
    public string Conversation { get; init; } = "";

    /// <summary>The question as it was asked, where <see cref="Question"/> was completed from the one before it; else
    /// empty. An answer is about its words too.</summary>
    internal string Asked { get; init; } = "";

    /// <summary>What models took for it so far, and go on to take; <see langword="null"/> before the first.</summary>
    internal EnergyCount? Energy { get; init; }
}

/// <summary>A piece of an answer: <see cref="AnswerText"/> or, last, <see cref="AnswerDone"/>.</summary>
public abstract record AnswerEvent;

/// <summary>Text that follows what came before.</summary>
/// <param name="Text">The text.</param>
public sealed record AnswerText(string Text) : AnswerEvent
{
    /// <summary>Whether its citations were checked. What a model writes is shown before the check, and the whole
    /// answer replaces it.</summary>
    public bool IsChecked { get; init; } = true;
}

/// <summary>The answer is complete.</summary>
/// <param name="Answer">The whole answer with its checked citations.</param>
public sealed record AnswerDone(Answer Answer) : AnswerEvent;
