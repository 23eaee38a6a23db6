using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Terroir.Cli.Output;
using Terroir.Protection;
using Terroir.Provenance.Erasures;
using Terroir.Provenance.Receipts;
using Terroir.Retention;
using Terroir.Server;
using Terroir.Server.Retention;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Cli.Commands.Retention;

/// <summary>Orders erasures, runs them to their end, and writes their certificates.</summary>
internal sealed class ErasureRun(ParseResult parsed, Site site)
{
    public static Option<string[]> Backup { get; } = new("--backup")
    {
        Description = "A backup at hand, to be brought up to date and emptied of the documents; may be given again.",
    };

    public static Option<bool> KeepMasterKey { get; } = new("--keep-master-key")
    {
        Description = "Keep the master key, so that older backups open with it, also the erased documents of them.",
    };

    public static Option<string?> Output { get; } = new("--output", "-o")
    {
        Description = "Where the certificate is written. Without it: erasure-ID.json here.",
    };

    private readonly Eraser _eraser = site.Services.GetRequiredService<Eraser>();

    private bool HasOwnMasterKey =>
        site.Services.GetRequiredService<IOptions<ProtectionOptions>>().Value is { MasterKey: "", Passphrase: "" };

    private bool IsSealing => site.Services.GetRequiredService<IContentCipher>().IsSealing;

    /// <summary>Brings to their end what earlier runs left.</summary>
    public async Task<int> FinishPendingAsync(CancellationToken stop)
    {
        var exit = ExitCode.Done;
        foreach (var order in await _eraser.ListPendingAsync(stop))
        {
            exit = Math.Max(exit, await RunAsync(order, stop));
        }

        return exit;
    }

    /// <summary>Orders an erasure and runs it.</summary>
    public async Task<int> EraseAsync(ErasureRequest request, CancellationToken stop)
    {
        try
        {
            return await RunAsync(await _eraser.OrderAsync(request, stop), stop);
        }
        catch (DocumentHeldException exception)
        {
            await CommandLine.RefuseAsync($"{exception.Code}: {exception.Message}");
            return ExitCode.Held;
        }
    }

    private async Task<int> RunAsync(ErasureOrder order, CancellationToken stop)
    {
        var more = new List<IErasable>();
        var isChanged = HasOwnMasterKey && IsSealing && !parsed.GetValue(KeepMasterKey);
        if (isChanged)
        {
            more.Add(new MasterKeyChange(
                site.Folder,
                site.Services.GetRequiredService<IKeyRing>(),
                site.Services.GetRequiredService<IOptions<ProtectionOptions>>().Value));
        }

        more.AddRange((parsed.GetValue(Backup) ?? []).Select(folder =>
            new BackupAtHand(site, Path.GetFullPath(folder))));
        var path = Path.GetFullPath(parsed.GetValue(Output) ?? $"erasure-{order.Id}.json");
        var outcome = await Waiting.WithMarkAsync(
            $"Erasing {Terminal.Count(order.Documents.Count, "document")}",
            () => _eraser.RunAsync(order, more, Unreached(isChanged), (done, _) => WriteAsync(path, done), stop));
        if (outcome.Certificate is not { } certificate)
        {
            ErasureText.PrintResidue(parsed, outcome);
            return ExitCode.Failed;
        }

        ErasureText.PrintOutcome(parsed, outcome, certificate.Certificate, path, isChanged);
        return ExitCode.Done;
    }

    // Before the erasure is complete: what opens the certificate is nowhere else.
    private static Task WriteAsync(string path, ErasureOutcome outcome)
    {
        DurableFile.Replace(path, outcome.Certificate!.Bundle.Span, DurableFile.OwnerOnly);
        DurableFile.Replace(ReceiptFiles.ProofOf(path), outcome.Certificate.Proof.Span, DurableFile.OwnerOnly);
        DurableFile.Replace(
            ReceiptFiles.OpeningsOf(path),
            new ReceiptOpenings { Question = outcome.Asked }.ToBytes(),
            DurableFile.OwnerOnly);
        return Task.CompletedTask;
    }

    private IReadOnlyList<string> Unreached(bool isMasterKeyChanged) =>
    [
        Reach.Paper,
        Reach.Sources,
        Reach.OtherSites,
        Reach.HandedOut,
        Reach.FreeSpace,
        Reach.Memory,
        !IsSealing ? Reach.UnsealedBackups : isMasterKeyChanged ? Reach.FormerMasterKey : Reach.OtherBackups,
    ];
}
