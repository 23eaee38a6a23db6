namespace Terroir.Cli.Commands.Models;

/// <summary>What an encoder or a reranker does on one thread of this machine.</summary>
/// <param name="Id">The model.</param>
/// <param name="QueryTokens">How many tokens a question had.</param>
/// <param name="QueriesPerCpuSecond">Questions for each second of processor time.</param>
/// <param name="PassageTokens">How many tokens a passage had.</param>
/// <param name="PassagesPerCpuSecond">Passages for each second of processor time.</param>
/// <param name="WeightBytes">The bytes of the weights.</param>
/// <param name="PeakResidentBytes">The most memory that the process held.</param>
internal sealed record EncoderBenchResponse(
    string Id,
    int QueryTokens,
    double QueriesPerCpuSecond,
    int PassageTokens,
    double PassagesPerCpuSecond,
    long WeightBytes,
    long PeakResidentBytes);
