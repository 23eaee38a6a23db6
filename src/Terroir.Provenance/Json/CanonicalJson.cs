using System.Globalization;
using System.Text;
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

    private const string Kind = "JSON text";

    /// <summary>Returns the canonical form.</summary>
    /// <param name="json">JSON in UTF-8.</param>
    /// <exception cref="ProofFormatException">It is no JSON, or could be read in two ways.</exception>
    public static byte[] Canonicalize(ReadOnlySpan<byte> json)
    {
        ProofLength.Check(json, LengthMax, Kind);
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DepthMax });
            var text = new StringBuilder();
            reader.Read();
            Write(ref reader, text);
            return reader.Read() ? throw new JsonException() : Encoding.UTF8.GetBytes(text.ToString());
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

    private static void Write(ref Utf8JsonReader reader, StringBuilder text)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref reader, text);
                break;
            case JsonTokenType.StartArray:
                WriteArray(ref reader, text);
                break;
            case JsonTokenType.String:
                WriteString(reader.GetString()!, text);
                break;
            case JsonTokenType.Number:
                text.Append(reader.TryGetDouble(out var number) && double.IsFinite(number)
                    ? EcmaScriptNumber.Format(number)
                    : throw new ProofFormatException(Kind, "a number of it is too great"));
                break;
            case JsonTokenType.True:
                text.Append("true");
                break;
            case JsonTokenType.False:
                text.Append("false");
                break;
            case JsonTokenType.Null:
                text.Append("null");
                break;
            default:
                throw new JsonException();
        }
    }

    private static void WriteObject(ref Utf8JsonReader reader, StringBuilder text)
    {
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            var value = new StringBuilder();
            reader.Read();
            Write(ref reader, value);
            if (!members.TryAdd(name, value.ToString()))
            {
                throw new ProofFormatException(Kind, "an object of it has a name twice");
            }
        }

        var separator = '{';
        foreach (var (name, value) in members)
        {
            text.Append(separator);
            WriteString(name, text);
            text.Append(':').Append(value);
            separator = ',';
        }

        text.Append(members.Count == 0 ? "{}" : "}");
    }

    private static void WriteArray(ref Utf8JsonReader reader, StringBuilder text)
    {
        text.Append('[');
        var isFirst = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            text.Append(isFirst ? "" : ",");
            Write(ref reader, text);
            isFirst = false;
        }

        text.Append(']');
    }

    private static void WriteString(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
