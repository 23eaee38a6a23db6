using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>A sentence of a passage, and how well it answers.</summary>
/// <param name="Hit">The passage.</param>
/// <param name="Start">Its first character in the passage's text.</param>
/// <param name="End">The character after the last.</param>
/// <param name="Coverage">The share of the question's weight that the sentence with its context covers: 0 to 1.</param>
/// <param name="Score">What sentences are chosen by.</param>
internal sealed record Support(PassageHit Hit, int Start, int End, double Coverage, double Score)
{
    public string Text => Hit.Text[Start..End];
}
