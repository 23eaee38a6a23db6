namespace Terroir.Inference.Onnx.Sampling.Json;

/// <summary>Where in a JSON text a frame stands.</summary>
internal enum JsonPlace
{
    /// <summary>Before a value.</summary>
    Value,

    /// <summary>Before a value that one space may precede.</summary>
    SpacedValue,

    /// <summary>In a text that is one of some; the count is how many characters of it are written.</summary>
    Literal,

    /// <summary>In the name of a property, likewise; below it is its object.</summary>
    Key,

    /// <summary>Before the name of a property that one space may precede.</summary>
    SpacedKey,

    /// <summary>Before a colon; below it is the value.</summary>
    Colon,

    /// <summary>In a string; the count is that of its characters.</summary>
    String,

    /// <summary>After a backslash in a string.</summary>
    Escape,

    /// <summary>After the minus of a number.</summary>
    Sign,

    /// <summary>After a 0 that no digit may follow.</summary>
    Zero,

    /// <summary>In the digits of a number; the count is theirs.</summary>
    Digits,

    /// <summary>After the point of a number.</summary>
    Point,

    /// <summary>In the digits after the point; the count is theirs.</summary>
    Fraction,

    /// <summary>After the brace that opens an object.</summary>
    ObjectOpen,

    /// <summary>After a property; the count is the place of the next one in the schema.</summary>
    ObjectRest,

    /// <summary>After the bracket that opens a list.</summary>
    ArrayOpen,

    /// <summary>After an item; the count is how many there are.</summary>
    ArrayRest,
}
