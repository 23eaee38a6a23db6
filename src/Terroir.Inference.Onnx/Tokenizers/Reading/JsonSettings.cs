using System.Text.Json;
using System.Text.RegularExpressions;

namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>Reads settings of <c>tokenizer.json</c>; a setting of another kind than expected is a fault that names it.
/// </summary>
internal static class JsonSettings
{
    /// <summary>The name of a step.</summary>
    public static string Type(this JsonElement step) => step.Text("type");

    /// <summary>A setting that may be absent or null.</summary>
    public static JsonElement? Find(this JsonElement step, string name) =>
        step.ValueKind != JsonValueKind.Object
            ? throw VocabularyFault.Malformed(name)
            : step.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A list that has to be there.</summary>
    public static JsonElement.ArrayEnumerator List(this JsonElement step, string name) =>
        step.Find(name) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray()
            : throw VocabularyFault.Malformed(name);

    /// <summary>A text that has to be there.</summary>
    public static string Text(this JsonElement step, string name) =>
        step.FindText(name) ?? throw VocabularyFault.Malformed(name);

    /// <summary>A text.</summary>
    public static string? FindText(this JsonElement step, string name) => step.Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => AsText(value, name),
        _ => throw VocabularyFault.Malformed(name),
    };

    /// <summary>The text of a value.</summary>
    public static string AsText(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw VocabularyFault.Malformed(name);

    /// <summary>Yes or no.</summary>
    public static bool Flag(this JsonElement step, string name, bool otherwise) => step.Find(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw VocabularyFault.Malformed(name),
    };

    /// <summary>A whole number.</summary>
    public static int? Number(this JsonElement step, string name) => step.Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) => number,
        _ => throw VocabularyFault.Malformed(name),
    };

    /// <summary>The pattern of a step: a text or a regular expression.</summary>
    public static TextPattern Pattern(this JsonElement step)
    {
        var pattern = step.Find("pattern") ?? throw VocabularyFault.Malformed("pattern");
        if (pattern.FindText("String") is { Length: > 0 } text)
        {
            return TextPattern.Literal(text);
        }

        var expression = pattern.Text("Regex");
        VocabularyFault.ThrowIfAbove(expression.Length, TokenizerLimits.PatternLengthMax, "Regex");
        try
        {
            return TextPattern.Expression(expression);
        }
        catch (RegexParseException)
        {
            throw VocabularyFault.Unsupported($"Regex {expression}");
        }
    }
}
