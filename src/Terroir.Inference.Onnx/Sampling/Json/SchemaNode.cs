namespace Terroir.Inference.Onnx.Sampling.Json;

/// <summary>What a part of a JSON text must be. Immutable.</summary>
/// <param name="LengthMin">The characters of the shortest text.</param>
internal abstract record SchemaNode(int LengthMin);

/// <summary>One of some texts, such as <c>true</c> or <c>"rouge"</c>, of ASCII only.</summary>
/// <param name="Texts">The texts; at least one.</param>
internal sealed record LiteralNode(IReadOnlyList<string> Texts) : SchemaNode(Texts.Min(text => text.Length));

/// <summary>A string.</summary>
/// <param name="LengthMax">How many characters (code points) it has at most.</param>
internal sealed record StringNode(int LengthMax) : SchemaNode(2);

/// <summary>A number without exponent.</summary>
/// <param name="IsInteger">Whether it has no fraction.</param>
internal sealed record NumberNode(bool IsInteger) : SchemaNode(1);

/// <summary>A list.</summary>
/// <param name="Items">What each item is.</param>
/// <param name="CountMin">How many items there are at least.</param>
/// <param name="CountMax">How many items there are at most.</param>
internal sealed record ArrayNode(SchemaNode Items, int CountMin, int CountMax)
    : SchemaNode(2 + (CountMin * Items.LengthMin) + Math.Max(CountMin - 1, 0));

/// <summary>An object. Its properties come in the order of the schema.</summary>
/// <param name="Properties">The properties.</param>
internal sealed record ObjectNode(IReadOnlyList<SchemaProperty> Properties) : SchemaNode(2 + RestOf(Properties, 0, 0))
{
    /// <summary>The keys that may follow when the properties before <paramref name="next"/> are written or left out:
    /// none after a required one may be written before it.</summary>
    public LiteralNode? KeysFrom(int next)
    {
        var keys = new List<string>();
        foreach (var property in Properties.Skip(next))
        {
            keys.Add(property.Key);
            if (property.IsRequired)
            {
                break;
            }
        }

        return keys.Count > 0 ? new LiteralNode(keys) : null;
    }

    /// <summary>Whether the object may end there.</summary>
    public bool MayEnd(int next) => !Properties.Skip(next).Any(property => property.IsRequired);

    /// <summary>The place of a property.</summary>
    public int IndexOf(string key) => Properties.Index().First(property =>
        string.Equals(property.Item.Key, key, StringComparison.Ordinal)).Index;

    /// <summary>The characters of the required properties that are left.</summary>
    /// <param name="next">The first property that is left.</param>
    /// <param name="commas">The commas before the first of them: 0 or 1.</param>
    public int RestOf(int next, int commas) => RestOf(Properties, next, commas);

    private static int RestOf(IReadOnlyList<SchemaProperty> properties, int next, int commas)
    {
        var required = properties.Skip(next).Where(property => property.IsRequired).ToArray();
        return required.Length == 0
            ? 0
            : required.Sum(property => property.Key.Length + 1 + property.Value.LengthMin)
                + required.Length - 1 + commas;
    }
}

/// <summary>A property of an object.</summary>
/// <param name="Key">Its name as JSON, quotes included, of ASCII only.</param>
/// <param name="Value">What its value is.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record SchemaProperty(string Key, SchemaNode Value, bool IsRequired);

/// <summary>One of several kinds, which differ in their first character.</summary>
/// <param name="Kinds">The kinds.</param>
internal sealed record UnionNode(IReadOnlyList<SchemaNode> Kinds) : SchemaNode(Kinds.Min(kind => kind.LengthMin));
