namespace Terroir;

/// <summary>What is wrong with a policy, a schema, entities or a request of the Cedar language.</summary>
public enum PolicyFaultKind
{
    /// <summary>Another token was expected; the subject is what was expected, the other what stands there.</summary>
    UnexpectedToken,

    /// <summary>A character that begins no token.</summary>
    UnknownCharacter,

    /// <summary>A string that does not end.</summary>
    UnclosedString,

    /// <summary>An escape sequence that the language does not have.</summary>
    InvalidEscape,

    /// <summary>An integer outside of 64 bits.</summary>
    IntegerTooLarge,

    /// <summary>A word of the language used as a name.</summary>
    ReservedWord,

    /// <summary>A limit of this implementation; the subject names it.</summary>
    LimitExceeded,

    /// <summary>The same key, annotation, name or identity twice.</summary>
    Duplicate,

    /// <summary>A function or method that the language does not have.</summary>
    UnknownFunction,

    /// <summary>A function called with another number of arguments than it takes.</summary>
    ArgumentCount,

    /// <summary>A scope that is none of the forms that the language has.</summary>
    InvalidScope,

    /// <summary>A slot where none may stand, or that a link does not fill.</summary>
    InvalidSlot,

    /// <summary>JSON that is not of the expected shape; the subject says where and what was expected.</summary>
    InvalidJson,

    /// <summary>A text that its extension type does not read, such as <c>ip("x")</c>.</summary>
    InvalidExtensionValue,

    /// <summary>A type that the schema does not declare.</summary>
    UnknownType,

    /// <summary>An entity type that the schema does not declare.</summary>
    UnknownEntityType,

    /// <summary>An action that the schema does not declare.</summary>
    UnknownAction,

    /// <summary>An identity that its enumerated type does not list.</summary>
    UnknownEnumEntity,

    /// <summary>Types or groups that contain themselves.</summary>
    Cycle,

    /// <summary>An expression of another type than its place takes.</summary>
    UnexpectedType,

    /// <summary>Two types that have no common one.</summary>
    IncompatibleTypes,

    /// <summary>An attribute that the type does not have, or that may be absent and was not tested.</summary>
    UnknownAttribute,

    /// <summary>A tag that the type does not have, or that was not tested.</summary>
    UnknownTag,

    /// <summary>A set without elements, which has no type.</summary>
    EmptySet,

    /// <summary>A constructor of an extension type that is not called with one literal it reads.</summary>
    ExtensionLiteral,

    /// <summary>A scope that no request which the schema allows can fit.</summary>
    InapplicableScope,

    /// <summary>A policy whose conditions can never hold.</summary>
    ImpossiblePolicy,

    /// <summary>A request that the schema does not allow.</summary>
    InvalidRequest,

    /// <summary>An entity that the schema does not allow.</summary>
    InvalidEntity,
}
