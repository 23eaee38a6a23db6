namespace Terroir.Cli.Commands.Models;

/// <summary>What a model does on one thread of this machine.</summary>
/// <param name="Id">The model.</param>
/// <param name="PromptTokens">How many tokens the prompt had.</param>
/// <param name="PromptTokensPerCpuSecond">Tokens of the prompt for each second of processor time.</param>
/// <param name="DecodeTokens">How many tokens were written.</param>
/// <param name="DecodeTokensPerCpuSecond">Written tokens for each second of processor time.</param>
/// <param name="WeightBytes">The bytes of the weights, all of which a written token reads, save most of the embedding.
/// </param>
/// <param name="PeakResidentBytes">The most memory that the process held.</param>
/// <param name="StreamBytesPerCpuSecond">How fast one thread reads memory from end to end.</param>
/// <param name="ShareOfStream">Weight bytes read while writing, over that; above 1 if the weights fit into the caches.
/// </param>
internal sealed record ModelBenchResponse(
    string Id,
    int PromptTokens,
    double PromptTokensPerCpuSecond,
    int DecodeTokens,
    double DecodeTokensPerCpuSecond,
    long WeightBytes,
    long PeakResidentBytes,
    double StreamBytesPerCpuSecond,
    double ShareOfStream);
