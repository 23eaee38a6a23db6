using System.Globalization;
using System.Text.Json;
using Terroir.Provenance.Json;

namespace Terroir.Provenance.Receipts;

/// <summary>Verifies receipts offline, with what one has, and says what that shows and what it does not.</summary>
public static class ReceiptVerifier
{
    /// <summary>Verifies a receipt.</summary>
    /// <param name="evidence">What there is.</param>
    /// <param name="cancellationToken">Stops the reading of a ledger.</param>
    /// <returns>What was found. Files that are not what they should be are findings too, not errors.</returns>
    public static async ValueTask<ReceiptReport> VerifyAsync(
        ReceiptEvidence evidence,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var findings = new Findings();
        if (Read(evidence, findings) is not { } read)
        {
            return findings.ToReport(receipt: null);
        }

        SignatureCheck.Run(
            evidence,
            read.Envelope,
            FindingCode.SignatureHolds,
            FindingCode.NotSigned,
            findings);
        var leaf = LedgerLeaf.Of(read.Receipt, read.Envelope.Payload).ToHash();
        await LoggingCheck.RunAsync(evidence, leaf, findings, cancellationToken).ConfigureAwait(false);
        OpeningsCheck.Run(evidence, read.Receipt, findings);
        TellWhatIsOnlyStated(read.Receipt, findings);
        return findings.ToReport(read.Receipt);
    }

    private static (DsseEnvelope Envelope, AnswerReceipt Receipt)? Read(ReceiptEvidence evidence, Findings findings)
    {
        try
        {
            var envelope = SigstoreBundle.Parse(evidence.Bundle.Span).DsseEnvelope;
            if (envelope.PayloadType is not InTotoStatement.MediaType)
            {
                findings.Fail(FindingCode.NoReceipt, "its payload is no statement");
                return null;
            }

            var statement = InTotoStatement.Parse(envelope.Payload);
            if (statement.PredicateType is not AnswerReceipt.PredicateType)
            {
                findings.Fail(FindingCode.NoReceipt, "the statement is of another type");
                return null;
            }

            var receipt = JsonSerializer.Deserialize(statement.Predicate.Span, ReceiptJson.Default.AnswerReceipt)
                ?? throw new JsonException();
            var fault = ReceiptRules.FindFault(receipt)
                ?? (statement.SubjectDigest == receipt.Answer ? null : "subject");
            if (fault is not null)
            {
                findings.Fail(FindingCode.Inconsistent, fault);
                return null;
            }

            findings.Prove(FindingCode.Complete, receipt.Site, receipt.AnsweredAt);
            return (envelope, receipt);
        }
        catch (ProofFormatException exception)
        {
            findings.Fail(FindingCode.NoReceipt, exception.Fault);
            return null;
        }
        catch (JsonException)
        {
            findings.Fail(FindingCode.NoReceipt, "a member is missing or of another type");
            return null;
        }
    }

    private static void TellWhatIsOnlyStated(AnswerReceipt receipt, Findings findings)
    {
        if (receipt.Model is { } model)
        {
            findings.Miss(FindingCode.ModelStated, model.Id);
        }

        findings.Miss(FindingCode.DecisionStated, receipt.Decision.Outcome);
        if (receipt.Energy.Joules is { } joules)
        {
            findings.Miss(
                FindingCode.EnergyStated,
                Number(joules),
                Number(receipt.Energy.JoulesMin!.Value),
                Number(receipt.Energy.JoulesMax!.Value),
                $"{receipt.Energy.Evidence}, {receipt.Energy.Method}");
        }
        else
        {
            findings.Miss(FindingCode.EnergyNotMetered);
        }
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
