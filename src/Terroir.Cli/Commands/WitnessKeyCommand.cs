using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Provenance.Notes;
using Terroir.Server;
using Terroir.Server.Witnesses;

namespace Terroir.Cli.Commands;

/// <summary>Shows what another site needs to watch this one, and to be watched by it.</summary>
internal static class WitnessKeyCommand
{
    private static readonly Option<string?> Confirm = new("--confirm")
    {
        Description = "After a restore: the file of the newest checkpoint of a log that this witness cosigned, such as "
            + "what the log serves at /tlog/checkpoint. It is cosigned again from there.",
    };

    private static readonly Option<string?> ConfirmNone = new("--confirm-none")
    {
        Description = "After a restore: the origin of a log of which this witness cosigned nothing since the backup.",
    };

    public static Command Create() => CommandLine.Create(
        "witness",
        "Shows the public keys that a site needs to witness this one, or to be witnessed by it.",
        "terroir key witness",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            if (parsed.GetValue(Confirm) is { } path)
            {
                return await ConfirmAsync(parsed, site, path, stop);
            }

            if (parsed.GetValue(ConfirmNone) is { } origin)
            {
                return site.Services.GetRequiredService<SiteWitness>().ConfirmNone(origin) is { } fault
                    ? await CommandLine.RefuseAsync(fault)
                    : await TellAsync(parsed, site, origin, size: null, stop);
            }

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
        },
        Confirm,
        ConfirmNone);

    private static async Task<int> ConfirmAsync(
        ParseResult parsed,
        Site site,
        string path,
        CancellationToken cancellationToken)
    {
        if (new FileInfo(path) is not { Exists: true, Length: <= SignedNote.LengthMax })
        {
            return await CommandLine.RefuseAsync($"'{path}' is no file of a checkpoint.");
        }

        try
        {
            var note = await File.ReadAllBytesAsync(path, cancellationToken);
            var witness = site.Services.GetRequiredService<SiteWitness>();
            var (confirmed, fault) = await witness.ConfirmAsync(note, cancellationToken);
            return confirmed is null
                ? await CommandLine.RefuseAsync(fault!)
                : await TellAsync(parsed, site, confirmed.Origin, confirmed.Size, cancellationToken);
        }
        catch (ProofFormatException exception)
        {
            return await CommandLine.RefuseAsync($"'{path}' is no checkpoint: {exception.Message}");
        }
    }

    private static async Task<int> TellAsync(
        ParseResult parsed,
        Site site,
        string origin,
        long? size,
        CancellationToken cancellationToken)
    {
        var detail = size is null ? "nothing since the backup" : string.Create(
            CultureInfo.InvariantCulture,
            $"{size} events");
        await OperatorLog.RecordAsync(
            site,
            EventKinds.Administered,
            origin,
            $"witness of {origin} confirmed: {detail}",
            cancellationToken);
        CommandLine.Print(
            parsed,
            new { log = origin, confirmed = size },
            [$"This witness cosigns {origin} again; confirmed was: {detail}."]);
        return ExitCode.Done;
    }
}
