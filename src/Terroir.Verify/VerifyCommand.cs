using Terroir.Provenance.Erasures;
using Terroir.Provenance.Extracts;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Receipts;

namespace Terroir.Verify;

/// <summary>The command <c>terroir-verify</c>.</summary>
internal static class VerifyCommand
{
    /// <summary>The receipt or extract is proven.</summary>
    public const int Proven = 0;

    /// <summary>It is not.</summary>
    public const int NotProven = 1;

    /// <summary>The arguments are wrong, or a file cannot be read.</summary>
    public const int Unusable = 2;

    /// <summary>Runs it.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="output">Where the findings go.</param>
    /// <param name="errors">Where errors go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One of the three codes.</returns>
    public static Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken) =>
        RunAsync(arguments, output, errors, path => new LedgerFolder(path), cancellationToken);

    /// <summary>Runs it where a ledger may be something else than a folder.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter errors,
        Func<string, ILedgerSource> open,
        CancellationToken cancellationToken)
    {
        if (arguments.Any(argument => argument is "--help" or "-h"))
        {
            await output.WriteLineAsync(VerifyOptions.Help);
            return Proven;
        }

        try
        {
            var options = VerifyOptions.Parse(arguments);
            var evidence = await EvidenceFiles.ReadAsync(options, open, cancellationToken);
            var report = LedgerExtract.IsOne(evidence.Bundle.Span)
                ? ExtractVerifier.Verify(evidence)
                : ErasureCertificate.IsOne(evidence.Bundle.Span)
                ? await ErasureVerifier.VerifyAsync(evidence, cancellationToken)
                : await ReceiptVerifier.VerifyAsync(evidence, cancellationToken);
            await (options.IsJson ? ReportText.WriteJsonAsync(report, options.IsFrench, output)
                : ReportText.WriteAsync(report, options.IsFrench, output));
            return report.IsProven ? Proven : NotProven;
        }
        catch (Exception exception) when (exception is FormatException
            or TerroirException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return Unusable;
        }
    }
}
