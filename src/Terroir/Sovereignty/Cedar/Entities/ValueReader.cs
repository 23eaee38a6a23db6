using System.Text.Json;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Reads values from JSON. Where a type is expected, entities and extension values need no escape.</summary>
internal static class ValueReader
{
    /// <summary>Reads a value.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="expected">The type that the schema gives it, if there is a schema and it knows the place.</param>
    /// <param name="what">What it is the value of, for faults.</param>
    /// <exception cref="PolicyInvalidException">It is no value.</exception>
    public static CedarValue Read(JsonElement json, CedarType? expected, string what)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.True:
            case JsonValueKind.False:
                return CedarValue.Of(json.GetBoolean());
            case JsonValueKind.Number:
                return json.TryGetInt64(out var number)
                    ? new LongValue(number)
                    : throw Faults.Json($"{what} must be an integer of 64 bits");
            case JsonValueKind.String:
                return ReadString(CedarJson.String(json, what), expected, what);
            case JsonValueKind.Array:
                var element = (expected as SetType)?.Element;
                return new SetValue(json.EnumerateArray().Select(item => Read(item, element, what)));
            case JsonValueKind.Object:
                return ReadObject(json, expected, what);
            default:
                throw Faults.Json($"{what} must not be null");
        }
    }

    /// <summary>Reads a record: attributes, tags or a context.</summary>
    public static RecordValue ReadRecord(JsonElement json, RecordType? expected, string what) =>
        new(CedarJson.Properties(json, what).Select(item => KeyValuePair.Create(
            item.Name,
            Read(item.Value, expected?.Attributes.GetValueOrDefault(item.Name)?.Type, $"{what}.{item.Name}"))));

    private static CedarValue ReadString(string text, CedarType? expected, string what) =>
        expected is PrimitiveType primitive && ConstructorOf(primitive) is { } constructor
            ? Apply(constructor, [new StringValue(text)], what)
            : new StringValue(text);

    private static ExtensionFunction? ConstructorOf(PrimitiveType type) =>
        ExtensionFunction.Find(ReferenceEquals(type, CedarType.Ip) ? "ip" : type.Name);

    private static CedarValue ReadObject(JsonElement json, CedarType? expected, string what)
    {
        if (CedarJson.Find(json, "__entity") is not null || expected is EntityType)
        {
            return new EntityValue(CedarJson.Entity(json, what));
        }

        var call = CedarJson.Find(json, "__extn");
        if (call is null && expected is PrimitiveType primitive && ConstructorOf(primitive) is not null)
        {
            call = json;
        }

        return call is { } function ? ReadCall(function, what) : ReadRecord(json, expected as RecordType, what);
    }

    private static CedarValue ReadCall(JsonElement json, string what)
    {
        var name = CedarJson.String(CedarJson.Required(json, "fn"), what);
        var function = ExtensionFunction.Find(name)
            ?? throw Faults.Json(name, PolicyFaultKind.UnknownFunction);
        IEnumerable<JsonElement> arguments = CedarJson.Find(json, "args") is { } several
            ? CedarJson.Items(several, what)
            : [CedarJson.Required(json, "arg")];
        return Apply(function, [.. arguments.Select(item => Read(item, expected: null, what))], what);
    }

    private static CedarValue Apply(ExtensionFunction function, List<CedarValue> arguments, string what)
    {
        var areOfType = arguments.Count == function.Parameters.Count
            && arguments.Zip(function.Parameters).All(pair => ValueTypes.IsOf(pair.First, pair.Second));
        return (areOfType ? function.Apply(arguments[0], arguments.Count > 1 ? arguments[1] : null) : null)
            ?? throw Faults.Json(
                $"{function.Name}({string.Join(", ", arguments)}) ({what})",
                PolicyFaultKind.InvalidExtensionValue);
    }
}
