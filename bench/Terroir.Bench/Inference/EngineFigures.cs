namespace Terroir.Bench.Inference;

/// <summary>What was measured of one engine.</summary>
/// <param name="ReadBytes">The bytes of weights that a token reads.</param>
/// <param name="Prompts">Tokens a CPU-second, for each size of a prompt.</param>
/// <param name="Decode">Tokens a CPU-second, of all sequences together.</param>
/// <param name="PeakBytes">The most memory, above what was held before.</param>
internal sealed record EngineFigures(long ReadBytes, double[] Prompts, double Decode, long PeakBytes)
{
    /// <summary>The best of two runs: noise of other programs only slows.</summary>
    public EngineFigures Best(EngineFigures other) => new(
        ReadBytes,
        [.. Prompts.Zip(other.Prompts, Math.Max)],
        Math.Max(Decode, other.Decode),
        Math.Min(PeakBytes, other.PeakBytes));
}
