namespace Terroir.Inference.Onnx.Sampling.Json;

/// <summary>A place in a JSON text that is written, and the places around it. Immutable.</summary>
/// <param name="place">The place.</param>
/// <param name="node">What is written there.</param>
/// <param name="count">What <see cref="JsonPlace"/> says of it.</param>
/// <param name="below">What goes on once this is complete; none if the text is complete then.</param>
internal sealed class JsonFrame(JsonPlace place, SchemaNode node, int count, JsonFrame? below)
{
    /// <summary>The digits before the point: whole numbers of so many are exact in binary64.</summary>
    internal const int DigitsMax = 15;

    /// <summary>The digits after the point.</summary>
    internal const int FractionMax = 9;

    private const string Escaped = "\"\\/bfnrt";

    /// <summary>The place.</summary>
    public JsonPlace Place { get; } = place;

    /// <summary>What is written there.</summary>
    public SchemaNode Node { get; } = node;

    /// <summary>What <see cref="JsonPlace"/> says of it.</summary>
    public int Count { get; } = count;

    /// <summary>What goes on once this is complete; none if the text is complete then.</summary>
    public JsonFrame? Below { get; } = below;

    /// <summary>The characters of the shortest way to the end of the whole text.</summary>
    public int Rest { get; } = place is JsonPlace.Key or JsonPlace.SpacedKey
        ? RestOfKey((LiteralNode)node, count, below!)
        : RestOf(place, node, count) + (below?.Rest ?? 0);

    /// <summary>Whether what is written here may be complete as it is; then the next character belongs to
    /// <see cref="Below"/>.</summary>
    public bool MayEnd => Place switch
    {
        JsonPlace.Zero or JsonPlace.Digits or JsonPlace.Fraction => true,
        JsonPlace.Literal => ((LiteralNode)Node).Texts.Any(text => text.Length == Count),
        _ => false,
    };

    /// <summary>Reads a character.</summary>
    /// <param name="frame">Where it comes; none after the end of the text.</param>
    /// <param name="letter">The character.</param>
    /// <param name="next">Where the next one comes; none after the end.</param>
    /// <returns>Whether the character may come.</returns>
    public static bool TryRead(JsonFrame? frame, char letter, out JsonFrame? next)
    {
        for (next = frame; next is not null; next = next.Below)
        {
            if (next.TryRead(letter, out var after))
            {
                next = after;
                return true;
            }

            if (!next.MayEnd)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Whether the text may end there.</summary>
    public static bool IsComplete(JsonFrame? frame) => frame is null || (frame.MayEnd && frame.Below is null);

    // The key, its value, and what the object needs after that.
    private static int RestOfKey(LiteralNode keys, int count, JsonFrame around)
    {
        var item = (ObjectNode)around.Node;
        return keys.Texts.Min(key => item.IndexOf(key) is var index
            ? key.Length - count + 1 + item.Properties[index].Value.LengthMin + item.RestOf(index + 1, commas: 1) + 1
            : 0) + (around.Below?.Rest ?? 0);
    }

    private static int RestOf(JsonPlace place, SchemaNode node, int count) => (place, node) switch
    {
        (JsonPlace.Value or JsonPlace.SpacedValue, _) => node.LengthMin,
        (JsonPlace.Literal, LiteralNode literal) => literal.Texts.Min(text => text.Length) - count,
        (JsonPlace.Colon or JsonPlace.Sign or JsonPlace.Point or JsonPlace.String, _) => 1,
        (JsonPlace.Escape, _) => 2,
        (JsonPlace.ObjectOpen, ObjectNode item) => 1 + item.RestOf(0, commas: 0),
        (JsonPlace.ObjectRest, ObjectNode item) => 1 + item.RestOf(count, commas: 1),
        (JsonPlace.ArrayOpen, ArrayNode list) => list.LengthMin - 1,
        (JsonPlace.ArrayRest, ArrayNode list) =>
            1 + (Math.Max(list.CountMin - count, 0) * (list.Items.LengthMin + 1)),
        _ => 0,
    };

    private bool TryRead(char letter, out JsonFrame? next)
    {
        next = Place switch
        {
            JsonPlace.SpacedValue when letter is ' ' => To(JsonPlace.Value, Count),
            JsonPlace.Value or JsonPlace.SpacedValue => Begin(Node, letter),
            JsonPlace.SpacedKey when letter is ' ' => To(JsonPlace.Key, Count),
            JsonPlace.Key or JsonPlace.SpacedKey => ReadKey(letter),
            JsonPlace.Colon when letter is ':' => Below!.To(JsonPlace.SpacedValue, 0),
            JsonPlace.Literal => ReadLiteral(letter),
            JsonPlace.ObjectOpen or JsonPlace.ObjectRest => ReadObject((ObjectNode)Node, letter),
            JsonPlace.ArrayOpen or JsonPlace.ArrayRest => ReadArray((ArrayNode)Node, letter),
            JsonPlace.String or JsonPlace.Escape => ReadString(letter),
            _ => ReadNumber(letter),
        };
        return next is not null || IsLast(letter);
    }

    private JsonFrame To(JsonPlace place, int count) => new(place, Node, count, Below);

    // Whether a character ends this place, and with it the text, if nothing is below.
    private bool IsLast(char letter) => Below is null && (Place, Node, letter) switch
    {
        (JsonPlace.String, _, '"') => true,
        (JsonPlace.ObjectOpen or JsonPlace.ObjectRest, ObjectNode item, '}') => item.MayEnd(Count),
        (JsonPlace.ArrayOpen or JsonPlace.ArrayRest, ArrayNode list, ']') => Count >= list.CountMin,
        _ => false,
    };

    private JsonFrame? Begin(SchemaNode node, char letter) => node switch
    {
        UnionNode union => union.Kinds.Select(kind => Begin(kind, letter)).FirstOrDefault(begun => begun is not null),
        LiteralNode => new JsonFrame(JsonPlace.Literal, node, 0, Below).ReadLiteral(letter),
        StringNode when letter is '"' => new JsonFrame(JsonPlace.String, node, 0, Below),
        ObjectNode when letter is '{' => new JsonFrame(JsonPlace.ObjectOpen, node, 0, Below),
        ArrayNode when letter is '[' => new JsonFrame(JsonPlace.ArrayOpen, node, 0, Below),
        NumberNode when letter is '-' => new JsonFrame(JsonPlace.Sign, node, 0, Below),
        NumberNode => new JsonFrame(JsonPlace.Sign, node, 0, Below).ReadNumber(letter),
        _ => null,
    };

    private JsonFrame? ReadLiteral(char letter)
    {
        var texts = ((LiteralNode)Node).Texts;
        return texts.Any(Goes)
            ? new JsonFrame(Place, new LiteralNode([.. texts.Where(Goes)]), Count + 1, Below)
            : null;

        bool Goes(string text) => text.Length > Count && text[Count] == letter;
    }

    private JsonFrame? ReadKey(char letter)
    {
        if (To(JsonPlace.Key, Count).ReadLiteral(letter) is not { } read)
        {
            return null;
        }

        // The quote at its end makes a key complete: none is the begin of another.
        if (((LiteralNode)read.Node).Texts is not [var key] || key.Length != read.Count)
        {
            return read;
        }

        var item = (ObjectNode)Below!.Node;
        var index = item.IndexOf(key);
        var around = Below.To(JsonPlace.ObjectRest, index + 1);
        var value = new JsonFrame(JsonPlace.Value, item.Properties[index].Value, 0, around);
        return new JsonFrame(JsonPlace.Colon, value.Node, 0, value);
    }

    private JsonFrame? ReadObject(ObjectNode item, char letter)
    {
        if (letter is '}')
        {
            return item.MayEnd(Count) ? Below : null;
        }

        // The letter first: most tokens of a vocabulary end here.
        var isRest = Place == JsonPlace.ObjectRest;
        if (letter != (isRest ? ',' : '"') || item.KeysFrom(Count) is not { } keys)
        {
            return null;
        }

        return isRest
            ? new JsonFrame(JsonPlace.SpacedKey, keys, 0, this)
            : new JsonFrame(JsonPlace.Key, keys, 0, this).ReadKey(letter);
    }

    private JsonFrame? ReadArray(ArrayNode list, char letter)
    {
        if (letter is ']')
        {
            return Count >= list.CountMin ? Below : null;
        }

        if (Count >= list.CountMax)
        {
            return null;
        }

        var around = To(JsonPlace.ArrayRest, Count + 1);
        return Place == JsonPlace.ArrayRest
            ? letter is ',' ? new JsonFrame(JsonPlace.SpacedValue, list.Items, 0, around) : null
            : new JsonFrame(JsonPlace.Value, list.Items, 0, around).Begin(list.Items, letter);
    }

    private JsonFrame? ReadString(char letter)
    {
        var isFull = Count >= ((StringNode)Node).LengthMax;
        return (Place, letter) switch
        {
            (JsonPlace.Escape, _) => Escaped.Contains(letter, StringComparison.Ordinal)
                ? To(JsonPlace.String, Count + 1)
                : null,
            (_, '"') => Below,
            (_, '\\') => isFull ? null : To(JsonPlace.Escape, Count),

            // The second half of a character belongs to the one that was counted.
            _ when char.IsLowSurrogate(letter) => this,
            _ => isFull || letter < ' ' || letter == '\uFFFD' ? null : To(Place, Count + 1),
        };
    }

    private JsonFrame? ReadNumber(char letter) => (Place, letter) switch
    {
        (JsonPlace.Sign, '0') => To(JsonPlace.Zero, Count),
        (JsonPlace.Sign, >= '1' and <= '9') => To(JsonPlace.Digits, 1),
        (JsonPlace.Digits, >= '0' and <= '9') when Count < DigitsMax => To(Place, Count + 1),
        (JsonPlace.Zero or JsonPlace.Digits, '.') when Node is NumberNode { IsInteger: false } =>
            To(JsonPlace.Point, Count),
        (JsonPlace.Point, >= '0' and <= '9') => To(JsonPlace.Fraction, 1),
        (JsonPlace.Fraction, >= '0' and <= '9') when Count < FractionMax => To(Place, Count + 1),
        _ => null,
    };
}
