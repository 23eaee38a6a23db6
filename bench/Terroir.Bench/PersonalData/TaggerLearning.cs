using System.Globalization;
using System.Security.Cryptography;
using Terroir.Protection.PersonalData.Names.Tagging;
using Terroir.Protection.PersonalData.Synthetic;

namespace Terroir.Bench.PersonalData;

/// <summary>Learns the weights of the tagger of names anew, as the repository has them.</summary>
internal static class TaggerLearning
{
    private const ulong Seed = 20261127;
    private const int DocumentCount = 12_000;
    private const int RoundCount = 6;

    /// <summary>Writes the weights to the file that an argument names. With <c>--apart</c> nothing is learned from the
    /// training templates, so that <c>pii --training</c> then tells of sentences that were never seen.</summary>
    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var file = Array.Find(arguments, argument => !argument.StartsWith('-')) ?? "names.tagger";
        var isApart = arguments.Contains("--apart", StringComparer.Ordinal);
        var weights = new TaggerTraining(Seed)
            .Learn(TaggerDocuments.Make(Seed, DocumentCount, isApart), RoundCount, cancellationToken)
            .ToBytes();
        await File.WriteAllBytesAsync(file, weights, cancellationToken);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{file}: {weights.Length} bytes, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(weights))}"));
    }
}
