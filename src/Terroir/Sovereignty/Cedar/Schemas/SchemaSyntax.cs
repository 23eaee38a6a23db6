namespace Terroir.Sovereignty.Cedar;

/// <summary>A schema as written, in either of its two forms, before its names are resolved.</summary>
internal sealed class SchemaSyntax
{
    /// <summary>What each namespace declares; the one without a name is the empty string.</summary>
    public Dictionary<string, NamespaceSyntax> Namespaces { get; } = new(StringComparer.Ordinal);

    /// <summary>The text, for the places of faults; <see langword="null"/> of JSON.</summary>
    public SourceText? Source { get; init; }

    public NamespaceSyntax Get(string name)
    {
        if (!Namespaces.TryGetValue(name, out var found))
        {
            Namespaces[name] = found = new NamespaceSyntax();
        }

        return found;
    }

    public PolicyInvalidException Fault(PolicyFaultKind kind, int place, string subject, string other = "") =>
        Source is { } source
            ? source.Fault(kind, place, subject, other)
            : Faults.Create(new PolicyFault(kind, 0, 0, subject, other));

    /// <summary>Adds a declaration.</summary>
    /// <exception cref="PolicyInvalidException">The name has one already.</exception>
    public void Add<T>(Dictionary<string, T> declarations, string name, int place, T declaration)
    {
        if (!declarations.TryAdd(name, declaration))
        {
            throw Fault(PolicyFaultKind.Duplicate, place, CedarText.Quote(name));
        }
    }
}

/// <summary>What a namespace declares, by name.</summary>
internal sealed class NamespaceSyntax
{
    public Dictionary<string, TypeSyntax> CommonTypes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, EntitySyntax> Entities { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ActionSyntax> Actions { get; } = new(StringComparer.Ordinal);
}

/// <summary>A type as written.</summary>
/// <param name="Place">Where it begins; 0 in JSON.</param>
internal abstract record TypeSyntax(int Place);

/// <summary>Among what a name is sought.</summary>
internal enum NameScope
{
    All,
    Entities,
    CommonTypes,
    BuiltIns,
}

internal sealed record NameSyntax(int Place, string Name, NameScope Scope) : TypeSyntax(Place);

internal sealed record SetSyntax(int Place, TypeSyntax Element) : TypeSyntax(Place);

internal sealed record RecordSyntax(int Place, IReadOnlyList<AttributeSyntax> Attributes) : TypeSyntax(Place);

internal sealed record AttributeSyntax(string Name, TypeSyntax Type, bool IsRequired);

/// <summary>An entity type as written.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Parents">The types that its entities may be in.</param>
/// <param name="Shape">Its attributes: a record, or the name of one.</param>
/// <param name="Tags">The type of its tags; <see langword="null"/> if it has none.</param>
/// <param name="Ids">The only identities, if they are listed.</param>
internal sealed record EntitySyntax(
    int Place,
    IReadOnlyList<string> Parents,
    TypeSyntax? Shape,
    TypeSyntax? Tags,
    IReadOnlyList<string>? Ids);

/// <summary>An action as written.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Parents">The groups it is in; a type of <see langword="null"/> is that of this namespace.</param>
/// <param name="Principals">The types of who may do it.</param>
/// <param name="Resources">The types of what it may be done with.</param>
/// <param name="Context">What is known of the moment: a record, or the name of one.</param>
internal sealed record ActionSyntax(
    int Place,
    IReadOnlyList<(string? Type, string Id)> Parents,
    IReadOnlyList<string> Principals,
    IReadOnlyList<string> Resources,
    TypeSyntax? Context);
