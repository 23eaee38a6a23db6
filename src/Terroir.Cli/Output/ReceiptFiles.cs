using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Audit;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;
using Terroir.Server;
using Terroir.Server.Configuration;
using Terroir.Server.Witnesses;
using Terroir.Storage.Embedded;

namespace Terroir.Cli.Output;

/// <summary>Receipts as files: <c>ID.json</c>, <c>ID.tlog-proof</c> and <c>ID.openings.json</c> side by side, and what
/// verifies them all: <c>policy</c>, and the public key in <c>site.pub</c>.</summary>
internal static class ReceiptFiles
{
    private const UnixFileMode OwnerEnters = DurableFile.OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Writes a receipt out; only the owner of the site may read it.</summary>
    /// <returns>The path of its bundle.</returns>
    public static async Task<string> WriteAsync(Site site, ContentHash receipt, CancellationToken cancellationToken)
    {
        var isWitnessed = await AskWitnessesAsync(site, cancellationToken);
        var kept = await site.Services.GetRequiredService<IReceiptKeeper>().FindAsync(receipt, cancellationToken)
            ?? throw new InvalidOperationException("The receipt of an answer is kept before the answer is given.");
        var path = Path.Combine(CreateFolder(site.Folder), $"{receipt.Hex}.json");
        await WriteAsync(path, kept.Bundle, cancellationToken);
        await WriteAsync(ProofOf(path), kept.Proof, cancellationToken);
        await WriteAsync(OpeningsOf(path), kept.Openings, cancellationToken);
        await WriteKeysAsync(site.Folder, cancellationToken);
        if (isWitnessed && LogProof.Parse(kept.Proof.Span).Checkpoint.Signatures.Count < 2)
        {
            await Console.Error.WriteLineAsync(
                $"Not enough witnesses answered: the proof beside {path} has no cosignatures yet. "
                + $"/api/receipts/{receipt.Hex}/proof gives one that has, once they answered.");
        }

        return path;
    }

    // Each has a few seconds to answer: the proof that is written next carries what they cosigned.
    private static async Task<bool> AskWitnessesAsync(Site site, CancellationToken cancellationToken)
    {
        var witnessing = site.Services.GetRequiredService<LedgerWitnessing>();
        if (witnessing.HasWitnesses)
        {
            await site.Services.GetRequiredService<ILedger>().FlushAsync(cancellationToken);
            await witnessing.RunAsync(cancellationToken);
        }

        return witnessing.HasWitnesses;
    }

    /// <summary>Where the proof of a receipt is, if it is beside it.</summary>
    public static string ProofOf(string receipt) => Path.ChangeExtension(receipt, ".tlog-proof");

    /// <summary>Where what opens a receipt is, if it is beside it.</summary>
    public static string OpeningsOf(string receipt) => Path.ChangeExtension(receipt, ".openings.json");

    /// <summary>A policy that trusts the log of a site, and asks for the witnesses that its settings declare.</summary>
    public static string PolicyOf(SiteFolder site)
    {
        var identity = site.ReadIdentity();
        using var key = identity.Key;
        var settings = SiteConfiguration.Load(site, new Dictionary<string, string?>(StringComparer.Ordinal));
        var ledger = settings.GetSection(LedgerOptions.Section).Get<LedgerOptions>() ?? new LedgerOptions();
        return WitnessPolicy.Write(new LedgerIdentity(identity.Id, key).Signer.Key, ledger);
    }

    /// <summary>Verifies a receipt of a site with what is beside it.</summary>
    public static async Task<ReceiptReport> VerifyAsync(
        SiteFolder site,
        string receipt,
        CancellationToken cancellationToken) => await ReceiptVerifier.VerifyAsync(
            new ReceiptEvidence
            {
                Bundle = await File.ReadAllBytesAsync(receipt, cancellationToken),
                Policy = TrustPolicy.Parse(Encoding.UTF8.GetBytes(PolicyOf(site))),
                Proof = await File.ReadAllBytesAsync(ProofOf(receipt), cancellationToken),
                Openings = await File.ReadAllBytesAsync(OpeningsOf(receipt), cancellationToken),
            },
            cancellationToken);

    private static async Task WriteKeysAsync(SiteFolder site, CancellationToken cancellationToken)
    {
        var policy = Encoding.UTF8.GetBytes(PolicyOf(site));
        var key = TrustPolicy.Parse(policy).Logs[0].PublicKey;
        var digits = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key.Span) + "\n");
        await WriteIfOtherAsync(Path.Combine(site.ReceiptsFolder, "policy"), policy, cancellationToken);
        await WriteIfOtherAsync(Path.Combine(site.ReceiptsFolder, "site.pub"), digits, cancellationToken);
    }

    private static async Task WriteIfOtherAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        var there = File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken) : [];
        if (!there.AsSpan().SequenceEqual(bytes))
        {
            await WriteAsync(path, bytes, cancellationToken);
        }
    }

    private static string CreateFolder(SiteFolder site)
    {
        _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(site.ReceiptsFolder)
            : Directory.CreateDirectory(site.ReceiptsFolder, OwnerEnters);
        return site.ReceiptsFolder;
    }

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = DurableFile.OwnerOnly;
        }

        await using var file = new FileStream(path, options);
        await file.WriteAsync(bytes, cancellationToken);
    }
}
