using System.CommandLine;
using Terroir.Ingestion;

namespace Terroir.Cli.Commands;

/// <summary>Tries quarantined files again.</summary>
internal static class RetryCommand
{
    public static Command Create() => CommandLine.Create(
        "retry",
        "Tries files in quarantine again.",
        "terroir retry",
        (parsed, stop) => SyncCommand.RunAsync(
            parsed,
            source: null,
            new SyncOptions { RetryQuarantined = true },
            stop));
}
