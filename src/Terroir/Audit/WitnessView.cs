namespace Terroir.Audit;

/// <summary>What is known of a witness.</summary>
/// <param name="Name">Its address.</param>
/// <param name="Size">How many events the checkpoint counts that it cosigned last, as far as this process
/// knows.</param>
/// <param name="Outcome">What came of the last question.</param>
/// <param name="Status">The status code of its last reply; 0 without one.</param>
public sealed record WitnessView(string Name, long Size, WitnessOutcome Outcome, int Status);
