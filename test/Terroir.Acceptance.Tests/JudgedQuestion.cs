using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Terroir.Answers;

namespace Terroir.Acceptance.Tests;

/// <summary>A question about the sample corpus and what its answer must hold.</summary>
/// <param name="Id">Its number.</param>
/// <param name="As">Who asks.</param>
/// <param name="Question">The question.</param>
/// <param name="Documents">The answer cites one of these paths.</param>
/// <param name="Words">The answer holds all of these, whatever their accents, case and spaces.</param>
/// <param name="Refused">Whether the answer must be a refusal.</param>
/// <param name="Language">The question's language.</param>
internal sealed record JudgedQuestion(
    string Id,
    [property: JsonPropertyName("as")] string As,
    string Question,
    IReadOnlyList<string> Documents,
    IReadOnlyList<string> Words,
    bool Refused,
    string Language)
{
    /// <summary>Reads a set of questions of the sample.</summary>
    public static IReadOnlyList<JudgedQuestion> Read(string name) =>
        [.. File.ReadLines(Path.Combine(Repository.Root, "samples", "chu-valmont", name))
            .Select(line => JsonSerializer.Deserialize<JudgedQuestion>(line, JsonSerializerOptions.Web)!)];

    /// <summary>Whether an answer is as judged.</summary>
    public bool IsMetBy(Answer answer) => Refused
        ? answer.IsRefused
        : !answer.IsRefused
            && answer.Citations.Any(citation => Documents.Contains(citation.Path, StringComparer.Ordinal))
            && Words.All(words => Fold(answer.Text).Contains(Fold(words), StringComparison.Ordinal));

    /// <summary>Says what is wrong with an answer, for whoever reads the test's report.</summary>
    public string Explain(Answer answer) =>
        $"{Id} {As}: {Question}\n  expected: "
        + (Refused ? "a refusal" : $"{string.Join(" | ", Documents)} with {string.Join(" and ", Words)}")
        + $"\n  answer:   {answer.Text.ReplaceLineEndings(" / ")}"
        + string.Concat(answer.Citations.Select(citation => $"\n  [{citation.Number}] {citation.Path}"));

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var value in NormalForm.Of(text, NormalizationForm.FormD))
        {
            if (char.IsWhiteSpace(value))
            {
                folded.Append(folded.Length > 0 && folded[^1] != ' ' ? " " : "");
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(value) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(value == '’' ? '\'' : char.ToLowerInvariant(value));
            }
        }

        return folded.ToString();
    }
}
