using System.Text.Json;

namespace Terroir.Provenance.Receipts;

/// <summary>What shows the commitments of a receipt, as far as it was not erased. It is as confidential as what was
/// asked and read; the receipt is not.</summary>
public sealed record ReceiptOpenings
{
    /// <summary>The greatest length in bytes that is read.</summary>
    public const int LengthMax = 64 << 20;

    private const string Kind = "file of openings";

    /// <summary>The version of the format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Shows the question.</summary>
    public Opening? Question { get; init; }

    /// <summary>Shows the answer.</summary>
    public Opening? Answer { get; init; }

    /// <summary>Shows the whole prompt.</summary>
    public Opening? Prompt { get; init; }

    /// <summary>The commitments to all passages that were shown, in order, if they are not kept back.</summary>
    public IReadOnlyList<ShownOpening>? Shown { get; init; }

    /// <summary>What shows each citation, in order; <see langword="null"/> if all are kept back.</summary>
    public IReadOnlyList<CitationOpening>? Citations { get; init; }

    /// <summary>Reads openings.</summary>
    /// <param name="json">JSON in UTF-8.</param>
    /// <exception cref="ProofFormatException">They are none.</exception>
    public static ReceiptOpenings Parse(ReadOnlySpan<byte> json)
    {
        ProofLength.Check(json, LengthMax, Kind);
        try
        {
            var openings = JsonSerializer.Deserialize(json, ReceiptJson.Default.ReceiptOpenings);
            return openings is { Format: 1 }
                && openings.Shown?.All(shown => shown is not null) != false
                && openings.Citations?.All(citation => citation is not null) != false
                ? openings
                : throw new ProofFormatException(Kind, "it is not of version 1, or an element is null");
        }
        catch (JsonException)
        {
            throw new ProofFormatException(Kind, "it is no JSON of openings");
        }
    }

    /// <summary>Returns the openings as JSON in UTF-8.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ReceiptJson.Default.ReceiptOpenings);
}

/// <summary>A passage that was shown.</summary>
/// <param name="Commitment">The commitment to it.</param>
/// <param name="Opening">What shows it; <see langword="null"/> once it was erased.</param>
public sealed record ShownOpening(ContentHash Commitment, Opening? Opening);

/// <summary>What shows a citation.</summary>
/// <param name="Version">The SHA-256 of the original.</param>
/// <param name="Text">The SHA-256 of the canonical text.</param>
/// <param name="Quote">The cited bytes.</param>
public sealed record CitationOpening(Opening? Version, Opening? Text, Opening? Quote);
