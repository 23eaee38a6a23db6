using System.Text.Json;
using Terroir.Provenance.Json;

namespace Terroir.Provenance.Erasures;

/// <summary>What a site states of an erasure: what was asked, as a commitment, what was reached in each store, and what
/// is out of its reach.</summary>
/// <remarks>An in-toto statement in DSSE that the site signed. The format is <c>docs/formats/erasure.md</c>, version 1.
/// </remarks>
public sealed record ErasureCertificate
{
    /// <summary>The type of the statement.</summary>
    public const string PredicateType = "https://terroir.example/erasure-certificate/v1";

    /// <summary>The kind of its entry in the ledger.</summary>
    public const string LeafKind = Events.EventKinds.ErasureCompleted;

    private const string Kind = "erasure certificate";

    private const int DocumentsMax = 100_000;

    /// <summary>The version of the format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The site's id.</summary>
    public required string Site { get; init; }

    /// <summary>The id of the erasure.</summary>
    public required string Erasure { get; init; }

    /// <summary><c>request</c> or <c>retention</c>.</summary>
    public required string Basis { get; init; }

    /// <summary>The commitment to what was asked for.</summary>
    public required ContentHash Asked { get; init; }

    /// <summary>When it was ordered, in the format of <see cref="Receipts.ReceiptRules.TimeFormat"/>.</summary>
    public required string OrderedAt { get; init; }

    /// <summary>When it was complete.</summary>
    public required string CompletedAt { get; init; }

    /// <summary>The place in the ledger of the order, from 0.</summary>
    public required long OrderedAtPlace { get; init; }

    /// <summary>The documents: <c>COLLECTION/ID</c>, in order.</summary>
    public required IReadOnlyList<string> Documents { get; init; }

    /// <summary>What was removed or written anew, by store.</summary>
    public required IReadOnlyList<ErasedStore> Stores { get; init; }

    /// <summary>What the search for remains read and found.</summary>
    public required ErasureResidue Residue { get; init; }

    /// <summary>What the site cannot reach: names of <see cref="Reach"/>.</summary>
    public required IReadOnlyList<string> OutOfReach { get; init; }

    /// <summary>Whether a file claims to be a certificate; its content is another matter.</summary>
    /// <param name="bytes">The file.</param>
    public static bool IsOne(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var envelope = SigstoreBundle.Parse(bytes).DsseEnvelope;
            return envelope.PayloadType is InTotoStatement.MediaType
                && InTotoStatement.Parse(envelope.Payload).PredicateType is PredicateType;
        }
        catch (ProofFormatException)
        {
            return false;
        }
    }

    /// <summary>The statement in canonical form. Its SHA-256 is the digest of the entry in the ledger.</summary>
    public byte[] ToStatement() => new InTotoStatement(
        "erasure",
        Asked,
        PredicateType,
        JsonSerializer.SerializeToUtf8Bytes(this, ErasureJson.Default.ErasureCertificate)).ToBytes();

    /// <summary>Signs a statement.</summary>
    /// <param name="statement">What <see cref="ToStatement"/> returned.</param>
    /// <param name="key">The site's key.</param>
    /// <returns>The file: a Sigstore bundle.</returns>
    public static byte[] Sign(byte[] statement, SiteKey key) =>
        SigstoreBundle.Of(DsseEnvelope.Sign(InTotoStatement.MediaType, statement, key)).ToBytes();

    /// <summary>Reads the payload of an envelope; its signature is another matter.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <exception cref="ProofFormatException">It holds no certificate.</exception>
    internal static ErasureCertificate Read(DsseEnvelope envelope)
    {
        try
        {
            var statement = InTotoStatement.Parse(envelope.Payload);
            var read = JsonSerializer.Deserialize(statement.Predicate.Span, ErasureJson.Default.ErasureCertificate);
            return statement.PredicateType is PredicateType
                && read is { Format: 1, Documents.Count: <= DocumentsMax, Stores: not null, Residue: not null }
                && read.Asked == statement.SubjectDigest
                && read.Stores.All(store => store is not null)
                ? read
                : throw new ProofFormatException(Kind, "it is not of version 1, or does not fit itself");
        }
        catch (JsonException)
        {
            throw new ProofFormatException(Kind, "a member is missing or of another type");
        }
    }
}

/// <summary>What was done in a store.</summary>
/// <param name="Store">The store.</param>
/// <param name="Count">How many things were removed or written anew.</param>
public sealed record ErasedStore(string Store, int Count);

/// <summary>What a search for remains read and found.</summary>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">How many bytes.</param>
/// <param name="Probes">How many hashes were looked for.</param>
/// <param name="Found">In how many places remains were found.</param>
public sealed record ErasureResidue(int Files, long Bytes, int Probes, int Found);
