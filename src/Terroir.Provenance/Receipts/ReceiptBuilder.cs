using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Terroir.Provenance.Merkle;

namespace Terroir.Provenance.Receipts;

/// <summary>Makes receipts.</summary>
public static class ReceiptBuilder
{
    /// <summary>Makes a receipt with random salts.</summary>
    /// <param name="facts">What is known.</param>
    public static ReceiptDraft Build(AnswerFacts facts) =>
        Build(facts, () => RandomNumberGenerator.GetBytes(Commitment.SaltLength));

    /// <summary>Makes a receipt.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="salts">Where salts come from: 32 bytes each, never the same twice.</param>
    /// <exception cref="ArgumentException">The facts do not fit one another (<see cref="ReceiptRules"/>).</exception>
    public static ReceiptDraft Build(AnswerFacts facts, Func<byte[]> salts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(salts);
        var openings = new ReceiptOpenings
        {
            Question = Opening.Of(Encoding.UTF8.GetBytes(facts.Question), salts),
            Answer = Opening.Of(Encoding.UTF8.GetBytes(facts.Answer), salts),
            Prompt = facts.Model is null ? null : Opening.Of(Encoding.UTF8.GetBytes(facts.Model.Prompt), salts),
            Shown = [.. facts.Shown.Select(passage => Show(Opening.Of(passage.Span, salts)))],
            Citations = [.. facts.Citations.Select(citation => new CitationOpening(
                Opening.Of(Convert.FromHexString(citation.Version.Hex), salts),
                Opening.Of(Convert.FromHexString(citation.Text.Hex), salts),
                Opening.Of(citation.Quote.Span, salts)))],
        };
        var receipt = Receipt(facts, openings);
        return ReceiptRules.FindFault(receipt) is { } fault
            ? throw new ArgumentException($"The facts of a receipt do not fit one another: {fault}.", nameof(facts))
            : new ReceiptDraft(receipt, openings);
    }

    /// <summary>The root over the commitments to passages.</summary>
    /// <param name="commitments">The commitments in order.</param>
    public static ContentHash Root(IEnumerable<ContentHash> commitments)
    {
        var tree = MerkleTree.Of(commitments.Select(commitment => Convert.FromHexString(commitment.Hex)));
        return ContentHash.FromDigest(tree.Root.ToArray());
    }

    private static AnswerReceipt Receipt(AnswerFacts facts, ReceiptOpenings openings) => new()
    {
        Site = facts.Site,
        Collection = facts.Collection,
        Request = facts.Request,
        AnsweredAt = facts.AnsweredAt.UtcDateTime.ToString(ReceiptRules.TimeFormat, CultureInfo.InvariantCulture),
        Software = facts.Software,
        Question = openings.Question!.Commit(),
        Answer = openings.Answer!.Commit(),
        Actor = facts.Actor,
        Corpus = facts.Corpus,
        OtherCorpora = facts.OtherCorpora,
        Shown = new ReceiptShown(facts.Shown.Count, Root(openings.Shown!.Select(shown => shown.Commitment))),
        Citations = [.. facts.Citations.Zip(openings.Citations!, Cite)],
        Model = facts.Model is null ? null : facts.Model.Model with { Prompt = openings.Prompt!.Commit() },
        Decision = facts.Decision,
        Sentences = facts.Sentences,
        Energy = facts.Energy,
        Previous = facts.Previous,
    };

    private static ReceiptCitation Cite(CitationFacts facts, CitationOpening opening) => new(
        facts.Passage,
        opening.Version!.Commit(),
        opening.Text!.Commit(),
        facts.Start,
        facts.Quote.Length,
        opening.Quote!.Commit(),
        facts.Rank,
        facts.Label,
        facts.PermissionEpoch);

    private static ShownOpening Show(Opening opening) => new(opening.Commit(), opening);
}
