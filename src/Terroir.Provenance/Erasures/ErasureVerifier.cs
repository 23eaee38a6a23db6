using System.Globalization;
using Terroir.Provenance.Json;
using Terroir.Provenance.Receipts;

namespace Terroir.Provenance.Erasures;

/// <summary>Verifies an erasure certificate offline, and says what that shows and what it does not.</summary>
public static class ErasureVerifier
{
    /// <summary>Verifies a certificate.</summary>
    /// <param name="evidence">The certificate in <see cref="ReceiptEvidence.Bundle"/>, with keys or a policy; the
    /// opening of what was asked in <see cref="ReceiptEvidence.Openings"/>, as the question.</param>
    /// <param name="cancellationToken">Stops the reading of a ledger.</param>
    /// <returns>What was found. A file that is not what it should be is a finding too, not an error.</returns>
    public static async ValueTask<ReceiptReport> VerifyAsync(
        ReceiptEvidence evidence,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var findings = new Findings();
        try
        {
            var envelope = SigstoreBundle.Parse(evidence.Bundle.Span).DsseEnvelope;
            var certificate = ErasureCertificate.Read(envelope);
            findings.Prove(
                FindingCode.CertificateRead,
                certificate.Site,
                certificate.CompletedAt,
                Number(certificate.Documents.Count));
            SignatureCheck.Run(
                evidence,
                envelope,
                FindingCode.CertificateSigned,
                FindingCode.CertificateNotSigned,
                findings);
            var time = DateTimeOffset.Parse(certificate.CompletedAt, CultureInfo.InvariantCulture);
            var leaf = LedgerLeaf.At(ErasureCertificate.LeafKind, time, ContentHash.Of(envelope.Payload));
            await LoggingCheck.RunAsync(evidence, leaf.ToHash(), findings, cancellationToken).ConfigureAwait(false);
            CheckAsked(evidence, certificate, findings);
            TellWhatIsOnlyStated(certificate, findings);
        }
        catch (ProofFormatException exception)
        {
            findings.Fail(FindingCode.NoCertificate, exception.Fault);
        }
        catch (FormatException)
        {
            findings.Fail(FindingCode.NoCertificate, "a time of it is none");
        }

        var report = findings.ToReport(receipt: null);
        return report with
        {
            IsOfErasure = true,
            Statements = [.. report.Statements.Select(OfCertificate)],
            Failed = [.. report.Failed.Select(OfCertificate)],
        };
    }

    private static Finding OfCertificate(Finding finding) => finding.Code switch
    {
        FindingCode.Logged => finding with { Code = FindingCode.CertificateLogged },
        FindingCode.NotLogged => finding with { Code = FindingCode.CertificateNotLogged },
        _ => finding,
    };

    private static void CheckAsked(ReceiptEvidence evidence, ErasureCertificate certificate, Findings findings)
    {
        if (evidence.Openings is not { } bytes)
        {
            findings.Miss(FindingCode.AskedNotGiven);
        }
        else if (ReceiptOpenings.Parse(bytes.Span).Question is { } asked && asked.Opens(certificate.Asked))
        {
            findings.Prove(FindingCode.AskedShown);
        }
        else
        {
            findings.Fail(FindingCode.AskedDiffers);
        }
    }

    // A signature shows who said it, not that it is so: only the site could look into its own stores.
    private static void TellWhatIsOnlyStated(ErasureCertificate certificate, Findings findings)
    {
        findings.Miss(
            FindingCode.ErasureStated,
            Number(certificate.Residue.Found),
            Number(certificate.Residue.Files),
            Number(certificate.Residue.Bytes));
        findings.Miss(FindingCode.OutOfReach, string.Join(", ", certificate.OutOfReach));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
