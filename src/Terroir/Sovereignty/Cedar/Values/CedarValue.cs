using System.Globalization;

namespace Terroir.Sovereignty.Cedar;

/// <summary>A value of the language. Immutable; two values are equal when their contents are.</summary>
public abstract record CedarValue
{
    private protected CedarValue()
    {
    }

    internal static BoolValue Of(bool value) => value ? BoolValue.True : BoolValue.False;
}

/// <summary>A boolean.</summary>
/// <param name="Value">The boolean.</param>
public sealed record BoolValue(bool Value) : CedarValue
{
    internal static BoolValue True { get; } = new(Value: true);

    internal static BoolValue False { get; } = new(Value: false);

    /// <inheritdoc/>
    public override string ToString() => Value ? "true" : "false";
}

/// <summary>A signed integer of 64 bits.</summary>
/// <param name="Value">The integer.</param>
public sealed record LongValue(long Value) : CedarValue
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A string.</summary>
/// <param name="Value">The string.</param>
public sealed record StringValue(string Value) : CedarValue
{
    /// <inheritdoc/>
    public override string ToString() => CedarText.Quote(Value);
}

/// <summary>A reference to an entity, which need not exist.</summary>
/// <param name="Uid">The entity.</param>
public sealed record EntityValue(EntityUid Uid) : CedarValue
{
    /// <inheritdoc/>
    public override string ToString() => Uid.ToString();
}

/// <summary>A set. Elements may be of different types; order and repetition mean nothing.</summary>
public sealed record SetValue : CedarValue
{
    private readonly HashSet<CedarValue> _elements;

    /// <summary>Makes a set.</summary>
    /// <param name="elements">The elements, in any order.</param>
    public SetValue(IEnumerable<CedarValue> elements) => _elements = [.. elements];

    /// <summary>The elements, in no order.</summary>
    public IReadOnlyCollection<CedarValue> Elements => _elements;

    /// <inheritdoc/>
    public bool Equals(SetValue? other) => other is not null && _elements.SetEquals(other._elements);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = _elements.Count;
        foreach (var element in _elements)
        {
            hash ^= element.GetHashCode();
        }

        return hash;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"[{string.Join(", ", _elements.Select(element => element.ToString()).Order(StringComparer.Ordinal))}]";

    internal bool Contains(CedarValue value) => _elements.Contains(value);

    internal bool ContainsAll(SetValue other) => other._elements.IsSubsetOf(_elements);

    internal bool ContainsAny(SetValue other) => other._elements.Overlaps(_elements);
}

/// <summary>A record: values by name.</summary>
public sealed record RecordValue : CedarValue
{
    private readonly Dictionary<string, CedarValue> _attributes;

    /// <summary>Makes a record.</summary>
    /// <param name="attributes">The values; each name once.</param>
    public RecordValue(IEnumerable<KeyValuePair<string, CedarValue>> attributes) =>
        _attributes = new Dictionary<string, CedarValue>(attributes, StringComparer.Ordinal);

    /// <summary>The record without values.</summary>
    public static RecordValue Empty { get; } = new([]);

    /// <summary>The values by name.</summary>
    public IReadOnlyDictionary<string, CedarValue> Attributes => _attributes;

    /// <inheritdoc/>
    public bool Equals(RecordValue? other) =>
        other is not null
        && other._attributes.Count == _attributes.Count
        && _attributes.All(pair => pair.Value.Equals(other._attributes.GetValueOrDefault(pair.Key)));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = _attributes.Count;
        foreach (var (name, value) in _attributes)
        {
            hash ^= HashCode.Combine(StringComparer.Ordinal.GetHashCode(name), value);
        }

        return hash;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var pairs = _attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{CedarText.Quote(pair.Key)}: {pair.Value}");
        return $"{{{string.Join(", ", pairs)}}}";
    }
}

/// <summary>A decimal number with four digits after the point.</summary>
/// <param name="TenThousandths">The number times 10,000.</param>
public sealed record DecimalValue(long TenThousandths) : CedarValue
{
    /// <inheritdoc/>
    public override string ToString() => $"decimal(\"{DecimalText.Write(TenThousandths)}\")";
}

/// <summary>An address or a range of addresses of the Internet Protocol.</summary>
/// <param name="Network">The address and the length of its prefix.</param>
public sealed record IpValue(IpNetwork Network) : CedarValue
{
    /// <inheritdoc/>
    public override string ToString() => $"ip(\"{Network}\")";
}

/// <summary>A point in time.</summary>
/// <param name="Milliseconds">Since 1970-01-01T00:00:00Z, without leap seconds; negative before.</param>
public sealed record DatetimeValue(long Milliseconds) : CedarValue
{
    /// <inheritdoc/>
    public override string ToString() => DatetimeText.Write(Milliseconds);
}

/// <summary>A length of time.</summary>
/// <param name="Milliseconds">The length; may be negative.</param>
public sealed record DurationValue(long Milliseconds) : CedarValue
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"duration(\"{Milliseconds}ms\")");
}
