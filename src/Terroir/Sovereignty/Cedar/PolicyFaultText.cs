using System.Globalization;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Says in words what is wrong.</summary>
public sealed class PolicyFaultText
{
    // What the parser and the type checker expect, where it is no token or type of the language.
    private static readonly Dictionary<string, string> Expectations = new(StringComparer.Ordinal)
    {
        ["the end"] = "la fin",
        ["a name"] = "un nom",
        ["a string"] = "une chaîne",
        ["at least one string"] = "au moins une chaîne",
        ["at least one type"] = "au moins un type",
        ["an expression"] = "une expression",
        ["a pattern in quotation marks"] = "un motif entre guillemets",
        ["brackets around the first comparison"] = "des parenthèses autour de la première comparaison",
        ["the name of an annotation"] = "le nom d'une annotation",
        ["permit or forbid"] = "permit ou forbid",
        ["when, unless or ';'"] = "when, unless ou « ; »",
        ["principal, action, resource, context or a value"] = "principal, action, resource, context ou une valeur",
        ["principal, resource or context"] = "principal, resource ou context",
        ["principal and resource"] = "principal et resource",
        ["entity, action, type or namespace"] = "entity, action, type ou namespace",
        ["a record"] = "un enregistrement",
        ["an entity"] = "une entité",
        ["a record or an entity"] = "un enregistrement ou une entité",
        ["an entity, then an entity or a set of entities"] = "une entité, puis une entité ou un ensemble d'entités",
        ["a set, then an element"] = "un ensemble, puis un élément",
        ["two sets"] = "deux ensembles",
        ["an entity, then String"] = "une entité, puis String",
        ["Long, Long, or two of datetime or of duration"] = "Long, Long, ou deux datetime ou duration",
    };

    private readonly Func<PolicyFault, string> _describe;

    private PolicyFaultText(Func<PolicyFault, string> describe) => _describe = describe;

    /// <summary>The words in English.</summary>
    public static PolicyFaultText English { get; } = new(DescribeInEnglish);

    /// <summary>The words in French.</summary>
    public static PolicyFaultText French { get; } = new(DescribeInFrench);

    /// <summary>The words of a language.</summary>
    /// <param name="language"><c>fr</c>; anything else is English.</param>
    public static PolicyFaultText Of(string language) =>
        string.Equals(language, "fr", StringComparison.Ordinal) ? French : English;

    /// <summary>Describes a fault in a sentence, after its line and column if it has some.</summary>
    /// <param name="fault">The fault.</param>
    public string Describe(PolicyFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var place = fault.Line == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{fault.Line}:{fault.Column}: ");
        return place + _describe(fault);
    }

    private static string Translate(string expected) => Expectations.GetValueOrDefault(expected, expected);

    private static string DescribeInEnglish(PolicyFault fault) => fault.Kind switch
    {
        PolicyFaultKind.UnexpectedToken => $"expected {fault.Subject}, found {fault.Other}.",
        PolicyFaultKind.UnknownCharacter => $"the character {fault.Subject} begins nothing.",
        PolicyFaultKind.UnclosedString => "this string does not end; close it with a quotation mark.",
        PolicyFaultKind.InvalidEscape => $"'{fault.Subject}' is no escape; write \\\\ for a backslash.",
        PolicyFaultKind.IntegerTooLarge => $"{fault.Subject} does not fit a signed integer of 64 bits.",
        PolicyFaultKind.ReservedWord => $"'{fault.Subject}' is a word of the language and names nothing.",
        PolicyFaultKind.LimitExceeded => $"more than this program takes: {fault.Subject}.",
        PolicyFaultKind.Duplicate => $"{fault.Subject} stands here twice; keep one.",
        PolicyFaultKind.UnknownFunction => $"there is no function '{fault.Subject}'.",
        PolicyFaultKind.ArgumentCount => $"'{fault.Subject}' takes {fault.Other}.",
        PolicyFaultKind.InvalidScope => $"this is no scope of {fault.Subject}; use ==, in or is.",
        PolicyFaultKind.InvalidSlot => $"the slot {fault.Subject} cannot stand or be filled here.",
        PolicyFaultKind.InvalidJson => $"JSON: {fault.Subject}.",
        PolicyFaultKind.InvalidExtensionValue => $"{fault.Subject} cannot be read.",
        PolicyFaultKind.UnknownType => $"the schema has no type '{fault.Subject}'.",
        PolicyFaultKind.UnknownEntityType => $"the schema has no entity type '{fault.Subject}'.",
        PolicyFaultKind.UnknownAction => $"the schema has no action {fault.Subject}.",
        PolicyFaultKind.UnknownEnumEntity => $"{fault.Subject} is not among those that its type lists.",
        PolicyFaultKind.Cycle => $"'{fault.Subject}' contains itself.",
        PolicyFaultKind.UnexpectedType => $"this is of type {fault.Subject}; expected {fault.Other}.",
        PolicyFaultKind.IncompatibleTypes => $"the types {fault.Subject} and {fault.Other} do not go together.",
        PolicyFaultKind.UnknownAttribute =>
            $"the attribute '{fault.Subject}' of {fault.Other} may be absent; test it with 'has' first.",
        PolicyFaultKind.UnknownTag => $"a tag of {fault.Subject} may be absent; test it with 'hasTag' first.",
        PolicyFaultKind.EmptySet => "an empty set has no type; compare with isEmpty() instead.",
        PolicyFaultKind.ExtensionLiteral => $"'{fault.Subject}' takes one string literal that it can read.",
        PolicyFaultKind.InapplicableScope => "the schema has no action for this principal, action and resource.",
        PolicyFaultKind.ImpossiblePolicy => "this policy never applies: its conditions exclude one another.",
        PolicyFaultKind.InvalidRequest => $"the schema does not allow this request: {fault.Subject}.",
        PolicyFaultKind.InvalidEntity => $"the schema does not allow {fault.Subject}: {fault.Other}.",
        _ => fault.Subject,
    };

    private static string DescribeInFrench(PolicyFault fault) => fault.Kind switch
    {
        PolicyFaultKind.UnexpectedToken => $"{Translate(fault.Subject)} attendu, {Translate(fault.Other)} trouvé.",
        PolicyFaultKind.UnknownCharacter => $"le caractère {fault.Subject} ne commence rien.",
        PolicyFaultKind.UnclosedString => "cette chaîne ne finit pas ; fermez-la par un guillemet.",
        PolicyFaultKind.InvalidEscape => $"« {fault.Subject} » n'est pas un échappement ; écrivez \\\\ pour \\.",
        PolicyFaultKind.IntegerTooLarge => $"{fault.Subject} dépasse un entier signé de 64 bits.",
        PolicyFaultKind.ReservedWord => $"« {fault.Subject} » est un mot du langage et ne nomme rien.",
        PolicyFaultKind.LimitExceeded => $"plus que ce programme n'accepte : {fault.Subject}.",
        PolicyFaultKind.Duplicate => $"{fault.Subject} figure ici deux fois ; gardez-en un.",
        PolicyFaultKind.UnknownFunction => $"il n'y a pas de fonction « {fault.Subject} ».",
        PolicyFaultKind.ArgumentCount => $"« {fault.Subject} » attend {fault.Other}.",
        PolicyFaultKind.InvalidScope => $"ce n'est pas une portée de {fault.Subject} ; utilisez ==, in ou is.",
        PolicyFaultKind.InvalidSlot => $"l'emplacement {fault.Subject} ne peut pas figurer ou être rempli ici.",
        PolicyFaultKind.InvalidJson => $"JSON : {fault.Subject}.",
        PolicyFaultKind.InvalidExtensionValue => $"{fault.Subject} ne peut pas être lu.",
        PolicyFaultKind.UnknownType => $"le schéma n'a pas de type « {fault.Subject} ».",
        PolicyFaultKind.UnknownEntityType => $"le schéma n'a pas de type d'entité « {fault.Subject} ».",
        PolicyFaultKind.UnknownAction => $"le schéma n'a pas d'action {fault.Subject}.",
        PolicyFaultKind.UnknownEnumEntity => $"{fault.Subject} n'est pas parmi celles que son type énumère.",
        PolicyFaultKind.Cycle => $"« {fault.Subject} » se contient soi-même.",
        PolicyFaultKind.UnexpectedType => $"ceci est du type {fault.Subject} ; attendu : {Translate(fault.Other)}.",
        PolicyFaultKind.IncompatibleTypes => $"les types {fault.Subject} et {fault.Other} ne vont pas ensemble.",
        PolicyFaultKind.UnknownAttribute =>
            $"l'attribut « {fault.Subject} » de {fault.Other} peut manquer ; testez-le d'abord par « has ».",
        PolicyFaultKind.UnknownTag =>
            $"une étiquette de {fault.Subject} peut manquer ; testez-la d'abord par « hasTag ».",
        PolicyFaultKind.EmptySet => "un ensemble vide n'a pas de type ; utilisez plutôt isEmpty().",
        PolicyFaultKind.ExtensionLiteral => $"« {fault.Subject} » attend une chaîne littérale qu'il sache lire.",
        PolicyFaultKind.InapplicableScope =>
            "le schéma n'a pas d'action pour ce principal, cette action et cette ressource.",
        PolicyFaultKind.ImpossiblePolicy => "cette règle ne s'applique jamais : ses conditions s'excluent.",
        PolicyFaultKind.InvalidRequest => $"le schéma n'admet pas cette demande : {fault.Subject}.",
        PolicyFaultKind.InvalidEntity => $"le schéma n'admet pas {fault.Subject} : {fault.Other}.",
        _ => fault.Subject,
    };
}
