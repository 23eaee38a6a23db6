using Terroir.Readers.Workers;

namespace Terroir.Cli.Commands;

/// <summary>The verb that no person uses: this process reads files for another one.</summary>
internal static class ReadWorkerCommandLine
{
    public static async Task<int> RunAsync(bool recognizes)
    {
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();

        // Answers have standard output for themselves, whatever a library prints.
        Console.SetOut(TextWriter.Null);
        return await (recognizes
            ? ReadWorkerProcess.RecognizeAsync(input, output, CancellationToken.None)
            : ReadWorkerProcess.RunAsync(input, output, CancellationToken.None));
    }
}
