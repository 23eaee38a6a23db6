using System.Globalization;
using System.Text;
using Terroir.Provenance.Events;
using Terroir.Provenance.Json;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;

namespace Terroir.Provenance.Extracts;

/// <summary>Verifies an extract offline, and says what that shows and what it does not.</summary>
public static class ExtractVerifier
{
    /// <summary>Verifies an extract.</summary>
    /// <param name="evidence">The extract in <see cref="ReceiptEvidence.Bundle"/>, with keys or a policy.</param>
    /// <returns>What was found. A file that is not what it should be is a finding too, not an error.</returns>
    public static ReceiptReport Verify(ReceiptEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var findings = new Findings();
        try
        {
            var envelope = DsseEnvelope.Parse(evidence.Bundle.Span);
            var extract = LedgerExtract.Read(envelope);
            findings.Prove(FindingCode.ExtractRead, extract.Site, extract.MadeAt, Number(extract.Entries.Count));
            SignatureCheck.Run(
                evidence,
                envelope,
                FindingCode.ExtractSigned,
                FindingCode.ExtractNotSigned,
                findings);
            CheckEntries(extract, evidence.Policy, findings);
        }
        catch (ProofFormatException exception)
        {
            findings.Fail(FindingCode.NoExtract, exception.Fault);
        }

        return findings.ToReport(receipt: null) with { IsOfExtract = true };
    }

    private static void CheckEntries(LedgerExtract extract, TrustPolicy? policy, Findings findings)
    {
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes(extract.Checkpoint));
        if (policy is null)
        {
            findings.Fail(FindingCode.NoPolicy);
        }
        else if (LoggingCheck.Trusted(policy.Check(note), policy, findings) is { } checkpoint)
        {
            CheckLogged(extract, checkpoint, findings);
        }

        CheckShown(extract, findings);
    }

    private static void CheckLogged(LedgerExtract extract, Checkpoint checkpoint, Findings findings)
    {
        var wrong = extract.Entries.FirstOrDefault(entry => !IsLogged(entry, checkpoint));
        if (wrong is not null)
        {
            findings.Fail(FindingCode.EntryNotLogged, Number(wrong.Index));
            return;
        }

        var count = extract.Entries.Count;
        findings.Prove(FindingCode.EntriesLogged, Number(count), Number(checkpoint.Size), checkpoint.Origin);

        // Proofs bind places, so what is between the first and the last can be counted.
        if (count > 0 && extract.Entries[^1].Index - extract.Entries[0].Index == count - 1)
        {
            findings.Prove(
                FindingCode.EntriesWhole,
                Number(extract.Entries[0].Index),
                Number(extract.Entries[^1].Index));
        }

        if (count < checkpoint.Size)
        {
            findings.Miss(FindingCode.EntriesSelected, extract.Query);
        }
    }

    private static bool IsLogged(ExtractEntry entry, Checkpoint checkpoint)
    {
        var path = new List<MerkleHash>(entry.Path.Count);
        foreach (var text in entry.Path)
        {
            if (!MerkleHash.TryParse(text, out var hash))
            {
                return false;
            }

            path.Add(hash);
        }

        var leaf = MerkleHash.OfLeaf(Encoding.UTF8.GetBytes(entry.Entry));
        return MerkleVerifier.IsIncluded(entry.Index, checkpoint.Size, leaf, path, checkpoint.Root);
    }

    private static void CheckShown(LedgerExtract extract, Findings findings)
    {
        int shown = 0, closed = 0;
        foreach (var entry in extract.Entries)
        {
            if (LedgerLeaf.TryParse(Encoding.UTF8.GetBytes(entry.Entry)) is not { } leaf || !Fits(entry, leaf))
            {
                findings.Fail(FindingCode.EventDiffers, Number(entry.Index));
                return;
            }

            if (entry.Detail is null && leaf.Kind is not (LedgerLeaf.ReceiptKind or EventKinds.Generation))
            {
                closed++;
            }
            else
            {
                shown++;
            }
        }

        findings.Prove(FindingCode.EventsShown, Number(shown));
        if (closed > 0)
        {
            findings.Miss(FindingCode.EventsClosed, Number(closed));
        }

        if (extract.Entries.Any(entry => entry.Actor is not null))
        {
            findings.Miss(FindingCode.ActorsStated);
        }
    }

    // The entry of a receipt or a generation names what it is about; that of another event has the hash of a statement.
    private static bool Fits(ExtractEntry entry, LedgerLeaf leaf)
    {
        if (leaf.Kind is LedgerLeaf.ReceiptKind or EventKinds.Generation)
        {
            return entry.Subject is null || string.Equals(entry.Subject, leaf.Digest.Hex, StringComparison.Ordinal);
        }

        if (entry.Detail is null)
        {
            return true;
        }

        try
        {
            var stated = LedgerEvent.Parse(leaf.Kind, leaf.ToTime(), entry.Detail);
            return stated.ToLeaf() == leaf
                && stated.Subjects.All(subject => subject.Opening?.Opens(subject.Commitment) != false);
        }
        catch (ProofFormatException)
        {
            return false;
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
