using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Terroir.Inference.Onnx.Sampling;
using Terroir.Inference.Onnx.Sampling.Json;

namespace Terroir.Inference.Onnx.Tests.Sampling;

public sealed class JsonMaskTests
{
    private static readonly LogitMasks Masks = new(new PieceCodec(), PieceCodec.Pieces.Length);

    private static Gen<JsonObject> Schemas => Gen.Int[0, 3].SelectMany(SchemaOf);

    [Fact]
    public void Whatever_the_weights_say_the_text_parses_and_is_valid()
    {
        var kinds = new HashSet<JsonValueKind>();
        Gen.Select(Schemas, Gen.Int[0, 400], Gen.Int).Sample(
            (schema, room, seed) =>
            {
                var tokensMax = SchemaReader.Read(Element(schema)).LengthMin + room;
                var text = Write(schema, tokensMax, seed);
                using var json = JsonDocument.Parse(text);
                kinds.Add(json.RootElement.ValueKind);
                return IsValid(json.RootElement, schema);
            },
            iter: 2_000,
            threads: 1);
        Assert.True(kinds.Count > 5);
    }

    [Theory]
    [InlineData("""{"type":"string","maxLength":2}""", "\"été\"", false)]
    [InlineData("""{"type":"string","maxLength":3}""", "\"été\"", true)]
    [InlineData("""{"type":"string","maxLength":1}""", "\"🏥\"", true)]
    [InlineData("""{"type":"string"}""", "\"a\n\"", false)]
    [InlineData("""{"type":"string"}""", "\"\\u\"", false)]
    [InlineData("""{"type":"string"}""", "\"\uFFFD\"", false)]
    [InlineData("""{"enum":["a\"b","ab"]}""", "\"a\\u0022b\"", true)]
    [InlineData("""{"enum":[1,12]}""", "12", true)]
    [InlineData("""{"enum":[1,12]}""", "1", true)]
    [InlineData("""{"const":1}""", "12", false)]
    [InlineData("""{"type":"integer"}""", "-12", true)]
    [InlineData("""{"type":"integer"}""", "012", false)]
    [InlineData("""{"type":"integer"}""", "0.5", false)]
    [InlineData("""{"type":"number"}""", "0.5", true)]
    [InlineData("""{"type":["integer","null"]}""", "null", true)]
    [InlineData("""{"type":"object","properties":{"é":{"type":"null"}},"required":["é"]}""", "{}", false)]
    [InlineData("""{"type":"object","properties":{"é":{"type":"null"}}}""", "{}", true)]
    [InlineData("""{"type":"object","properties":{"é":{"type":"null"}}}""", "{\"\\u00E9\": null}", true)]
    [InlineData("""{"type":"array","items":{"type":"null"},"minItems":2,"maxItems":3}""", "[null]", false)]
    [InlineData("""{"type":"array","items":{"type":"null"},"minItems":2,"maxItems":3}""", "[null, null]", true)]
    [InlineData("""{"type":"array","items":{"type":"null"},"maxItems":1}""", "[null,null]", false)]
    public void A_text_is_taken_if_and_only_if_it_is_of_the_schema(string schema, string text, bool isTaken)
    {
        var mask = Masks.ForSchema(JsonDocument.Parse(schema).RootElement, 1, 1_000);
        var isAllowed = true;
        foreach (var token in text.EnumerateRunes().Select(rune => Array.IndexOf(PieceCodec.Pieces, $"{rune}")))
        {
            isAllowed = isAllowed && Allows(mask, token);
            if (isAllowed)
            {
                mask.Accept(token);
            }
        }

        Assert.Equal(isTaken, isAllowed && Allows(mask, token: 0));
    }

    [Theory]
    [InlineData("""[]""", "#")]
    [InlineData("""{}""", "#")]
    [InlineData("""{"type":"text"}""", "#")]
    [InlineData("""{"type":"string","pattern":"a+"}""", "#")]
    [InlineData("""{"type":"integer","minimum":3}""", "#")]
    [InlineData("""{"anyOf":[{"type":"null"}]}""", "#")]
    [InlineData("""{"type":"array"}""", "#")]
    [InlineData("""{"type":"array","items":{"type":"null"},"minItems":-1}""", "#")]
    [InlineData("""{"type":"array","items":{"type":"null"},"minItems":3,"maxItems":2}""", "#")]
    [InlineData("""{"type":"array","items":{"$ref":"#"}}""", "#/items")]
    [InlineData("""{"type":"object","required":["a"]}""", "#")]
    [InlineData("""{"type":"object","properties":{"a":{"enum":[{}]}}}""", "#/properties/a")]
    [InlineData("""{"enum":[]}""", "#")]
    [InlineData("""{"type":"integer","enum":["a"]}""", "#")]
    public void What_cannot_be_held_is_refused_where_it_stands(string schema, string place)
    {
        using var json = JsonDocument.Parse(schema);
        var refusal = Assert.Throws<SchemaUnsupportedException>(() => SchemaReader.Read(json.RootElement));
        Assert.Equal(place, refusal.Place);
    }

    [Fact]
    public void A_schema_that_is_deeper_than_allowed_is_refused()
    {
        JsonNode schema = new JsonObject { ["type"] = "null" };
        for (var depth = 0; depth <= SchemaReader.DepthMax; depth++)
        {
            schema = new JsonObject { ["type"] = "array", ["items"] = schema };
        }

        Assert.Throws<SchemaUnsupportedException>(() => SchemaReader.Read(Element(schema)));
    }

    [Fact]
    public void A_text_that_cannot_be_complete_is_not_begun()
    {
        using var json = JsonDocument.Parse("""{"const":"abc"}""");
        var refusal = Assert.Throws<ModelLimitException>(() => Masks.ForSchema(json.RootElement, 10, 4));
        Assert.Equal((15, 14), (refusal.Needed, refusal.Allowed));
    }

    private static Gen<JsonObject> SchemaOf(int depth)
    {
        var simple = Gen.OneOf(
            Gen.OneOf("integer", "number", "boolean", "null").Select(type => Node(("type", type))),
            Gen.Int[0, 30].Select(length => Node(("type", "string"), ("maxLength", length))),
            Gen.OneOf("a", "aa", "é\"\\", "true", "").Array[1, 3].Select(values =>
                Node(("enum", new JsonArray([.. values.Select(value => (JsonNode)value)])))),
            Gen.OneOf(1, 12, 123, -1).Array[1, 3].Select(values =>
                Node(("enum", new JsonArray([.. values.Select(value => (JsonNode)value)])))),
            Gen.OneOf("null", "string", "integer").Array[1, 3].Select(types =>
                Node(("type", new JsonArray([.. types.Select(type => (JsonNode)type)])))));
        if (depth == 0)
        {
            return simple;
        }

        var inner = Gen.Int[0, depth - 1].SelectMany(SchemaOf);
        var list = Gen.Select(inner, Gen.Int[0, 3], Gen.Int[0, 3], (items, least, more) => Node(
            ("type", "array"), ("items", items), ("minItems", least), ("maxItems", least + more)));
        var item = Gen.Select(inner, Gen.Bool).Array[0, 4].Select(properties => Node(
            ("type", "object"),
            ("properties", new JsonObject(properties.Select((property, index) =>
                KeyValuePair.Create($"{"aé\"b"[..(index + 1)]}", (JsonNode?)property.Item1.DeepClone())))),
            ("required", new JsonArray(
            [
                .. properties.Index().Where(property => property.Item.Item2)
                    .Select(property => (JsonNode)"aé\"b"[..(property.Index + 1)]),
            ]))));
        return Gen.OneOf(simple, list, item);
    }

    private static JsonObject Node(params (string Name, JsonNode? Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value?.DeepClone())));

    private static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node);

    private static string Write(JsonObject schema, int tokensMax, int seed)
    {
        var random = new Random(seed);
        var mask = Masks.ForSchema(Element(schema), 1, tokensMax);
        var text = new StringBuilder();
        for (var count = 0; count <= tokensMax; count++)
        {
            var logits = Enumerable.Range(0, PieceCodec.Pieces.Length).Select(_ => random.NextSingle()).ToArray();
            mask.Apply(logits);
            var token = Array.IndexOf(logits, logits.Max());
            Assert.True(float.IsFinite(logits[token]));
            if (token == 0)
            {
                break;
            }

            mask.Accept(token);
            text.Append(PieceCodec.Pieces[token]);
        }

        return text.ToString();
    }

    private static bool Allows(ILogitMask mask, int token)
    {
        var logits = new float[PieceCodec.Pieces.Length];
        mask.Apply(logits);
        return float.IsFinite(logits[token]);
    }

    // Says the same as the schema, in the plainest way.
    private static bool IsValid(JsonElement value, JsonNode schema)
    {
        if (schema["enum"] is JsonArray choices)
        {
            return choices.Any(choice => JsonNode.DeepEquals(choice, JsonNode.Parse(value.GetRawText())));
        }

        var types = schema["type"] is JsonArray list
            ? list.Select(type => $"{type}").ToArray()
            : [$"{schema["type"]}"];
        return types.Any(type => (type, value.ValueKind) switch
        {
            ("null", JsonValueKind.Null) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("number", JsonValueKind.Number) => double.IsFinite(value.GetDouble()),
            ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
            ("string", JsonValueKind.String) =>
                value.GetString()!.EnumerateRunes().Count() <= ((int?)schema["maxLength"] ?? 256),
            ("array", JsonValueKind.Array) =>
                value.GetArrayLength() >= (int)schema["minItems"]!
                && value.GetArrayLength() <= (int)schema["maxItems"]!
                && value.EnumerateArray().All(item => IsValid(item, schema["items"]!)),
            ("object", JsonValueKind.Object) =>
                schema["required"]!.AsArray().All(name => value.TryGetProperty($"{name}", out _))
                && value.EnumerateObject().All(property => schema["properties"]![property.Name] is { } inner
                    && IsValid(property.Value, inner))
                && value.EnumerateObject()
                    .GroupBy(property => property.Name, StringComparer.Ordinal)
                    .All(group => group.Count() == 1),
            _ => false,
        });
    }
}
