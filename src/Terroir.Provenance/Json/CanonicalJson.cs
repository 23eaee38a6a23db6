using System.Text.Json;

namespace Terroir.Provenance.Json;

/// <summary>Brings JSON into the one form that RFC 8785 (JCS) gives it: no white space, members in the order of their
/// names' UTF-16 units, numbers and strings as ECMAScript writes them.</summary>
/// <remarks>What two readers could read differently is refused: a name that is there twice, half a surrogate pair, a
/// number that is no finite double.</remarks>
public static class CanonicalJson
{
    /// <summary>The greatest length in bytes that is read.</summary>
    public const int LengthMax = 8 << 20;

    /// <summary>How deep arrays and objects may lie in one another.</summary>
    public const int DepthMax = 64;

    internal const string Kind = "JSON text";

    /// <summary>Returns the canonical form.</summary>
    /// <param name="json">JSON in UTF-8.</param>
    /// <exception cref="ProofFormatException">It is no JSON, or could be read in two ways.</exception>
    public static byte[] Canonicalize(ReadOnlySpan<byte> json)
    {
        ProofLength.Check(json, LengthMax, Kind);
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DepthMax });
            var writer = new CanonicalWriter(json.Length);
            reader.Read();
            writer.Write(ref reader);
            return reader.Read() ? throw new JsonException() : writer.ToArray();
        }
        catch (JsonException)
        {
            throw new ProofFormatException(Kind, "its grammar is wrong, or it is too deep");
        }
        catch (InvalidOperationException)
        {
            throw new ProofFormatException(Kind, "a string of it is no text");
        }
    }

    /// <summary>Tells whether bytes are in canonical form.</summary>
    /// <param name="json">The bytes, or anything else.</param>
    public static bool IsCanonical(ReadOnlySpan<byte> json)
    {
        try
        {
            return json.SequenceEqual(Canonicalize(json));
        }
        catch (ProofFormatException)
        {
            return false;
        }
    }
}
