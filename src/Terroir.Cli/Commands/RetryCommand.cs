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
        async (parsed, stop) =>
        {
            await using (var site = CommandLine.Open(parsed))
            {
                await OperatorLog.RecordAsync(site, "retry", stop);
            }

            return await SyncCommand.RunAsync(
                parsed,
                source: null,
                new SyncOptions { RetryQuarantined = true },
                stop);
        });
}
