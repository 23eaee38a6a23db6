using System.Text.Json;
using Terroir.Provenance.Json;

namespace Terroir.Provenance.Extracts;

/// <summary>Entries of a ledger with what a site knows of them and the proof that they are logged: a file that verifies
/// on its own.</summary>
/// <remarks>A DSSE envelope that the site signed. It is as confidential as what it names. The format is
/// <c>docs/formats/extract.md</c>, version 1.</remarks>
public sealed record LedgerExtract
{
    /// <summary>The type of the payload.</summary>
    public const string PayloadType = "application/vnd.terroir.ledger-extract+json";

    /// <summary>How many entries an extract has at most.</summary>
    public const int EntriesMax = 100_000;

    private const string Kind = "extract of a ledger";

    /// <summary>The version of the format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The site's id.</summary>
    public required string Site { get; init; }

    /// <summary>When it was made, in the format of <see cref="Receipts.ReceiptRules.TimeFormat"/>.</summary>
    public required string MadeAt { get; init; }

    /// <summary>What was asked for, in the site's words.</summary>
    public required string Query { get; init; }

    /// <summary>The signed checkpoint that counts all entries: the text of the note.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The entries, by place.</summary>
    public required IReadOnlyList<ExtractEntry> Entries { get; init; }

    /// <summary>Whether a file claims to be an extract; nothing else is looked at.</summary>
    /// <param name="bytes">The file.</param>
    public static bool IsOne(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return DsseEnvelope.Parse(bytes).PayloadType is PayloadType;
        }
        catch (ProofFormatException)
        {
            return false;
        }
    }

    /// <summary>Signs it.</summary>
    /// <param name="key">The site's key.</param>
    /// <returns>The file.</returns>
    public byte[] Sign(SiteKey key) => DsseEnvelope.Sign(
        PayloadType,
        JsonSerializer.SerializeToUtf8Bytes(this, ExtractJson.Default.LedgerExtract),
        key).ToBytes();

    /// <summary>Reads the payload of an envelope; its signature is another matter.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <exception cref="ProofFormatException">It holds no extract.</exception>
    internal static LedgerExtract Read(DsseEnvelope envelope)
    {
        try
        {
            var extract = JsonSerializer.Deserialize(envelope.Payload, ExtractJson.Default.LedgerExtract);
            return extract is { Format: 1, Site: not null, MadeAt: not null, Query: not null, Checkpoint: not null }
                && extract.Entries is { Count: <= EntriesMax } entries
                && entries.All(entry => entry is { Entry: not null, Path: not null })
                && entries.Zip(entries.Skip(1)).All(pair => pair.First.Index < pair.Second.Index)
                ? extract
                : throw new ProofFormatException(Kind, "it is not of version 1, or its entries are not in order");
        }
        catch (JsonException)
        {
            throw new ProofFormatException(Kind, "a member is missing or of another type");
        }
    }
}
