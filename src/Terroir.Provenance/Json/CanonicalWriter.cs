using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Terroir.Provenance.Json;

/// <summary>Writes the canonical form of what a reader reads. A byte is written once, and once more for each object
/// around it whose members do not come in the order of their names.</summary>
/// <param name="capacity">How many bytes are expected.</param>
internal sealed class CanonicalWriter(int capacity)
{
    // An integer of so many digits is a double without a loss, and ECMAScript writes it as it stands.
    private const int PlainDigitsMax = 15;

    private byte[] _bytes = new byte[Math.Max(capacity, 16)];
    private int _count;

    /// <summary>Writes the value that a reader stands on, and leaves the reader on its last token.</summary>
    /// <param name="reader">The reader.</param>
    /// <exception cref="ProofFormatException">The value could be read in two ways.</exception>
    /// <exception cref="JsonException">There is none.</exception>
    /// <exception cref="InvalidOperationException">A string of it is no text.</exception>
    public void Write(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref reader);
                break;
            case JsonTokenType.StartArray:
                WriteArray(ref reader);
                break;
            case JsonTokenType.String:
                WriteString(ref reader);
                break;
            case JsonTokenType.Number:
                WriteNumber(ref reader);
                break;
            case JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null:
                Append(reader.ValueSpan);
                break;
            default:
                throw new JsonException();
        }
    }

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _bytes.AsSpan(0, _count).ToArray();

    private void WriteObject(ref Utf8JsonReader reader)
    {
        Append("{"u8);
        var first = _count;
        var members = new List<Member>();
        var isOrdered = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (members.Count > 0)
            {
                Append(","u8);
            }

            var start = _count;
            var name = reader.GetString()!;
            WriteString(ref reader);
            Append(":"u8);
            reader.Read();
            Write(ref reader);
            isOrdered &= members.Count == 0 || string.CompareOrdinal(members[^1].Name, name) < 0;
            members.Add(new Member(name, start - first, _count - start));
        }

        if (!isOrdered)
        {
            Order(members, first);
        }

        Append("}"u8);
    }

    // The members were written from the given place to the end, in the order in which they came.
    private void Order(List<Member> members, int first)
    {
        var written = _bytes.AsSpan(first, _count - first).ToArray();
        members.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        _count = first;
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0 && string.Equals(members[i - 1].Name, members[i].Name, StringComparison.Ordinal))
            {
                throw new ProofFormatException(CanonicalJson.Kind, "an object of it has a name twice");
            }

            Append(i == 0 ? [] : ","u8);
            Append(written.AsSpan(members[i].Start, members[i].Length));
        }
    }

    private void WriteArray(ref Utf8JsonReader reader)
    {
        Append("["u8);
        var isFirst = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Append(isFirst ? [] : ","u8);
            Write(ref reader);
            isFirst = false;
        }

        Append("]"u8);
    }

    private void WriteNumber(ref Utf8JsonReader reader)
    {
        var digits = reader.ValueSpan;
        if (digits.Length <= PlainDigitsMax && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            Append(digits);
            return;
        }

        Append(Encoding.ASCII.GetBytes(reader.TryGetDouble(out var number) && double.IsFinite(number)
            ? EcmaScriptNumber.Format(number)
            : throw new ProofFormatException(CanonicalJson.Kind, "a number of it is too great")));
    }

    private void WriteString(ref Utf8JsonReader reader)
    {
        Append("\""u8);

        // What JSON has without an escape needs none: control characters, quotes and backslashes cannot stand so.
        Append(!reader.ValueIsEscaped && Utf8.IsValid(reader.ValueSpan)
            ? reader.ValueSpan
            : Encoding.UTF8.GetBytes(Escape(reader.GetString()!)));
        Append("\""u8);
    }

    private static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
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

        return text.ToString();
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - _count)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _count + bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(_count));
        _count += bytes.Length;
    }

    // A member, by the decoded name, and where what was written of it begins and how long it is.
    private readonly record struct Member(string Name, int Start, int Length);
}
