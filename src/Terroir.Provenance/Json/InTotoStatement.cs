using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terroir.Provenance.Json;

/// <summary>A statement of in-toto, version 1: what is said (the predicate) of which bytes (the subject).</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="SubjectDigest">The SHA-256 of the subject.</param>
/// <param name="PredicateType">What kind of predicate it is: a URI.</param>
/// <param name="Predicate">The predicate as JSON in UTF-8.</param>
public sealed record InTotoStatement(
    string Subject,
    ContentHash SubjectDigest,
    string PredicateType,
    ReadOnlyMemory<byte> Predicate)
{
    /// <summary>The media type of a statement: the type of an envelope's payload.</summary>
    public const string MediaType = "application/vnd.in-toto+json";

    /// <summary>The version of statements that we write and read.</summary>
    public const string Version = "https://in-toto.io/Statement/v1";

    private const string Kind = "statement";

    /// <summary>Reads a statement with one subject.</summary>
    /// <param name="json">JSON in the canonical form; another form is refused, so that what is hashed is what is read.
    /// </param>
    /// <exception cref="ProofFormatException">It is none.</exception>
    public static InTotoStatement Parse(ReadOnlySpan<byte> json)
    {
        if (!CanonicalJson.IsCanonical(json))
        {
            throw new ProofFormatException(Kind, "it is not in the canonical form of RFC 8785");
        }

        try
        {
            var head = JsonSerializer.Deserialize(json, ProofJson.Default.StatementHead);
            return head is
            {
                Type: Version,
                PredicateType: { } type,
                Predicate.ValueKind: JsonValueKind.Object,
                Subject: [{ Name: { } name, Digest: { } digest }],
            } && digest.TryGetValue("sha256", out var hex) && ContentHash.TryParse(hex, out var hash)
                ? new InTotoStatement(name, hash, type, JsonSerializer.SerializeToUtf8Bytes(
                    head.Predicate,
                    ProofJson.Default.JsonElement))
                : throw new ProofFormatException(Kind, $"it is none of {Version} with one subject and a SHA-256");
        }
        catch (JsonException)
        {
            throw new ProofFormatException(Kind, "it is no JSON of a statement");
        }
    }

    /// <summary>Returns the statement in the canonical form: the payload of an envelope.</summary>
    public byte[] ToBytes()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("_type", Version);
            writer.WriteStartArray("subject");
            writer.WriteStartObject();
            writer.WriteString("name", Subject);
            writer.WriteStartObject("digest");
            writer.WriteString("sha256", SubjectDigest.Hex);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteString("predicateType", PredicateType);
            writer.WritePropertyName("predicate");

            // Canonicalizing reads all of it anyway.
            writer.WriteRawValue(Predicate.Span, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return CanonicalJson.Canonicalize(buffer.ToArray());
    }
}

/// <summary>A statement as JSON has it.</summary>
internal sealed record StatementHead(
    [property: JsonPropertyName("_type")] string? Type,
    IReadOnlyList<StatementSubject?>? Subject,
    string? PredicateType,
    JsonElement Predicate);

/// <summary>A subject as JSON has it.</summary>
internal sealed record StatementSubject(string? Name, IReadOnlyDictionary<string, string>? Digest);
