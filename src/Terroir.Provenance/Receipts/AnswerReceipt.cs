namespace Terroir.Provenance.Receipts;

/// <summary>What a site states of one answer: the predicate of a statement, version 1.</summary>
/// <remarks>The format is <c>docs/formats/receipt.md</c>. Everything that could tell of a person or of a document is a
/// <see cref="Commitment"/>.</remarks>
public sealed record AnswerReceipt
{
    /// <summary>The type of the predicate.</summary>
    public const string PredicateType = "https://terroir.example/answer-receipt/v1";

    /// <summary>The name of the statement's subject, which is the answer.</summary>
    public const string SubjectName = "answer";

    /// <summary>The version of the format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The site that answered.</summary>
    public required string Site { get; init; }

    /// <summary>The collection that was read, or the first of those that were cited; empty if the asker may read in
    /// none.</summary>
    public required string Collection { get; init; }

    /// <summary>The id of the request.</summary>
    public required string Request { get; init; }

    /// <summary>When it answered, by its own clock: <c>2026-11-26T08:30:00Z</c>.</summary>
    public required string AnsweredAt { get; init; }

    /// <summary>The program that answered.</summary>
    public required ReceiptSoftware Software { get; init; }

    /// <summary>The commitment to the question in UTF-8.</summary>
    public required ContentHash Question { get; init; }

    /// <summary>The commitment to the answer in UTF-8; the digest of the statement's subject too.</summary>
    public required ContentHash Answer { get; init; }

    /// <summary>The pseudonym of who asked.</summary>
    public required ContentHash Actor { get; init; }

    /// <summary>The state of that collection; absent if there is none.</summary>
    public ReceiptCorpus? Corpus { get; init; }

    /// <summary>The other collections that were read, by name; absent if there are none.</summary>
    public IReadOnlyList<ReceiptOtherCorpus>? OtherCorpora { get; init; }

    /// <summary>All passages that were shown to what composed the answer, cited or not.</summary>
    public required ReceiptShown Shown { get; init; }

    /// <summary>What the answer cites, in the order of its text.</summary>
    public required IReadOnlyList<ReceiptCitation> Citations { get; init; }

    /// <summary>The model that wrote; <see langword="null"/> if the answer is made of extracts.</summary>
    public ReceiptModel? Model { get; init; }

    /// <summary>Why it was allowed.</summary>
    public required ReceiptDecision Decision { get; init; }

    /// <summary>How each sentence was checked, in order.</summary>
    public required IReadOnlyList<ReceiptSentence> Sentences { get; init; }

    /// <summary>The energy that it took.</summary>
    public required ReceiptEnergy Energy { get; init; }

    /// <summary>The digest of the receipt before it in the same conversation; absent in the first.</summary>
    public ContentHash? Previous { get; init; }
}
