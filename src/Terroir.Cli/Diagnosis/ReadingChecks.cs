using Terroir.Readers.Workers;

namespace Terroir.Cli.Diagnosis;

/// <summary>Checks the processes that read files.</summary>
internal static class ReadingChecks
{
    private const string Name = "reading";

    public static async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var pool = new ReadWorkerPool(ReadWorkerCommand.Find(), size: 1);
            var (hasLimits, hasFilter, noGroupReason) = await pool.ProbeAsync(cancellationToken);
            return hasLimits && hasFilter
                ? Finding.Sound(
                    Name,
                    "Files are read in processes with limits, without network and without writing. "
                    + Describe(noGroupReason))
                : Finding.Warning(
                    Name,
                    $"Files are read in processes {(hasLimits ? "with" : "without")} limits and "
                    + $"{(hasFilter ? "with" : "without")} a filter of system calls.",
                    "A hostile file that takes its reader over could reach the network or other files.",
                    "systemd-run --property=NoNewPrivileges=yes terroir serve  # on Linux for x86-64 or ARM64");
        }
        catch (ReaderUnavailableException exception)
        {
            return Finding.Problem(
                Name,
                exception.Message,
                "No document can be taken in.",
                "dotnet build src/Terroir.Cli");
        }
    }

    // Not a warning: nearly all that a group bounds is bounded without one, and a container cannot always have them.
    private static string Describe(string? noGroupReason) => noGroupReason is null
        ? "Each has a control group with what it starts."
        : $"Limits are those of single processes, not of a control group: {noGroupReason}.";
}
