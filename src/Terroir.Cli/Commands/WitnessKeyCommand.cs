using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Audit;
using Terroir.Server.Witnesses;

namespace Terroir.Cli.Commands;

/// <summary>Shows what another site needs to watch this one, and to be watched by it.</summary>
internal static class WitnessKeyCommand
{
    public static Command Create() => CommandLine.Create(
        "witness",
        "Shows the public keys that a site needs to witness this one, or to be witnessed by it.",
        "terroir key witness",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var log = $"{site.Services.GetRequiredService<ILedger>().Key}";
            var keys = await site.Services.GetRequiredService<SiteWitness>().ReadKeysAsync(stop);
            var witness = keys.Select(key => $"{key}").ToArray();
            CommandLine.Print(
                parsed,
                new { log, witness },
                [
                    "For who shall witness this site, in its terroir.yaml under 'witness:' and 'logs:':",
                    $"  - {log}",
                    "For whom this site shall witness, in their terroir.yaml under 'ledger:' and 'witnesses:':",
                    "  - url: https://THIS-SITE/witness",
                    "    keys:",
                    .. witness.Select(key => $"      - {key}"),
                ]);
            return ExitCode.Done;
        });
}
