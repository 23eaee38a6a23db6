namespace Terroir.Readers.Workers;

/// <summary>How a reading process is started: the terroir command with the verb <see cref="Verb"/>.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record ReadWorkerCommand(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The verb by which the command becomes a reading process.</summary>
    public const string Verb = "read-worker";

    private const string Assembly = "Terroir.Cli.dll";

    private static readonly string[] Names = ["terroir", "Terroir.Cli"];

    /// <summary>Finds the command that this process is, or that stands beside it.</summary>
    /// <returns>How to start a reading process.</returns>
    /// <exception cref="ReaderUnavailableException">The command is nowhere to be found.</exception>
    public static ReadWorkerCommand Find()
    {
        var own = Environment.ProcessPath ?? "dotnet";
        if (Names.Contains(Path.GetFileNameWithoutExtension(own), StringComparer.OrdinalIgnoreCase))
        {
            return new ReadWorkerCommand(own, [Verb]);
        }

        var assembly = Path.Combine(AppContext.BaseDirectory, Assembly);
        return File.Exists(assembly)
            ? new ReadWorkerCommand("dotnet", [assembly, Verb])
            : throw new ReaderUnavailableException($"{Assembly} is not in {AppContext.BaseDirectory}");
    }
}
