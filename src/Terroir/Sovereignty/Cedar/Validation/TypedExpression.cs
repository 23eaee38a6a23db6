using System.Collections.Immutable;

namespace Terroir.Sovereignty.Cedar;

/// <summary>The type of an expression, and what is known to be there where it is true.</summary>
/// <param name="Type">The type.</param>
/// <param name="Known">Attributes and tags that exist if the expression is true, as <see cref="TypeChecker"/> writes
/// them.</param>
internal sealed record TypedExpression(CedarType Type, ImmutableHashSet<string> Known);
