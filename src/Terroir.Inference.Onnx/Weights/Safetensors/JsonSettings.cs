using System.Text.Json;

namespace Terroir.Inference.Onnx.Weights.Safetensors;

/// <summary>Typed settings of a JSON object; null counts as absent.</summary>
/// <exception cref="WeightsUnusableException">From every member: a value is absent or of another kind.</exception>
internal readonly struct JsonSettings
{
    private readonly string _file;
    private readonly JsonElement _object;

    public JsonSettings(string file, JsonElement element)
    {
        _file = file;
        _object = element.ValueKind == JsonValueKind.Object
            ? element
            : throw new WeightsUnusableException(file, WeightsProblem.Malformed);
    }

    public bool IsEmpty => !_object.EnumerateObject().Any();

    public bool Has(string name) => TryGet(name, out _);

    public string GetString(string name) => Get(name) is { ValueKind: JsonValueKind.String } value
        ? value.GetString()!
        : throw Malformed(name);

    public int GetInteger(string name) =>
        Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var integer)
            ? integer
            : throw Malformed(name);

    public int GetInteger(string name, int otherwise) => Has(name) ? GetInteger(name) : otherwise;

    public double GetNumber(string name, double otherwise)
    {
        if (!TryGet(name, out var value))
        {
            return otherwise;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            ? number
            : throw Malformed(name);
    }

    public bool GetBoolean(string name, bool otherwise)
    {
        if (!TryGet(name, out var value))
        {
            return otherwise;
        }

        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Malformed(name),
        };
    }

    public JsonSettings? GetObject(string name) => TryGet(name, out var value) ? new JsonSettings(_file, value) : null;

    private bool TryGet(string name, out JsonElement value) =>
        _object.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private JsonElement Get(string name) => TryGet(name, out var value)
        ? value
        : throw new WeightsUnusableException(_file, WeightsProblem.Incomplete, name);

    private WeightsUnusableException Malformed(string name) => new(_file, WeightsProblem.Malformed, name);
}
