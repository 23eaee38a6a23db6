namespace Terroir;

/// <summary>The name of a collection: documents under one policy.</summary>
/// <remarks>1 to 64 characters of <c>a-z 0-9 - _</c>, first a letter or digit. It is part of stored keys, so it never
/// changes. <c>default</c> is no collection.</remarks>
public readonly record struct CollectionId
{
    /// <summary>The greatest length in characters.</summary>
    public const int LengthMax = 64;

    private readonly string? _value;

    /// <summary>Checks and takes a name.</summary>
    /// <param name="value">The name.</param>
    /// <exception cref="ArgumentException">The name has another length or other characters.</exception>
    public CollectionId(string value) => _value = IsValid(value)
        ? value
        : throw new ArgumentException("A collection is named by 1 to 64 of: a-z 0-9 - _, first a letter or digit.",
            nameof(value));

    /// <summary>The name; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether a text can name a collection.</summary>
    /// <param name="value">The text.</param>
    /// <returns>Whether it can.</returns>
    public static bool IsValid(string? value) =>
        value is { Length: > 0 and <= LengthMax }
        && char.IsAsciiLetterOrDigit(value[0])
        && value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    /// <summary>Returns <see cref="Value"/>.</summary>
    public override string ToString() => Value;
}
