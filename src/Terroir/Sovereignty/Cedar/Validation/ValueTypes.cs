namespace Terroir.Sovereignty.Cedar;

/// <summary>Whether values are of a type.</summary>
internal static class ValueTypes
{
    /// <summary>Whether a value is of a type; a record has all attributes that are required and no unknown one.
    /// </summary>
    public static bool IsOf(CedarValue value, CedarType type) => (value, type) switch
    {
        (BoolValue truth, BoolType known) => known.Known is null || known.Known == truth.Value,
        (LongValue, PrimitiveType) => ReferenceEquals(type, CedarType.Long),
        (StringValue, PrimitiveType) => ReferenceEquals(type, CedarType.String),
        (DecimalValue, PrimitiveType) => ReferenceEquals(type, CedarType.Decimal),
        (IpValue, PrimitiveType) => ReferenceEquals(type, CedarType.Ip),
        (DatetimeValue, PrimitiveType) => ReferenceEquals(type, CedarType.Datetime),
        (DurationValue, PrimitiveType) => ReferenceEquals(type, CedarType.Duration),
        (EntityValue entity, EntityType named) =>
            string.Equals(entity.Uid.Type, named.Name, StringComparison.Ordinal),
        (SetValue set, SetType of) => set.Elements.All(element => IsOf(element, of.Element)),
        (RecordValue record, RecordType of) =>
            record.Attributes.All(pair =>
                of.Attributes.TryGetValue(pair.Key, out var attribute) && IsOf(pair.Value, attribute.Type))
            && of.Attributes.All(pair => !pair.Value.IsRequired || record.Attributes.ContainsKey(pair.Key)),
        _ => false,
    };
}
