using System.Globalization;

namespace Terroir.Extraction;

/// <summary>Question: how close does what the readers make of a file come to its reference? Arguments: the folder
/// of the shared data, then the parts to run (<c>text</c>, <c>office</c>, <c>tables</c>, <c>recognition</c>,
/// <c>speed</c>; all by default) and <c>--verbose</c> for a line of each file.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (arguments.Length == 0 || !Directory.Exists(arguments[0]))
        {
            await Console.Error.WriteLineAsync("Give the folder of the data: Terroir.Extraction ../shared/data [part]");
            return 2;
        }

        var data = arguments[0];
        var isVerbose = arguments.Contains("--verbose", StringComparer.Ordinal);
        var parts = arguments.Skip(1).Where(part => !part.StartsWith("--", StringComparison.Ordinal)).ToArray();
        foreach (var part in parts.Length == 0 ? ["text", "office", "tables", "recognition", "speed"] : parts)
        {
            switch (part)
            {
                case "text":
                    await TextScore.RunAsync(Path.Combine(data, "docs", "pypdf-text"), Console.Out);
                    break;
                case "office":
                    await OfficeScore.RunAsync(Path.Combine(data, "office-public"), Console.Out);
                    break;
                case "tables":
                    await TableScore.RunAsync(Path.Combine(data, "docs", "icdar2013-tables"), isVerbose, Console.Out);
                    break;
                case "recognition":
                    await RecognitionScore.RunAsync(
                        Path.Combine(data, "docs", "tapuscorpus-fr-typewritten"), Console.Out);
                    break;
                case "speed":
                    await SpeedScore.RunAsync(data, Console.Out);
                    break;
                default:
                    await Console.Error.WriteLineAsync($"No part is called '{part}'.");
                    return 2;
            }
        }

        return 0;
    }
}
