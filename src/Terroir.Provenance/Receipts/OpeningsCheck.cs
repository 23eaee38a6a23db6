using System.Security.Cryptography;
using Terroir.Provenance.Notes;

namespace Terroir.Provenance.Receipts;

/// <summary>Whether what was given is what a receipt commits to.</summary>
internal static class OpeningsCheck
{
    public static void Run(ReceiptEvidence evidence, AnswerReceipt receipt, Findings findings)
    {
        var openings = Read(evidence, receipt, findings);
        findings.Judge(
            openings.Question,
            receipt.Question,
            FindingCode.QuestionShown,
            FindingCode.QuestionDiffers,
            FindingCode.QuestionNotGiven);
        findings.Judge(
            openings.Answer,
            receipt.Answer,
            FindingCode.AnswerShown,
            FindingCode.AnswerDiffers,
            FindingCode.AnswerNotGiven);
        CheckPrompt(openings, receipt, findings);
        CheckPassages(openings, receipt, findings);
        var digests = evidence.Documents.Select(document => SHA256.HashData(document.Span)).ToList();
        var cited = new HashSet<int>();
        for (var i = 0; i < receipt.Citations.Count; i++)
        {
            CheckCitation(i, openings, receipt, evidence.Documents, digests, cited, findings);
        }

        foreach (var i in Enumerable.Range(0, evidence.Documents.Count).Where(i => !cited.Contains(i)))
        {
            findings.Fail(FindingCode.DocumentNotCited, NoteText.Number(i + 1));
        }
    }

    private static ReceiptOpenings Read(ReceiptEvidence evidence, AnswerReceipt receipt, Findings findings)
    {
        try
        {
            var openings = evidence.Openings is { } bytes ? ReceiptOpenings.Parse(bytes.Span) : new ReceiptOpenings();
            if (openings.Citations is { } citations && citations.Count != receipt.Citations.Count)
            {
                throw new ProofFormatException("file of openings", "it has another number of citations");
            }

            return openings;
        }
        catch (ProofFormatException exception)
        {
            findings.Fail(FindingCode.NoOpenings, exception.Fault);
            return new ReceiptOpenings();
        }
    }

    private static void CheckPrompt(ReceiptOpenings openings, AnswerReceipt receipt, Findings findings)
    {
        if (openings.Prompt is not { } prompt)
        {
            return;
        }

        if (receipt.Model is { } model && prompt.Opens(model.Prompt))
        {
            findings.Prove(FindingCode.PromptShown);
        }
        else
        {
            findings.Fail(FindingCode.PromptDiffers);
        }
    }

    private static void CheckPassages(ReceiptOpenings openings, AnswerReceipt receipt, Findings findings)
    {
        if (openings.Shown is not { } shown)
        {
            return;
        }

        if (shown.Count == receipt.Shown.Count
            && ReceiptBuilder.Root(shown.Select(passage => passage.Commitment)) == receipt.Shown.Root
            && shown.All(passage => passage.Opening?.Opens(passage.Commitment) != false))
        {
            findings.Prove(FindingCode.PassagesShown, NoteText.Number(shown.Count));
        }
        else
        {
            findings.Fail(FindingCode.PassagesDiffer);
        }
    }

    private static void CheckCitation(
        int index,
        ReceiptOpenings openings,
        AnswerReceipt receipt,
        IReadOnlyList<ReadOnlyMemory<byte>> documents,
        List<byte[]> digests,
        HashSet<int> cited,
        Findings findings)
    {
        var number = NoteText.Number(index + 1);
        var citation = receipt.Citations[index];
        if (openings.Citations?[index] is not { Quote: { } quote } opening)
        {
            findings.Miss(FindingCode.QuoteNotGiven, number);
            return;
        }

        if (!quote.Opens(citation.Quote)
            || quote.Content.Length != citation.Length
            || opening.Version?.Opens(citation.Version) == false
            || opening.Text?.Opens(citation.Text) == false)
        {
            findings.Fail(FindingCode.QuoteDiffers, number);
            return;
        }

        var at = opening.Text is { } text
            ? digests.FindIndex(digest => digest.AsSpan().SequenceEqual(text.Content))
            : -1;
        if (at < 0)
        {
            findings.Prove(FindingCode.QuoteShown, number);
            return;
        }

        cited.Add(at);
        if (citation.Start <= documents[at].Length - citation.Length
            && documents[at].Span.Slice((int)citation.Start, (int)citation.Length).SequenceEqual(quote.Content))
        {
            var end = NoteText.Number(citation.Start + citation.Length);
            findings.Prove(FindingCode.QuoteInDocument, number, NoteText.Number(citation.Start), end);
        }
        else
        {
            findings.Fail(FindingCode.QuoteDiffers, number);
        }
    }
}
