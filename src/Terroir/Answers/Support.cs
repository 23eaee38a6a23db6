using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>A span of a passage, and how well it answers.</summary>
/// <param name="Hit">The passage.</param>
/// <param name="Start">Its first character in the passage's text.</param>
/// <param name="End">The character after the last.</param>
/// <param name="Coverage">The share of the question's weight that the span with its context covers: 0 to 1.</param>
/// <param name="Score">What spans are chosen by.</param>
internal sealed record Support(PassageHit Hit, int Start, int End, double Coverage, double Score)
{
    /// <summary>The span as it is stored.</summary>
    public string Text => Hit.Text[Start..End];

    /// <summary>The span as a person is shown it.</summary>
    public string Shown { get; init; } = "";
}
