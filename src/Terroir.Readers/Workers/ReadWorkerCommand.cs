namespace Terroir.Readers.Workers;

/// <summary>How a reading process is started: the terroir command with the verb <see cref="Verb"/>.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record ReadWorkerCommand(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The verb by which the command becomes a reading process.</summary>
    public const string Verb = "read-worker";

    /// <summary>The argument after <see cref="Verb"/> by which the process recognises the letters of pictures.
    /// </summary>
    public const string RecognitionArgument = "recognition";

    private const string Assembly = "Terroir.Cli.dll";

    // With what some systems put behind the name of a program.
    private static readonly string[] Names = ["terroir", "terroir.exe", "Terroir.Cli", "Terroir.Cli.exe"];

    /// <summary>Finds the command that this process is, or that stands beside it.</summary>
    /// <returns>How to start a reading process.</returns>
    /// <exception cref="ReaderUnavailableException">The command is nowhere to be found.</exception>
    public static ReadWorkerCommand Find() => Find(Environment.ProcessPath, AppContext.BaseDirectory);

    /// <summary>The same command as a process that recognises the letters of pictures.</summary>
    /// <returns>How to start it.</returns>
    public ReadWorkerCommand ForRecognition() => this with { Arguments = [.. Arguments, RecognitionArgument] };

    /// <summary>Finds the command that a process is, or that stands in a folder.</summary>
    internal static ReadWorkerCommand Find(string? process, string folder)
    {
        // The whole name: 'Terroir.Tests' is not 'Terroir' with an extension.
        if (process is not null && Names.Contains(Path.GetFileName(process), StringComparer.OrdinalIgnoreCase))
        {
            return new ReadWorkerCommand(process, [Verb]);
        }

        var assembly = Path.Combine(folder, Assembly);
        return File.Exists(assembly)
            ? new ReadWorkerCommand("dotnet", [assembly, Verb])
            : throw new ReaderUnavailableException($"{Assembly} is not in {folder}");
    }
}
