using System.Text.Json;

namespace Terroir.Audit;

/// <summary>A receipt as it is kept: <c>{"asker","bundle","format":1,"openings"}</c>, the two others as they are.
/// </summary>
/// <param name="Asker">The id of the person who asked.</param>
/// <param name="Bundle">The receipt.</param>
/// <param name="Openings">What shows its commitments.</param>
internal sealed record ReceiptFile(string Asker, byte[] Bundle, byte[] Openings)
{
    private const string Kind = "kept receipt";

    /// <summary>The name of a receipt among the confidential objects.</summary>
    public static string NameOf(ContentHash receipt) => $"receipt/{receipt.Hex[..2]}/{receipt.Hex}";

    /// <summary>Reads a receipt.</summary>
    /// <returns>The receipt; <see langword="null"/> if there is none.</returns>
    /// <exception cref="ProofFormatException">What is there is none.</exception>
    public static async ValueTask<ReceiptFile?> TryReadAsync(
        ConfidentialObjects objects,
        ContentHash receipt,
        CancellationToken cancellationToken) =>
        await objects.TryReadAsync(NameOf(receipt), cancellationToken) is { } content ? Parse(content) : null;

    /// <summary>Reads the one form in which a receipt is kept.</summary>
    /// <exception cref="ProofFormatException">It is another.</exception>
    public static ReceiptFile Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var file = JsonDocument.Parse(bytes);
            var root = file.RootElement;
            var kept = new ReceiptFile(
                root.GetProperty("asker").GetString()!,
                Raw(root, "bundle"),
                Raw(root, "openings"));
            return kept.ToBytes().AsSpan().SequenceEqual(bytes.Span)
                ? kept
                : throw new ProofFormatException(Kind, "it is not of version 1");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException)
        {
            throw new ProofFormatException(Kind, "a member is missing or of another type");
        }
    }

    // Both parts are JSON already, and their bytes stay as they are.
    public byte[] ToBytes()
    {
        var asker = JsonEncodedText.Encode(Asker).EncodedUtf8Bytes;
        return
        [
            .. "{\"asker\":\""u8, .. asker, .. "\",\"bundle\":"u8, .. Bundle,
            .. ",\"format\":1,\"openings\":"u8, .. Openings, .. "}"u8,
        ];
    }

    private static byte[] Raw(JsonElement root, string name) =>
        System.Text.Encoding.UTF8.GetBytes(root.GetProperty(name).GetRawText());
}
