namespace Terroir.Server.Scim;

/// <summary>One attribute of a resource.</summary>
/// <param name="Name">The name; letters of either case are the same.</param>
/// <param name="Type">The kind of its values.</param>
/// <param name="Description">What it is here.</param>
internal sealed record ScimAttribute(string Name, ScimType Type, string Description)
{
    /// <summary>Whether it has several values.</summary>
    public bool IsMany { get; init; }

    /// <summary>Whether a resource must have it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether capitals count when values are compared.</summary>
    public bool IsCaseExact { get; init; }

    /// <summary>Whether no two resources have the same value.</summary>
    public bool IsUnique { get; init; }

    /// <summary>Who may change it.</summary>
    public ScimMutability Mutability { get; init; }

    /// <summary>The attributes of its values.</summary>
    public IReadOnlyList<ScimAttribute> Parts { get; init; } = [];

    /// <summary>What a reference points to.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Finds a part by its name.</summary>
    public ScimAttribute? FindPart(string name) =>
        Parts.FirstOrDefault(part => string.Equals(part.Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The kind of a value; RFC 7643, section 2.3.</summary>
internal enum ScimType
{
    Text,
    Truth,
    Time,
    Reference,
    Complex,
}

/// <summary>Who may change a value; RFC 7643, section 7.</summary>
internal enum ScimMutability
{
    ReadWrite,
    ReadOnly,
    Immutable,
}
