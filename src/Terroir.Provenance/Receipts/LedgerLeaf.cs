using System.Globalization;
using System.Text.Json;
using Terroir.Provenance.Merkle;

namespace Terroir.Provenance.Receipts;

/// <summary>A leaf of a site's ledger: what kind of thing happened, when, and a commitment. Never content.</summary>
/// <param name="Kind">The kind, such as <c>receipt</c>; 1 to 64 of a-z, 0-9, - and dots.</param>
/// <param name="Time">When, in the format of <see cref="ReceiptRules.TimeFormat"/>.</param>
/// <param name="Digest">A commitment with a salt, or a hash of bytes that hold such commitments.</param>
/// <remarks>The format is <c>docs/formats/ledger.md</c>, version 1.</remarks>
public sealed record LedgerLeaf(string Kind, string Time, ContentHash Digest)
{
    /// <summary>The kind of a receipt's leaf.</summary>
    public const string ReceiptKind = "receipt";

    private const int KindLengthMax = 64;

    private bool IsOfFormat =>
        Kind.Length is > 0 and <= KindLengthMax
        && Kind.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
        && ReceiptRules.IsTime(Time);

    /// <summary>The leaf of a receipt. It follows from the statement alone, so that who has the receipt has the leaf.
    /// </summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="statement">The statement in canonical form.</param>
    public static LedgerLeaf Of(AnswerReceipt receipt, ReadOnlySpan<byte> statement)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return new LedgerLeaf(ReceiptKind, receipt.AnsweredAt, ContentHash.Of(statement));
    }

    /// <summary>Makes a leaf of a time.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="time">When; seconds count.</param>
    /// <param name="digest">The commitment.</param>
    public static LedgerLeaf At(string kind, DateTimeOffset time, ContentHash digest) =>
        new(kind, time.UtcDateTime.ToString(ReceiptRules.TimeFormat, CultureInfo.InvariantCulture), digest);

    /// <summary>Reads an entry of the ledger.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>The leaf; <see langword="null"/> if it is none of version 1 in canonical form.</returns>
    public static LedgerLeaf? TryParse(ReadOnlySpan<byte> entry)
    {
        try
        {
            var members = JsonSerializer.Deserialize(entry, ReceiptJson.Default.LeafMembers);
            var leaf = members is { Format: 1, Kind: not null, Time: not null }
                ? new LedgerLeaf(members.Kind, members.Time, members.Digest)
                : null;
            return leaf is { IsOfFormat: true } && leaf.ToEntry().AsSpan().SequenceEqual(entry) ? leaf : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>When it happened.</summary>
    public DateTimeOffset ToTime() => DateTimeOffset.ParseExact(
        Time,
        ReceiptRules.TimeFormat,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal);

    /// <summary>Returns the entry of the ledger: JSON in canonical form, about 150 bytes.</summary>
    /// <exception cref="InvalidOperationException">The kind or the time is not of its format.</exception>
    public byte[] ToEntry()
    {
        if (!IsOfFormat)
        {
            throw new InvalidOperationException("The kind or the time of a leaf is not of its format.");
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("digest", Digest.Hex);
            writer.WriteNumber("format", 1);
            writer.WriteString("kind", Kind);
            writer.WriteString("time", Time);
            writer.WriteEndObject();
        }

        // Names in order, and no character that could be written in two ways: canonical as it is.
        return buffer.ToArray();
    }

    /// <summary>The hash of the leaf in the tree.</summary>
    public MerkleHash ToHash() => MerkleHash.OfLeaf(ToEntry());
}

/// <summary>The members of an entry.</summary>
internal sealed record LeafMembers(ContentHash Digest, int Format, string Kind, string Time);
