namespace Terroir.Provenance.Receipts;

/// <summary>A program.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Digest">The SHA-256 of its list of files.</param>
public sealed record ReceiptSoftware(string Name, string Version, ContentHash Digest);

/// <summary>The state of a collection.</summary>
/// <param name="Generation">Its generation; positive.</param>
/// <param name="Manifest">The hash of that generation's sealed manifest.</param>
public sealed record ReceiptCorpus(long Generation, ContentHash Manifest);

/// <summary>The state of another collection.</summary>
/// <param name="Collection">Its name.</param>
/// <param name="Generation">Its generation; positive.</param>
/// <param name="Manifest">The hash of that generation's sealed manifest.</param>
public sealed record ReceiptOtherCorpus(string Collection, long Generation, ContentHash Manifest);

/// <summary>The passages that were shown.</summary>
/// <param name="Count">How many; 0 to 10,000.</param>
/// <param name="Root">The root of the Merkle tree whose entries are the commitments to them, 32 bytes each, in order.
/// </param>
public sealed record ReceiptShown(int Count, ContentHash Root);

/// <summary>A citation: bytes of the canonical text of a version of a document.</summary>
/// <param name="Passage">The place among the passages that were shown, from 0.</param>
/// <param name="Version">The commitment to the SHA-256 of the original's bytes.</param>
/// <param name="Text">The commitment to the SHA-256 of the canonical text.</param>
/// <param name="Start">The first cited byte of the canonical text.</param>
/// <param name="Length">How many bytes are cited; positive.</param>
/// <param name="Quote">The commitment to these bytes.</param>
/// <param name="Rank">The rank of the passage in the search, from 1.</param>
/// <param name="Label">The classification of the document.</param>
/// <param name="PermissionEpoch">The state of permissions under which it was readable.</param>
public sealed record ReceiptCitation(
    int Passage,
    ContentHash Version,
    ContentHash Text,
    long Start,
    long Length,
    ContentHash Quote,
    int Rank,
    string Label,
    long PermissionEpoch);

/// <summary>A model, as its card describes it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Card">The SHA-256 of its card.</param>
/// <param name="Weights">The SHA-256 of its weights; absent where the site does not hold them.</param>
/// <param name="Tokenizer">The SHA-256 of its tokenizer; absent where the site does not hold it.</param>
/// <param name="Endpoint">Where it ran: <c>in-process</c>, or the name of a server.</param>
/// <param name="Sampling">How it was sampled.</param>
/// <param name="PromptTemplate">The SHA-256 of the prompt without what was filled in.</param>
/// <param name="Prompt">The commitment to the whole prompt in UTF-8.</param>
/// <param name="IsReplayable">Whether the same prompt gives the same answer there.</param>
public sealed record ReceiptModel(
    string Id,
    ContentHash Card,
    ContentHash? Weights,
    ContentHash? Tokenizer,
    string Endpoint,
    ReceiptSampling Sampling,
    ContentHash PromptTemplate,
    ContentHash Prompt,
    bool IsReplayable);

/// <summary>How a model is sampled.</summary>
/// <param name="Temperature">0 for the likeliest token always.</param>
/// <param name="TopP">The share of likeliest tokens to draw from, above 0, at most 1.</param>
/// <param name="Seed">The seed, if it was set.</param>
/// <param name="TokensMax">How many tokens it may write.</param>
public sealed record ReceiptSampling(double Temperature, double TopP, long? Seed, int TokensMax);

/// <summary>A decision of policy.</summary>
/// <param name="Outcome">One of <see cref="ReceiptRules.Outcomes"/>.</param>
/// <param name="Policies">The SHA-256 of the policies in force.</param>
/// <param name="Reasons">The ids of the policies that gave it.</param>
public sealed record ReceiptDecision(string Outcome, ContentHash Policies, IReadOnlyList<string> Reasons);

/// <summary>A sentence of the answer.</summary>
/// <param name="Start">Its first byte in the answer.</param>
/// <param name="Length">How many bytes it has; positive.</param>
/// <param name="Verdict">One of <see cref="ReceiptRules.Verdicts"/>.</param>
/// <param name="Citations">The places of its citations, from 0.</param>
public sealed record ReceiptSentence(long Start, long Length, string Verdict, IReadOnlyList<int> Citations);

/// <summary>Energy with its evidence.</summary>
/// <param name="Evidence">One of <see cref="ReceiptRules.Evidences"/>; all but <c>not metered</c> have joules.</param>
/// <param name="Joules">The figure.</param>
/// <param name="JoulesMin">The least that it can be.</param>
/// <param name="JoulesMax">The most that it can be.</param>
/// <param name="Method">The meter or the model, such as <c>rapl</c>.</param>
public sealed record ReceiptEnergy(
    string Evidence,
    double? Joules = null,
    double? JoulesMin = null,
    double? JoulesMax = null,
    string? Method = null)
{
    /// <summary>Nothing was metered.</summary>
    public static ReceiptEnergy NotMetered { get; } = new(ReceiptRules.NotMetered);
}
