using System.ComponentModel.DataAnnotations;

namespace Terroir.Server.Endpoints;

/// <summary>The body of <c>POST /api/ask</c>.</summary>
/// <param name="Question">The question in plain language; 1 to 4,000 characters.</param>
/// <param name="Collections">Only these collections; none for all.</param>
/// <param name="Language">The language of sentences that are ours: <c>fr</c> or <c>en</c>; none takes the question's.
/// </param>
/// <param name="Engine">Who writes: <c>extractive</c>, or a model of this machine by its id; none takes what the
/// settings say.</param>
/// <param name="Conversation">The conversation that the question goes on with, by its id, or <c>new</c>; none keeps
/// nothing.</param>
/// <param name="Purpose">What the answer is for, if the policies of the site ask: up to 64 characters.</param>
public sealed record AskBody(
    [Required, StringLength(4_000, MinimumLength = 1)] string Question,
    [CollectionNames] IReadOnlyList<string>? Collections = null,
    [RegularExpression("fr|en", ErrorMessage = "The language is 'fr' or 'en'.")] string? Language = null,
    [StringLength(200)] string? Engine = null,
    [RegularExpression(
        "new|[0-9a-f]{32}",
        ErrorMessage = "A conversation is 'new', or the id that an answer gave.")]
    string? Conversation = null,
    [StringLength(64)] string? Purpose = null);
