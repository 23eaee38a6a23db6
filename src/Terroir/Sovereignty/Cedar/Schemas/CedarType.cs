namespace Terroir.Sovereignty.Cedar;

/// <summary>A type of the language. Immutable; equal when the same.</summary>
internal abstract record CedarType
{
    public static BoolType Bool { get; } = new(Known: null);

    public static BoolType True { get; } = new(Known: true);

    public static BoolType False { get; } = new(Known: false);

    public static PrimitiveType Long { get; } = new("Long");

    public static PrimitiveType String { get; } = new("String");

    public static PrimitiveType Decimal { get; } = new("decimal");

    public static PrimitiveType Ip { get; } = new("ipaddr");

    public static PrimitiveType Datetime { get; } = new("datetime");

    public static PrimitiveType Duration { get; } = new("duration");

    /// <summary>Finds a type that every schema has.</summary>
    public static CedarType? FindBuiltIn(string name) => name switch
    {
        "Bool" or "Boolean" => Bool,
        "Long" => Long,
        "String" => String,
        "decimal" => Decimal,
        "ipaddr" => Ip,
        "datetime" => Datetime,
        "duration" => Duration,
        _ => null,
    };
}

/// <summary>Booleans, or one of them where the type checker knows which.</summary>
internal sealed record BoolType(bool? Known) : CedarType
{
    public override string ToString() => Known switch { true => "True", false => "False", null => "Bool" };
}

/// <summary>Integers, strings, and the extension types.</summary>
internal sealed record PrimitiveType(string Name) : CedarType
{
    public override string ToString() => Name;
}

/// <summary>Entities of one type.</summary>
internal sealed record EntityType(string Name) : CedarType
{
    public override string ToString() => Name;
}

/// <summary>Sets whose elements are of one type.</summary>
internal sealed record SetType(CedarType Element) : CedarType
{
    public override string ToString() => $"Set<{Element}>";
}

/// <summary>An attribute of a record or entity.</summary>
/// <param name="Type">Its type.</param>
/// <param name="IsRequired">Whether it is always there.</param>
internal sealed record AttributeType(CedarType Type, bool IsRequired);

/// <summary>Records with these attributes and no others.</summary>
internal sealed record RecordType : CedarType
{
    public RecordType(IEnumerable<KeyValuePair<string, AttributeType>> attributes) =>
        Attributes = new SortedDictionary<string, AttributeType>(
            new Dictionary<string, AttributeType>(attributes, StringComparer.Ordinal),
            StringComparer.Ordinal);

    public static RecordType Empty { get; } = new([]);

    /// <summary>The attributes by name.</summary>
    public IReadOnlyDictionary<string, AttributeType> Attributes { get; }

    public bool Equals(RecordType? other) =>
        other is not null
        && other.Attributes.Count == Attributes.Count
        && Attributes.All(pair => other.Attributes.TryGetValue(pair.Key, out var type) && pair.Value.Equals(type));

    public override int GetHashCode() => Attributes.Aggregate(
        Attributes.Count,
        (hash, pair) => HashCode.Combine(hash, StringComparer.Ordinal.GetHashCode(pair.Key), pair.Value));

    public override string ToString() =>
        $"{{{string.Join(", ", Attributes.Select(pair =>
            $"{CedarText.Quote(pair.Key)}{(pair.Value.IsRequired ? "" : "?")}: {pair.Value.Type}"))}}}";
}
