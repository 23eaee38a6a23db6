namespace Terroir.Answers.Extractive;

/// <summary>What was chosen from the passages.</summary>
/// <param name="Statements">For each statement the spans that say it, the best first; none is a refusal.</param>
internal sealed record Extract(IReadOnlyList<IReadOnlyList<Support>> Statements)
{
    /// <summary>Whether a part of the question found no answer while another did.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The title of an older version that says something else than the newer one that is quoted; empty if
    /// there is none.</summary>
    public string OlderTitle { get; init; } = "";

    /// <summary>The title of an older version that is quoted because the newer one does not answer; empty if there is
    /// none.</summary>
    public string OnlyOlderTitle { get; init; } = "";
}
