using System.Globalization;
using System.Text.Json;
using Terroir.Provenance.Json;
using Terroir.Provenance.Receipts;

namespace Terroir.Provenance.Events;

/// <summary>Something that happened on a site, other than an answer: what the ledger commits to, and what shows it.
/// </summary>
/// <remarks>The leaf has the digest of the statement, and the statement has nothing but commitments with salts of their
/// own. The format is <c>docs/formats/ledger.md</c>.</remarks>
/// <param name="Kind">The kind; one of <see cref="EventKinds"/>, or 1 to 64 of <c>a-z 0-9 - .</c></param>
/// <param name="Time">When; seconds count.</param>
public sealed record LedgerEvent(string Kind, DateTimeOffset Time)
{
    /// <summary>The pseudonym of who did it (<see cref="Commitment.Pseudonym"/>); <see langword="null"/> for the site
    /// itself.</summary>
    public ContentHash? Actor { get; init; }

    /// <summary>What it is about, in order.</summary>
    public IReadOnlyList<EventSubject> Subjects { get; init; } = [];

    /// <summary>Reads what a site keeps of an event.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="time">When.</param>
    /// <param name="detail">What <see cref="ToDetail"/> returned.</param>
    /// <exception cref="ProofFormatException">It is none.</exception>
    public static LedgerEvent Parse(string kind, DateTimeOffset time, string detail)
    {
        try
        {
            var kept = JsonSerializer.Deserialize(detail, EventJson.Default.EventDetail);
            return kept is { Subjects: not null } && kept.Subjects.All(subject => subject?.Role is not null)
                ? new LedgerEvent(kind, time) { Actor = kept.Actor, Subjects = kept.Subjects }
                : throw new ProofFormatException("event", "a member is missing");
        }
        catch (JsonException)
        {
            throw new ProofFormatException("event", "it is no JSON of an event");
        }
    }

    /// <summary>The statement that the leaf commits to: JSON in canonical form.</summary>
    public byte[] ToStatement() => CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(
        new EventStatement(
            Format: 1,
            Kind,
            Time.UtcDateTime.ToString(ReceiptRules.TimeFormat, CultureInfo.InvariantCulture),
            Actor,
            [.. Subjects.Select(subject => new EventCommitment(subject.Role, subject.Commitment))]),
        EventJson.Default.EventStatement));

    /// <summary>The leaf.</summary>
    public LedgerLeaf ToLeaf() => LedgerLeaf.At(Kind, Time, ContentHash.Of(ToStatement()));

    /// <summary>What the site keeps, to show the event to who may know: JSON. It is as confidential as what it names.
    /// </summary>
    public string ToDetail() =>
        JsonSerializer.Serialize(new EventDetail(Actor, Subjects), EventJson.Default.EventDetail);
}

/// <summary>What an event is about.</summary>
/// <param name="Role">What it is to the event, such as <c>document</c>.</param>
/// <param name="Commitment">The commitment to it.</param>
/// <param name="Opening">What shows it; <see langword="null"/> once it was erased.</param>
public sealed record EventSubject(string Role, ContentHash Commitment, Opening? Opening)
{
    /// <summary>Commits to a text with a new salt.</summary>
    /// <param name="role">What it is to the event.</param>
    /// <param name="text">The text.</param>
    public static EventSubject Of(string role, string text)
    {
        var opening = Receipts.Opening.Of(
            System.Text.Encoding.UTF8.GetBytes(text),
            () => System.Security.Cryptography.RandomNumberGenerator.GetBytes(Receipts.Commitment.SaltLength));
        return new EventSubject(role, opening.Commit(), opening);
    }
}
