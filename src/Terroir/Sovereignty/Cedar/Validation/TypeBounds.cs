namespace Terroir.Sovereignty.Cedar;

/// <summary>The least type that holds two types, in strict mode: entities of two types have none.</summary>
internal static class TypeBounds
{
    /// <summary>Finds it; <see langword="null"/> if there is none.</summary>
    public static CedarType? Join(CedarType left, CedarType right) => (left, right) switch
    {
        (BoolType a, BoolType b) => a.Equals(b) ? a : CedarType.Bool,
        (SetType a, SetType b) => Join(a.Element, b.Element) is { } element ? new SetType(element) : null,
        (RecordType a, RecordType b) => Join(a, b),
        _ => left.Equals(right) ? left : null,
    };

    private static RecordType? Join(RecordType left, RecordType right)
    {
        if (left.Attributes.Count != right.Attributes.Count)
        {
            return null;
        }

        var joined = new List<KeyValuePair<string, AttributeType>>();
        foreach (var (name, attribute) in left.Attributes)
        {
            if (!right.Attributes.TryGetValue(name, out var other)
                || Join(attribute.Type, other.Type) is not { } type
                || attribute.IsRequired != other.IsRequired)
            {
                return null;
            }

            joined.Add(new(name, new AttributeType(type, attribute.IsRequired)));
        }

        return new RecordType(joined);
    }
}
