using System.Text.Encodings.Web;
using System.Text.Json;

namespace Terroir.Inference.Onnx.Sampling.Json;

/// <summary>Reads the part of JSON Schema (draft 2020-12) that a mask can hold an answer to. A keyword that would
/// narrow what is valid and is not known here is an error: it must not be forgotten silently.</summary>
internal sealed class SchemaReader
{
    /// <summary>How deep objects and lists may stand in one another.</summary>
    internal const int DepthMax = 16;

    /// <summary>How many parts a schema has at most.</summary>
    internal const int NodeCountMax = 512;

    /// <summary>How many properties an object has at most, and how many values an enumeration.</summary>
    internal const int ChoiceCountMax = 256;

    /// <summary>How long a string or a list may be at most, whatever a schema says.</summary>
    internal const int LengthMax = 4_096;

    /// <summary>How long a string may be of which a schema says nothing.</summary>
    internal const int StringLengthUsual = 256;

    /// <summary>How long a list may be of which a schema says nothing.</summary>
    internal const int ListLengthUsual = 32;

    // They say something of a value and do not narrow what is valid; additional properties are never written.
    private static readonly HashSet<string> Remarks = new(StringComparer.Ordinal)
    {
        "$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly",
        "writeOnly", "format", "additionalProperties", "unevaluatedProperties",
    };

    private int _count;

    /// <summary>Reads a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <exception cref="SchemaUnsupportedException">It is not of the part that is supported.</exception>
    public static SchemaNode Read(JsonElement schema) => new SchemaReader().Read(schema, "#", depth: 0);

    private SchemaNode Read(JsonElement schema, string place, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            throw new SchemaUnsupportedException(place, "a schema is an object");
        }

        if (depth > DepthMax || ++_count > NodeCountMax)
        {
            throw new SchemaUnsupportedException(
                place, $"it has more than {DepthMax} levels or {NodeCountMax} parts");
        }

        if (schema.TryGetProperty("enum", out var choices))
        {
            return ReadLiterals(schema, choices, "enum", place);
        }

        if (schema.TryGetProperty("const", out var only))
        {
            using var list = JsonDocument.Parse($"[{only.GetRawText()}]");
            return ReadLiterals(schema, list.RootElement.Clone(), "const", place);
        }

        return ReadTypes(schema, place) switch
        {
            [var type] => ReadType(schema, type, place, depth),
            var types => new UnionNode([.. types.Select(type => ReadType(schema, type, place, depth))]),
        };
    }

    private static string[] ReadTypes(JsonElement schema, string place)
    {
        var types = schema.TryGetProperty("type", out var type)
            ? type.ValueKind switch
            {
                JsonValueKind.String => [type.GetString()!],
                JsonValueKind.Array when type.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                    type.EnumerateArray().Select(item => item.GetString()!).Distinct(StringComparer.Ordinal).ToArray(),
                _ => [],
            }
            : [];

        // Every whole number is a number.
        types = types.Contains("number", StringComparer.Ordinal)
            ? [.. types.Where(item => !string.Equals(item, "integer", StringComparison.Ordinal))]
            : types;
        return types.Length > 0
            ? types
            : throw new SchemaUnsupportedException(place, "it names no 'type', 'enum' or 'const'");
    }

    private SchemaNode ReadType(JsonElement schema, string type, string place, int depth)
    {
        switch (type)
        {
            case "null":
                Expect(schema, place, "type");
                return new LiteralNode(["null"]);
            case "boolean":
                Expect(schema, place, "type");
                return new LiteralNode(["true", "false"]);
            case "integer" or "number":
                Expect(schema, place, "type");
                return new NumberNode(type is "integer");
            case "string":
                Expect(schema, place, "type", "maxLength");
                return new StringNode(ReadLength(schema, "maxLength", StringLengthUsual, place));
            case "array":
                return ReadArray(schema, place, depth);
            case "object":
                return ReadObject(schema, place, depth);
            default:
                throw new SchemaUnsupportedException(place, "it has a 'type' that there is not");
        }
    }

    private ArrayNode ReadArray(JsonElement schema, string place, int depth)
    {
        Expect(schema, place, "type", "items", "minItems", "maxItems");
        if (!schema.TryGetProperty("items", out var items))
        {
            throw new SchemaUnsupportedException(place, "a list needs 'items'");
        }

        var least = ReadLength(schema, "minItems", 0, place);
        var most = ReadLength(schema, "maxItems", Math.Max(least, ListLengthUsual), place);
        return least > most
            ? throw new SchemaUnsupportedException(place, "'minItems' is more than 'maxItems'")
            : new ArrayNode(Read(items, $"{place}/items", depth + 1), least, most);
    }

    private ObjectNode ReadObject(JsonElement schema, string place, int depth)
    {
        Expect(schema, place, "type", "properties", "required");
        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(name => name.ToString()).ToHashSet(StringComparer.Ordinal)
            : [];
        var properties = schema.TryGetProperty("properties", out var given) && given.ValueKind == JsonValueKind.Object
            ? given.EnumerateObject().ToArray()
            : [];
        if (properties.Length > ChoiceCountMax
            || properties.DistinctBy(property => property.Name, StringComparer.Ordinal).Count() < properties.Length
            || required.Except(properties.Select(property => property.Name), StringComparer.Ordinal).Any())
        {
            throw new SchemaUnsupportedException(
                place,
                $"'required' names what is no property, or there are more than {ChoiceCountMax}, or two of a name");
        }

        return new ObjectNode(
        [
            .. properties.Select(property => new SchemaProperty(
                Spell(property.Name),
                Read(property.Value, $"{place}/properties/{property.Name}", depth + 1),
                required.Contains(property.Name))),
        ]);
    }

    private static LiteralNode ReadLiterals(JsonElement schema, JsonElement choices, string keyword, string place)
    {
        Expect(schema, place, "type", keyword);
        if (choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() is 0 or > ChoiceCountMax)
        {
            throw new SchemaUnsupportedException(place, $"'{keyword}' has 1 to {ChoiceCountMax} values");
        }

        var types = schema.TryGetProperty("type", out _) ? ReadTypes(schema, place) : null;
        var texts = new List<string>();
        foreach (var choice in choices.EnumerateArray())
        {
            if (choice.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                || choice.GetRawText().Length > LengthMax)
            {
                throw new SchemaUnsupportedException(place, $"'{keyword}' holds texts, numbers, true, false and null");
            }

            if (types is null || types.Any(type => Fits(choice, type)))
            {
                texts.Add(choice.ValueKind == JsonValueKind.String ? Spell(choice.GetString()!) : choice.GetRawText());
            }
        }

        return texts.Count > 0
            ? new LiteralNode([.. texts.Distinct(StringComparer.Ordinal)])
            : throw new SchemaUnsupportedException(place, $"no value of '{keyword}' is of the 'type'");
    }

    private static bool Fits(JsonElement value, string type) => (value.ValueKind, type) switch
    {
        (JsonValueKind.String, "string") or (JsonValueKind.Null, "null") => true,
        (JsonValueKind.True or JsonValueKind.False, "boolean") or (JsonValueKind.Number, "number") => true,
        (JsonValueKind.Number, "integer") => value.TryGetInt64(out _),
        _ => false,
    };

    private static int ReadLength(JsonElement schema, string keyword, int usual, string place)
    {
        if (!schema.TryGetProperty(keyword, out var value))
        {
            return usual;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var length) && length >= 0
            ? Math.Min(length, LengthMax)
            : throw new SchemaUnsupportedException(place, $"'{keyword}' is no count");
    }

    private static void Expect(JsonElement schema, string place, params ReadOnlySpan<string> known)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            // Keywords of other types of a list of types are looked at with those.
            if (!known.Contains(keyword.Name)
                && !Remarks.Contains(keyword.Name)
                && !IsOfOtherType(schema, keyword.Name))
            {
                throw new SchemaUnsupportedException(place, $"'{keyword.Name}' is not supported");
            }
        }
    }

    private static bool IsOfOtherType(JsonElement schema, string keyword) =>
        schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Array && keyword
            is "maxLength" or "items" or "minItems" or "maxItems" or "properties" or "required";

    // ASCII only: any vocabulary can spell it, letter by letter.
    private static string Spell(string text) => $"\"{JavaScriptEncoder.Default.Encode(text)}\"";
}
