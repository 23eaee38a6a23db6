using Terroir.Answers;

namespace Terroir.Server.Endpoints;

/// <summary>The text of a chat as a JSON object, for programs.</summary>
/// <param name="Answer">The answer, with markers such as <c>[1]</c>.</param>
/// <param name="Refused">Whether nothing readable supports an answer.</param>
/// <param name="Citations">The citations; the first is <c>[1]</c>.</param>
/// <param name="Notices">What the asker should know; may be empty.</param>
public sealed record AnswerObject(
    string Answer,
    bool Refused,
    IReadOnlyList<CitationResponse> Citations,
    IReadOnlyList<string> Notices)
{
    /// <summary>Translates an answer.</summary>
    /// <param name="answer">The answer.</param>
    internal static AnswerObject From(Answer answer) => new(
        answer.Text,
        answer.IsRefused,
        [.. answer.Citations.Select(CitationResponse.From)],
        answer.Notices);
}
