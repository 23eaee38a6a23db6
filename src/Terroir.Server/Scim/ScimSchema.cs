namespace Terroir.Server.Scim;

/// <summary>The attributes of one type of resource.</summary>
/// <param name="Id">The URN of the schema.</param>
/// <param name="Name">The name of the type.</param>
/// <param name="Description">What it is here.</param>
/// <param name="Attributes">What is kept, besides what every resource has.</param>
/// <param name="Unkept">Standard attributes that are taken and not kept.</param>
/// <param name="Extensions">URNs of extensions whose attributes are taken and not kept.</param>
internal sealed record ScimSchema(
    string Id,
    string Name,
    string Description,
    IReadOnlyList<ScimAttribute> Attributes,
    IReadOnlySet<string> Unkept,
    IReadOnlyList<string> Extensions)
{
    private const string Password = "password";

    private static readonly ScimAttribute[] OfAll =
    [
        new("schemas", ScimType.Reference, "The URNs of the schemas.") { IsMany = true, IsCaseExact = true },
        new("id", ScimType.Text, "What the site calls the resource.")
        {
            IsCaseExact = true,
            IsUnique = true,
            Mutability = ScimMutability.ReadOnly,
        },
        new("externalId", ScimType.Text, "What the client calls the resource.") { IsCaseExact = true },
        new("meta", ScimType.Complex, "When it was made and changed, and where it is.")
        {
            Mutability = ScimMutability.ReadOnly,
            Parts =
            [
                new("resourceType", ScimType.Text, "The type.") { IsCaseExact = true },
                new("created", ScimType.Time, "When it was made."),
                new("lastModified", ScimType.Time, "When it last changed."),
                new("location", ScimType.Reference, "Where it is.") { IsCaseExact = true },
            ],
        },
    ];

    /// <summary>Finds what a name of an attribute means, also one that begins with the URN of its schema.</summary>
    /// <param name="text">Such as <c>userName</c> or <c>name.formatted</c>.</param>
    /// <param name="fault">Makes the fault of a name that means nothing.</param>
    /// <exception cref="ScimFaultException">No such attribute is defined, or it is the password.</exception>
    public AttributePath Resolve(string text, Func<string, ScimFaultException> fault)
    {
        if (Extensions.Any(urn => text.StartsWith(urn, StringComparison.OrdinalIgnoreCase)
            && (text.Length == urn.Length || text[urn.Length] is ':')))
        {
            return new AttributePath(text, Attribute: null);
        }

        var own = text.StartsWith(Id + ":", StringComparison.OrdinalIgnoreCase) ? text[(Id.Length + 1)..] : text;
        var (name, part) = own.IndexOf('.', StringComparison.Ordinal) is var dot and > 0
            ? (own[..dot], own[(dot + 1)..])
            : (own, null);
        if (string.Equals(name, Password, StringComparison.OrdinalIgnoreCase))
        {
            throw ScimFaultException.Value(
                "Passwords are not taken over SCIM. Do not send 'password': leave its synchronisation off.");
        }

        if (Unkept.Contains(name))
        {
            return new AttributePath(own, Attribute: null);
        }

        var attribute = OfAll.Concat(Attributes)
            .FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw fault($"'{Name}' has no attribute '{Shorten(name)}'; see /scim/v2/Schemas.");
        return part is null ? new AttributePath(attribute.Name, attribute)
            : Unkept.Contains($"{attribute.Name}.{part}") ? new AttributePath(own, Attribute: null)
            : new AttributePath(attribute.Name, attribute) { Part = PartOf(attribute, part, fault) };
    }

    /// <summary>Finds what a name means inside one value of an attribute.</summary>
    /// <param name="parent">The attribute; <see langword="null"/> for one that is not kept.</param>
    /// <param name="part">The name.</param>
    /// <param name="fault">Makes the fault of a name that means nothing.</param>
    /// <exception cref="ScimFaultException">No such attribute is defined.</exception>
    public static AttributePath Inside(ScimAttribute? parent, string part, Func<string, ScimFaultException> fault)
    {
        var known = parent is null ? null : PartOf(parent, part, fault);
        return new AttributePath(known?.Name ?? part, known);
    }

    private static ScimAttribute PartOf(ScimAttribute parent, string part, Func<string, ScimFaultException> fault) =>
        parent.FindPart(part) ?? throw fault($"'{parent.Name}' has no '{Shorten(part)}'; see /scim/v2/Schemas.");

    /// <summary>A text of a client as far as an error repeats it.</summary>
    private static string Shorten(string text) => text.Length > 64 ? text[..64] : text;
}

/// <summary>An attribute, or one part of its values.</summary>
/// <param name="Name">The name, as its schema writes it if it is kept.</param>
/// <param name="Attribute">The attribute; <see langword="null"/> for one that is not kept, so that nothing has it.
/// </param>
internal sealed record AttributePath(string Name, ScimAttribute? Attribute)
{
    /// <summary>The part; <see langword="null"/> for the whole attribute.</summary>
    public ScimAttribute? Part { get; init; }

    /// <summary>What is compared: for values that have parts and none is named, their <c>value</c>.</summary>
    public ScimAttribute? Compared => Part
        ?? (Attribute is { IsMany: true, Type: ScimType.Complex } ? Attribute.FindPart("value") : Attribute);

    /// <inheritdoc/>
    public override string ToString() => Part is null ? Name : $"{Name}.{Part.Name}";
}
