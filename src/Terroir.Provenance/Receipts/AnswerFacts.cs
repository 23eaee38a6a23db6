namespace Terroir.Provenance.Receipts;

/// <summary>What is known of an answer when its receipt is made: plain values, nothing hidden yet.</summary>
public sealed record AnswerFacts
{
    /// <summary>The site.</summary>
    public required string Site { get; init; }

    /// <summary>The collection.</summary>
    public required string Collection { get; init; }

    /// <summary>The id of the request.</summary>
    public required string Request { get; init; }

    /// <summary>When it was answered.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>The program.</summary>
    public required ReceiptSoftware Software { get; init; }

    /// <summary>The question.</summary>
    public required string Question { get; init; }

    /// <summary>The answer.</summary>
    public required string Answer { get; init; }

    /// <summary>The pseudonym of who asked (<see cref="Commitment.Pseudonym"/>).</summary>
    public required ContentHash Actor { get; init; }

    /// <summary>The state of the collection, if one was read.</summary>
    public ReceiptCorpus? Corpus { get; init; }

    /// <summary>The other collections that were read, if there are any.</summary>
    public IReadOnlyList<ReceiptOtherCorpus>? OtherCorpora { get; init; }

    /// <summary>The bytes of all passages that were shown, in order.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Shown { get; init; }

    /// <summary>The citations.</summary>
    public required IReadOnlyList<CitationFacts> Citations { get; init; }

    /// <summary>The model, if one wrote.</summary>
    public ModelFacts? Model { get; init; }

    /// <summary>The decision.</summary>
    public required ReceiptDecision Decision { get; init; }

    /// <summary>The sentences.</summary>
    public required IReadOnlyList<ReceiptSentence> Sentences { get; init; }

    /// <summary>The energy.</summary>
    public ReceiptEnergy Energy { get; init; } = ReceiptEnergy.NotMetered;

    /// <summary>The digest of the receipt before, in a conversation.</summary>
    public ContentHash? Previous { get; init; }
}

/// <summary>A citation.</summary>
/// <param name="Passage">The place among the passages that were shown, from 0.</param>
/// <param name="Version">The SHA-256 of the original.</param>
/// <param name="Text">The SHA-256 of the canonical text.</param>
/// <param name="Start">The first cited byte of the canonical text.</param>
/// <param name="Quote">The cited bytes.</param>
/// <param name="Rank">The rank of the passage, from 1.</param>
/// <param name="Label">The classification of the document.</param>
/// <param name="PermissionEpoch">The state of permissions.</param>
public sealed record CitationFacts(
    int Passage,
    ContentHash Version,
    ContentHash Text,
    long Start,
    ReadOnlyMemory<byte> Quote,
    int Rank,
    string Label,
    long PermissionEpoch);

/// <summary>A model and what it was asked.</summary>
/// <param name="Model">The model; its commitment to the prompt is filled in.</param>
/// <param name="Prompt">The whole prompt.</param>
public sealed record ModelFacts(ReceiptModel Model, string Prompt);
